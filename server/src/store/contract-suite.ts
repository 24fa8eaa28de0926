import { administratorContract } from './contract-suite/administrators-suite.ts';
import { applicationContract } from './contract-suite/applications-suite.ts';
import { changeContract } from './contract-suite/changes-suite.ts';
import { groupContract } from './contract-suite/groups-suite.ts';
import { historyContract } from './contract-suite/history-suite.ts';
import { journalContract } from './contract-suite/journal-suite.ts';
import { memberContract } from './contract-suite/members-suite.ts';
import { membershipContract } from './contract-suite/membership-suite.ts';
import { provisioningLogContract } from './contract-suite/provisioning-log-suite.ts';
import { readContract } from './contract-suite/reads-suite.ts';
import { resourceContract } from './contract-suite/resources-suite.ts';
import { settingsContract } from './contract-suite/settings-suite.ts';
import { transactionContract } from './contract-suite/transactions-suite.ts';
import { workContract } from './contract-suite/work-suite.ts';
import type { Open } from './contract-suite/world-suite.ts';

/**
 * What every store must do, whatever database is under it; `open` makes an empty one. Search has a suite of its own
 * (`search-suite.ts`), and so has what only an embedded database has to show (`sqlite/*.test.ts`).
 */
export function storeContract(open: Open): void {
  resourceContract(open);
  transactionContract(open);
  memberContract(open);
  groupContract(open);
  changeContract(open);
  historyContract(open);
  settingsContract(open);
  readContract(open);
  administratorContract(open);
  applicationContract(open);
  journalContract(open);
  membershipContract(open);
  provisioningLogContract(open);
  workContract(open);
}
