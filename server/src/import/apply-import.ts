import { ENTERPRISE_USER_SCHEMA, isObject, type Json, type JsonObject, PATCH_SCHEMA } from '@rollcall/scim';
import { inParallel } from './in-parallel.ts';
import {
  type ImportPlan,
  type PlannedGroup,
  type PlannedPerson,
  type PlannedRemoval,
  type Reference,
  referenceKey,
} from './plan.ts';

/** Writes under way at once: enough for one commit to carry many, few enough to let others in between. */
const AT_ONCE = 32;
/** Members named in one PATCH, and groups whose members are written at once: one commit carries them all. */
const MEMBERS_A_PATCH = 500;
const GROUPS_AT_ONCE = 4;

/** A SCIM operation in process. */
export type Write = (call: {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query: string;
  readonly body?: string;
}) => Promise<{ readonly status: number; readonly body: string }>;

export type Planned = PlannedPerson | PlannedGroup | PlannedRemoval;

/** What became of a plan. */
export interface Applied {
  /** Those of which nothing was written, because SCIM refused it. */
  readonly failed: ReadonlySet<Planned>;
  readonly refused: readonly { readonly of: Planned; readonly reason: string }[];
  readonly membershipsAdded: number;
  readonly membershipsRemoved: number;
}

interface Work {
  readonly write: Write;
  readonly ids: Map<string, string>;
  readonly failed: Set<Planned>;
  readonly refused: { readonly of: Planned; readonly reason: string }[];
  readonly memberships: { added: number; removed: number };
}

/**
 * Writes a plan through the SCIM operations: users, groups, managers, memberships, and removals last. What SCIM refuses
 * is noted and does not stop the rest.
 */
export async function applyImport({ people, groups, removals }: ImportPlan, write: Write): Promise<Applied> {
  const memberships = { added: 0, removed: 0 };
  const work: Work = { write, ids: new Map(), failed: new Set(), refused: [], memberships };
  await writeAll(work, people, 'user');
  await writeAll(work, groups, 'group');
  await inParallel(people, AT_ONCE, (person) => writeManager(work, person));
  await inParallel(groups, GROUPS_AT_ONCE, (group) => writeMembers(work, group));
  await inParallel(removals, AT_ONCE, (removal) => remove(work, removal));
  return {
    failed: work.failed,
    refused: work.refused,
    membershipsAdded: memberships.added,
    membershipsRemoved: memberships.removed,
  };
}

/**
 * Creates and changes resources. A name that is still taken is tried again after the others, because its holder may
 * be renamed in the same file; when a whole round brings nothing, what is left is refused.
 */
async function writeAll(
  work: Work,
  planned: readonly (PlannedPerson | PlannedGroup)[],
  makes: 'user' | 'group',
): Promise<void> {
  let waiting = planned;
  for (;;) {
    const taken: { readonly of: PlannedPerson | PlannedGroup; readonly reason: string }[] = [];
    await inParallel(waiting, AT_ONCE, async (one) => {
      const { status, body } = await writeOne(work, one, makes);
      if (status === 409) taken.push({ of: one, reason: detailOf(body) });
      else if (status >= 400) fail(work, one, detailOf(body));
      else note(work, one, makes, body);
    });
    if (taken.length === waiting.length || taken.length === 0) {
      for (const { of, reason } of taken) fail(work, of, reason);
      return;
    }
    waiting = taken.map(({ of }) => of);
  }
}

function writeOne(
  { write }: Work,
  { id, body }: PlannedPerson | PlannedGroup,
  makes: 'user' | 'group',
): Promise<{ readonly status: number; readonly body: string }> {
  const endpoint = makes === 'user' ? '/Users' : '/Groups';
  if (body === undefined) return Promise.resolve({ status: 204, body: '' });
  if (id === undefined)
    return write({ method: 'POST', path: endpoint, query: 'attributes=id', body: JSON.stringify(body) });
  return write({ method: 'PATCH', path: `${endpoint}/${id}`, query: 'attributes=id', body: JSON.stringify(body) });
}

function note({ ids }: Work, { id, line }: PlannedPerson | PlannedGroup, makes: 'user' | 'group', body: string): void {
  if (id !== undefined) return;
  const created: Json = JSON.parse(body);
  if (isObject(created)) ids.set(referenceKey({ makes, line }), String(created.id));
}

async function writeManager(work: Work, person: PlannedPerson): Promise<void> {
  const { manager } = person;
  const id = person.id ?? idOf(work, { makes: 'user', line: person.line });
  if (manager === undefined || id === undefined) return;
  const path = `${ENTERPRISE_USER_SCHEMA}:manager`;
  const managerId = manager === null ? undefined : idOf(work, manager);
  if (manager !== null && managerId === undefined) return refuseManager(work, person, 'was not created');
  const operation =
    managerId === undefined ? { op: 'remove', path } : { op: 'add', path: `${path}.value`, value: managerId };
  const { status, body } = await patch(work, `/Users/${id}`, [operation]);
  if (status >= 400) refuseManager(work, person, detailOf(body));
}

function refuseManager(work: Work, person: PlannedPerson, reason: string): void {
  if (person.action === 'keep') work.failed.add(person);
  work.refused.push({ of: person, reason: `manager: ${reason}` });
}

async function writeMembers(work: Work, group: PlannedGroup): Promise<void> {
  const id = group.id ?? idOf(work, { makes: 'group', line: group.line });
  if (id === undefined) return;
  const joining = group.joining.flatMap((reference) => idOf(work, reference) ?? []);
  if (joining.length < group.joining.length) {
    work.refused.push({ of: group, reason: `${group.joining.length - joining.length} members were not created` });
  }
  for (const [op, ids] of [...batches('add', joining), ...batches('remove', group.leaving)]) {
    const value = ids.map((member) => ({ value: member }));
    const { status, body } = await patch(work, `/Groups/${id}`, [{ op, path: 'members', value }]);
    if (status >= 400) work.refused.push({ of: group, reason: `members: ${detailOf(body)}` });
    else if (op === 'add') work.memberships.added += ids.length;
    else work.memberships.removed += ids.length;
  }
}

function batches(op: 'add' | 'remove', ids: readonly string[]): (readonly ['add' | 'remove', readonly string[]])[] {
  const count = Math.ceil(ids.length / MEMBERS_A_PATCH);
  return Array.from({ length: count }, (_, at) => [op, ids.slice(at * MEMBERS_A_PATCH, (at + 1) * MEMBERS_A_PATCH)]);
}

async function remove(work: Work, removal: PlannedRemoval): Promise<void> {
  const path = `/Users/${removal.id}`;
  const { status, body } =
    removal.action === 'delete'
      ? await work.write({ method: 'DELETE', path, query: '' })
      : await patch(work, path, [{ op: 'replace', path: 'active', value: false }]);
  // Whoever is gone already is gone.
  if (status >= 400 && status !== 404) fail(work, removal, detailOf(body));
}

const patch = ({ write }: Work, path: string, operations: readonly JsonObject[]) =>
  write({
    method: 'PATCH',
    path,
    query: 'attributes=id',
    body: JSON.stringify({ schemas: [PATCH_SCHEMA], Operations: operations }),
  });

const idOf = ({ ids }: Work, reference: Reference): string | undefined =>
  'id' in reference ? reference.id : ids.get(referenceKey(reference));

function fail(work: Work, of: Planned, reason: string): void {
  work.failed.add(of);
  work.refused.push({ of, reason });
}

function detailOf(body: string): string {
  const error: Json = JSON.parse(body);
  return isObject(error) && typeof error.detail === 'string' ? error.detail : body;
}
