import { changeContract } from './contract-suite/changes-suite.ts';
import { groupContract } from './contract-suite/groups-suite.ts';
import { memberContract } from './contract-suite/members-suite.ts';
import { resourceContract } from './contract-suite/resources-suite.ts';
import { settingsContract } from './contract-suite/settings-suite.ts';
import { transactionContract } from './contract-suite/transactions-suite.ts';
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
  settingsContract(open);
}
