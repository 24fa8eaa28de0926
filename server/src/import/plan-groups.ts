import { applyPatch, isObject, type Json, type JsonObject, PATCH_SCHEMA, parsePatch, ScimError } from '@rollcall/scim';
import type { GroupRow } from './group-row.ts';
import { inTurns } from './in-turns.ts';
import type { MatchedGroup } from './match-groups.ts';
import { type PlannedGroup, type Reference, referenceKey } from './plan.ts';
import type { PlanContext } from './plan-people.ts';
import type { Directory, Present } from './read-directory.ts';
import type { RefusedRow } from './sheet.ts';

/** Who a name in a groups file means besides people: a group's externalId, else its id. */
export function groupFinder(
  matched: readonly MatchedGroup[],
  { groups }: Directory,
): (name: string) => Reference | undefined {
  const found = new Map<string, Reference>();
  for (const { id, externalId } of groups) {
    if (externalId !== undefined) found.set(`externalId ${externalId}`, { id });
    found.set(`id ${id}`, { id });
  }
  for (const { row, present } of matched) {
    const reference = referenceOf(row, present);
    if (row.externalId !== undefined) found.set(`externalId ${row.externalId}`, reference);
    if (row.foreignId !== undefined) found.set(`id ${row.foreignId}`, reference);
  }
  return (name) => found.get(`externalId ${name}`) ?? found.get(`id ${name}`);
}

const referenceOf = ({ line }: GroupRow, present: Present | undefined): Reference =>
  present === undefined ? { makes: 'group', line } : { id: present.id };

export interface PlannedGroups {
  readonly groups: readonly PlannedGroup[];
  readonly refused: readonly RefusedRow[];
}

/**
 * Says what becomes of each group of the file: afterwards it has exactly the members that the file names. `find` looks
 * up a member's name; `membersOf` has the present members of the groups that are there, by id.
 */
export async function planGroups(
  matched: readonly MatchedGroup[],
  membersOf: ReadonlyMap<string, ReadonlySet<string>>,
  find: (name: string) => Reference | undefined,
  context: PlanContext,
): Promise<PlannedGroups> {
  const groups: PlannedGroup[] = [];
  const refused: RefusedRow[] = [];
  const take = (group: MatchedGroup) => {
    const { row, present } = group;
    const wanted = wantedMembers(group, find, refused);
    const current = membersOf.get(present?.id ?? '') ?? new Set();
    const joining = [...wanted.values()].filter((reference) => !('id' in reference && current.has(reference.id)));
    const leaving = row.members === undefined ? [] : [...current].filter((id) => !wanted.has(referenceKey({ id })));
    try {
      const planned = planAttributes(group, context);
      groups.push({ line: row.line, name: row.name ?? present?.label ?? '', ...planned, joining, leaving });
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      refused.push({ line: row.line, reason: error.message.replace(/^Operations\[\d+\]: /, '') });
    }
  };
  for await (const slice of inTurns(matched, 1)) slice.forEach(take);
  return { groups, refused };
}

function wantedMembers(
  { row, present }: MatchedGroup,
  find: (name: string) => Reference | undefined,
  refused: RefusedRow[],
): Map<string, Reference> {
  const self = referenceKey(referenceOf(row, present));
  const wanted = new Map<string, Reference>();
  for (const { line, name } of row.members ?? []) {
    const reference = find(name);
    if (reference === undefined) refused.push({ line, reason: `member "${name}" is nowhere to be found` });
    else if (referenceKey(reference) === self) refused.push({ line, reason: 'a group cannot be a member of itself' });
    else wanted.set(referenceKey(reference), reference);
  }
  return wanted;
}

function planAttributes(
  { row, present }: MatchedGroup,
  { group, rules }: PlanContext,
): Pick<PlannedGroup, 'id' | 'action' | 'body'> {
  const { name, externalId } = row;
  const operations: JsonObject[] = [
    ...(name === undefined ? [] : [{ op: 'add', path: 'displayName', value: name }]),
    ...(externalId === undefined ? [] : [{ op: 'add', path: 'externalId', value: externalId }]),
  ];
  const before: Json = present === undefined ? { schemas: [group.schema.id] } : JSON.parse(present.document);
  if (!isObject(before)) throw new Error(`The document of ${present?.id} is not an object`);
  const body = { schemas: [PATCH_SCHEMA], Operations: operations };
  const { document, changed } = applyPatch(group, before, parsePatch(group, body, rules), rules);
  if (present === undefined) return { id: undefined, action: 'create', body: document };
  return { id: present.id, action: changed ? 'change' : 'keep', body: changed ? body : undefined };
}
