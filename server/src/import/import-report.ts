import type { ImportChange, ImportReport } from '../contract/import.ts';
import type { Applied, Planned } from './apply-import.ts';
import type { ImportPlan, PlannedGroup, PlannedPerson } from './plan.ts';

/** Single changes, refused rows and warnings that a report lists; it counts them all. */
const MOST_LISTED = 1000;

export interface ReportInput {
  readonly plan: ImportPlan;
  /** Absent when nothing was written: a dry run, or a blocked import. Then the plan is what would be done. */
  readonly applied: Applied | undefined;
  readonly dryRun: boolean;
  readonly peopleFile: string;
  readonly groupsFile: string | undefined;
}

/** What an import did, or would do. */
export function reportImport({ plan, applied, dryRun, peopleFile, groupsFile }: ReportInput): ImportReport {
  const done = (one: Planned) => applied?.failed.has(one) !== true;
  const changes = changesOf(plan, done);
  const count = (type: 'User' | 'Group', action: ImportChange['action']) =>
    changes.filter((change) => change.type === type && change.action === action).length;
  const people = new Set<Planned>(plan.people);
  const refused = [
    ...plan.refused,
    ...(applied?.refused ?? []).flatMap(({ of, reason }) =>
      'line' in of ? [{ file: people.has(of) ? peopleFile : (groupsFile ?? ''), line: of.line, reason }] : [],
    ),
  ];
  const notRemoved = (applied?.refused ?? []).flatMap(({ of, reason }) =>
    'line' in of ? [] : [`${of.name} could not be removed: ${reason}`],
  );
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  return {
    dryRun,
    blocked: [...plan.blocked],
    users: {
      created: count('User', 'create'),
      changed: count('User', 'change'),
      disabled: count('User', 'disable'),
      deleted: count('User', 'delete'),
      unchanged: plan.people.filter((person) => actionOf(person) === 'keep').length,
    },
    groups: {
      created: count('Group', 'create'),
      changed: count('Group', 'change'),
      unchanged: plan.groups.filter((group) => actionOfGroup(group) === 'keep').length,
    },
    memberships: {
      added: applied?.membershipsAdded ?? sum(plan.groups.map((group) => group.joining.length)),
      removed: applied?.membershipsRemoved ?? sum(plan.groups.map((group) => group.leaving.length)),
    },
    refusedCount: refused.length,
    refused: refused.slice(0, MOST_LISTED),
    warnings: [...plan.warnings, ...notRemoved].slice(0, MOST_LISTED),
    changes: changes.slice(0, MOST_LISTED),
  };
}

function changesOf({ people, groups, removals }: ImportPlan, done: (one: Planned) => boolean): ImportChange[] {
  const changes: ImportChange[] = [];
  for (const person of people.filter(done)) {
    const action = actionOf(person);
    if (action === 'keep') continue;
    const attributes = [...person.attributes, ...(person.manager === undefined ? [] : ['manager'])];
    changes.push({ action, type: 'User', name: person.name, attributes: person.id === undefined ? [] : attributes });
  }
  for (const group of groups.filter(done)) {
    const action = actionOfGroup(group);
    if (action === 'keep') continue;
    const moved = group.joining.length + group.leaving.length > 0;
    const attributes = [...(group.action === 'change' ? ['displayName'] : []), ...(moved ? ['members'] : [])];
    changes.push({ action, type: 'Group', name: group.name, attributes: group.id === undefined ? [] : attributes });
  }
  for (const { action, name } of removals.filter(done)) changes.push({ action, type: 'User', name, attributes: [] });
  return changes;
}

const actionOf = ({ action, manager }: PlannedPerson): PlannedPerson['action'] =>
  action === 'keep' && manager !== undefined ? 'change' : action;

const actionOfGroup = ({ action, joining, leaving }: PlannedGroup): PlannedGroup['action'] =>
  action === 'keep' && joining.length + leaving.length > 0 ? 'change' : action;
