import {
  applyPatch,
  ENTERPRISE_USER_SCHEMA,
  foldUserName,
  isObject,
  type Json,
  type JsonObject,
  PATCH_SCHEMA,
  parsePatch,
  type ResourceType,
  type Rules,
  ScimError,
} from '@rollcall/scim';
import { inTurns } from './in-turns.ts';
import type { MatchedPerson, Matches } from './match-people.ts';
import type { PersonRow } from './person-row.ts';
import type { PlannedPerson, Reference } from './plan.ts';
import type { Directory } from './read-directory.ts';
import type { RefusedRow } from './sheet.ts';

/** People planned between two pauses: planning one takes some 50 µs. */
const PEOPLE_A_TURN = 200;

export interface PlannedPeople {
  readonly people: readonly PlannedPerson[];
  readonly refused: readonly RefusedRow[];
  readonly warnings: readonly string[];
}

/** What planning works with besides the rows. */
export interface PlanContext {
  readonly user: ResourceType;
  readonly group: ResourceType;
  readonly rules: Rules;
}

/**
 * Says what each row makes of its person: the operations are applied to the document as a PATCH would be, so that a
 * row is unchanged, or refused, exactly when SCIM says so. `find` looks up who a manager's name means.
 */
export async function planPeople(
  { people: matched }: Matches,
  directory: Directory,
  find: (name: string) => Reference | undefined,
  context: PlanContext,
): Promise<PlannedPeople> {
  const people: PlannedPerson[] = [];
  const refused: RefusedRow[] = [];
  const warnings: string[] = [];
  const isTaken = takenUserNames(matched, directory);
  const take = (person: MatchedPerson) => {
    const { row } = person;
    if (isTaken(person)) {
      refused.push({
        line: row.line,
        reason: `userName "${row.userName}" belongs to another user, whom no row renames`,
      });
      return;
    }
    const manager = row.manager === undefined || row.manager === '' ? undefined : find(row.manager);
    if (row.manager !== undefined && row.manager !== '' && manager === undefined) {
      warnings.push(`line ${row.line}: the manager "${row.manager}" is nowhere to be found and is left as it was`);
    }
    try {
      people.push(planPerson(person, row.manager === '' ? null : manager, context));
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      refused.push({ line: row.line, reason: error.message.replace(/^Operations\[\d+\]: /, '') });
    }
  };
  for await (const slice of inTurns(matched, PEOPLE_A_TURN)) slice.forEach(take);
  return { people, refused, warnings };
}

function planPerson(
  { row, present }: MatchedPerson,
  manager: Reference | null | undefined,
  { user, rules }: PlanContext,
): PlannedPerson {
  const before: Json = present === undefined ? { schemas: [user.schema.id] } : JSON.parse(present.document);
  if (!isObject(before)) throw new Error(`The document of ${present?.id} is not an object`);
  const body = { schemas: [PATCH_SCHEMA], Operations: row.operations };
  const { document, changed } = applyPatch(user, before, parsePatch(user, body, rules), rules);
  const common = { line: row.line, name: row.userName ?? present?.label ?? row.externalId ?? '' };
  if (present === undefined) {
    return {
      ...common,
      id: undefined,
      action: 'create',
      attributes: [],
      body: document,
      manager: manager ?? undefined,
    };
  }
  const disables = present.active && document.active === false;
  return {
    ...common,
    id: present.id,
    action: !changed ? 'keep' : disables ? 'disable' : 'change',
    attributes: changed ? namesOfDifference(before, document) : [],
    body: changed ? body : undefined,
    manager: isManager(before, manager) ? undefined : manager,
  };
}

/** Whether a document has that manager already, or none where none is wanted. */
function isManager(document: JsonObject, manager: Reference | null | undefined): boolean {
  const extension = document[ENTERPRISE_USER_SCHEMA];
  const current = isObject(extension) ? extension.manager : undefined;
  if (manager === undefined) return true;
  if (manager === null) return current === undefined;
  return 'id' in manager && isObject(current) && current.value === manager.id;
}

function namesOfDifference(before: JsonObject, after: JsonObject): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  names.delete('schemas');
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

/** Whether somebody whom no row renames holds the userName that a row gives to its person. */
function takenUserNames(matched: readonly MatchedPerson[], { users }: Directory): (person: MatchedPerson) => boolean {
  const moving = new Set(matched.flatMap(({ row, present }) => (isRenamed(row, present?.label) ? [present?.id] : [])));
  const staying = new Map(users.filter(({ id }) => !moving.has(id)).map(({ label, id }) => [foldUserName(label), id]));
  return ({ row, present }) => {
    const holder = row.userName === undefined ? undefined : staying.get(foldUserName(row.userName));
    return holder !== undefined && holder !== present?.id;
  };
}

const isRenamed = ({ userName }: PersonRow, before: string | undefined): boolean =>
  userName !== undefined && before !== undefined && foldUserName(userName) !== foldUserName(before);
