import { personFinder } from './find-person.ts';
import type { Groups } from './group-row.ts';
import { guard } from './guard.ts';
import { matchGroups } from './match-groups.ts';
import { matchPeople } from './match-people.ts';
import type { People } from './person-row.ts';
import type { ImportPlan, Missing, PlannedRemoval } from './plan.ts';
import { groupFinder, planGroups } from './plan-groups.ts';
import { type PlanContext, planPeople } from './plan-people.ts';
import type { Directory, Present } from './read-directory.ts';
import type { RefusedRow, Sheet } from './sheet.ts';

/** What is to be imported, read and put in order, and under which conditions. */
export interface ImportInput {
  readonly peopleSheet: Sheet;
  readonly people: People;
  readonly groupsSheet: Sheet | undefined;
  readonly groups: Groups | undefined;
  readonly missing: Missing;
  readonly allowRemovals: number | undefined;
}

/**
 * Compares the files with the directory: everything that would be written, every row that is refused, and whether the
 * guard stops all of it. `membersOf` gives the present members of a group. Nothing is written here.
 */
export async function planImport(
  input: ImportInput,
  directory: Directory,
  membersOf: (group: Present) => Promise<ReadonlySet<string>>,
  context: PlanContext,
): Promise<ImportPlan> {
  const { people, groups, missing, peopleSheet, groupsSheet } = input;
  const matches = await matchPeople(people.rows, directory);
  const findPerson = await personFinder(matches, directory);
  const planned = await planPeople(matches, directory, findPerson, context);
  const managed = people.hasExternalIds ? directory.users.filter((user) => user.externalId) : directory.users;
  const removals = missing === 'leave' ? [] : managed.flatMap((user) => removalOf(user, missing, matches.seen));

  const matchedGroups = matchGroups(groups?.rows ?? [], directory);
  const findGroup = groupFinder(matchedGroups.groups, directory);
  const members = new Map<string, ReadonlySet<string>>();
  for (const { present } of matchedGroups.groups)
    if (present !== undefined) members.set(present.id, await membersOf(present));
  const plannedGroups = await planGroups(
    matchedGroups.groups,
    members,
    (name) => findPerson(name) ?? findGroup(name),
    context,
  );

  const blocked = guard({
    missing,
    allowed: input.allowRemovals,
    peopleFile: peopleSheet.name,
    rows: peopleSheet.rows.length + peopleSheet.refused.length,
    unread: people.refused.length,
    managed: managed.length,
    removed: removals.length + planned.people.filter((person) => person.action === 'disable').length,
    memberships: [...members.values()].reduce((sum, ids) => sum + ids.size, 0),
    leaving: plannedGroups.groups.reduce((sum, group) => sum + group.leaving.length, 0),
    signsOfCut: [...peopleSheet.signsOfCut, ...(groupsSheet?.signsOfCut ?? [])],
  });
  return {
    people: planned.people,
    removals,
    groups: plannedGroups.groups,
    refused: [
      ...inFile(peopleSheet, [...people.refused, ...matches.refused, ...planned.refused]),
      ...inFile(groupsSheet, [...(groups?.refused ?? []), ...matchedGroups.refused, ...plannedGroups.refused]),
    ],
    warnings: [
      ...people.warnings,
      ...planned.warnings.map((warning) => `${peopleSheet.name}: ${warning}`),
      ...(groups?.warnings ?? []),
      ...(groups?.rows.length === 0 ? [`${groupsSheet?.name} holds no group`] : []),
      ...[...peopleSheet.signsOfCut, ...(groupsSheet?.signsOfCut ?? [])].map((sign) => `The file looks cut: ${sign}`),
    ],
    blocked,
  };
}

function removalOf(user: Present, missing: 'disable' | 'delete', seen: ReadonlySet<string>): PlannedRemoval[] {
  if (seen.has(user.id) || (missing === 'disable' && !user.active)) return [];
  return [{ id: user.id, name: user.label, action: missing }];
}

function inFile(sheet: Sheet | undefined, rows: readonly RefusedRow[]): (RefusedRow & { file: string })[] {
  return rows.map((row) => ({ file: sheet?.name ?? '', ...row })).sort((a, b) => a.line - b.line);
}
