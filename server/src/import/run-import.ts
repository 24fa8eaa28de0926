import type { AdminContext } from '../admin/context.ts';
import type { ImportReport, ImportRequest } from '../contract/import.ts';
import type { IdentityServer } from '../store/contract.ts';
import { applyImport } from './apply-import.ts';
import { readGroups } from './group-row.ts';
import { reportImport } from './import-report.ts';
import { readPeople } from './person-row.ts';
import { planImport } from './plan-import.ts';
import { readDirectory, readMembers } from './read-directory.ts';
import { readSheet } from './read-sheet.ts';
import { UnreadableFile } from './sheet.ts';

/**
 * Brings an identity server in line with files of people and groups, or says what that would change. Nothing is
 * written when the guard blocks it or when it is a dry run. Errors: UnreadableFile, before anything is written.
 */
export async function runImport(
  { store, registry, scim }: Pick<AdminContext, 'store' | 'registry' | 'scim'>,
  server: IdentityServer,
  { people, groups, dryRun, missing, allowRemovals }: ImportRequest,
): Promise<ImportReport> {
  const catalogue = registry.catalogue(server);
  const [user, group] = [catalogue.resourceTypes.get('User'), catalogue.resourceTypes.get('Group')];
  if (user === undefined || group === undefined) throw new UnreadableFile('There are no users and groups here.');
  const peopleSheet = await readSheet(people);
  const groupsSheet = groups === undefined ? undefined : await readSheet(groups);
  const input = {
    peopleSheet,
    people: await readPeople(user, peopleSheet),
    groupsSheet,
    groups: groupsSheet === undefined ? undefined : await readGroups(groupsSheet),
    missing,
    allowRemovals,
  };
  const rules = { compatibility: server.settings.compatibility, notes: [] };
  const directory = await readDirectory(store, server);
  const plan = await planImport(input, directory, (present) => readMembers(store, present), {
    user,
    group,
    rules,
  });
  const writes = !dryRun && plan.blocked.length === 0;
  const applied = writes ? await applyImport(plan, (call) => scim(server, call)) : undefined;
  return reportImport({ plan, applied, dryRun, peopleFile: people.name, groupsFile: groups?.name });
}
