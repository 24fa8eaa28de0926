import { ERRORS } from '../error.ts';
import { type Escrow, keyText, type Link, type PendingMember, type ProvisioningRecord } from '../journal.ts';
import { escrowAfter } from '../plan/escrow.ts';
import type { ObjectKey } from '../source.ts';
import { type Call, type Exchange, type MemberOutcome, TargetError } from '../target.ts';
import type { MemberChange } from './entering.ts';
import { everyOne } from './process-batch.ts';
import { confirmUsable } from './target-unusable.ts';
import { goOn, type World } from './world.ts';

const PAGE = 1000;
const GROUPS_AT_A_TIME = 16;
const ATTEMPTS = 3;

/** Notes what the directory says of the members of groups that are linked: all of them where the rows are not complete. */
export async function readMemberships(world: World, groups: readonly string[]): Promise<void> {
  const [links, objects] = await Promise.all([
    world.journal.links('Group', groups),
    world.source.read('Group', groups),
  ]);
  for (const link of links.values()) {
    const version = objects.get(link.id)?.version;
    if (version === undefined || link.membersVersion === version || link.state !== 'active') continue;
    goOn(world);
    await world.journal.wantMembers(link.id, pagesOf(world, link.id));
    if (world.rules.settings.exclusiveGroups) await noteWhatIsThere(world, link);
    // The leaver lane may remove it meanwhile: what is gone must not be written back.
    await world.locks.hold(`Group ${link.id}`, async () => {
      const fresh = (await world.journal.links('Group', [link.id])).get(link.id);
      if (fresh === undefined) return;
      await world.journal.settle([{ type: 'Group', id: link.id, link: { ...fresh, membersVersion: version } }]);
    });
  }
}

async function* pagesOf(world: World, group: string): AsyncIterable<readonly ObjectKey[]> {
  for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
    const page = await world.source.members(group, after, PAGE);
    yield page.items;
    after = page.next;
  }
}

/** Notes what the change feed says of members: no group is read whole for it. */
export async function noteMemberChanges(world: World, changes: ReadonlyMap<string, MemberChange>): Promise<void> {
  const links = await world.journal.links('Group', [...changes.keys()]);
  for (const [group, { added, removed }] of changes) {
    const link = links.get(group);
    // Without a link, or before its members were read once, they are read whole when the time comes.
    if (link === undefined || link.membersVersion === 0) continue;
    const groups = await world.source.read('Group', [...added]);
    const keys = [...added].map((id): ObjectKey => ({ type: groups.has(id) ? 'Group' : 'User', id }));
    await world.journal.changeMembers(group, keys, [...removed]);
  }
}

/** An exclusive group: members that the target has and the directory does not know of are removed. */
async function noteWhatIsThere(world: World, link: Link): Promise<void> {
  const present = await world.target.members(
    link.targetId,
    callOf(world, () => {}),
  );
  const known: string[] = [];
  const foreign: string[] = [];
  for (const id of present) {
    const holder = (await world.journal.linkOfTarget('User', id)) ?? (await world.journal.linkOfTarget('Group', id));
    if (holder === undefined) foreign.push(id);
    else known.push(holder.id);
  }
  if (known.length > 0) await world.journal.noteMembers(link.id, known);
  if (foreign.length > 0) {
    const exchanges: Exchange[] = [];
    const call = callOf(world, (exchange) => void exchanges.push(exchange));
    const outcome = await world.target.removeMembers(link.targetId, foreign, call);
    await settle(world, link, 'remove', [], outcome, exchanges, foreign.length);
  }
}

/** Sends what differs in memberships: first everything that is added, then what is removed. */
export async function sendMemberships(
  world: World,
  only?: ReadonlySet<string>,
  members?: ReadonlySet<string>,
): Promise<void> {
  for (const what of ['add', 'remove'] as const) {
    for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
      goOn(world);
      const page = await world.journal.groupsWithPendingMembers(after, GROUPS_AT_A_TIME);
      const groups = only === undefined ? page.items : page.items.filter((group) => only.has(group));
      await everyOne(groups, (group) => sendGroup(world, group, what, members));
      after = page.next;
    }
  }
}

/** The same of these groups and in one direction. */
export async function sendMembershipsOf(
  world: World,
  groups: readonly string[],
  what: 'add' | 'remove',
): Promise<void> {
  for (let from = 0; from < groups.length; from += GROUPS_AT_A_TIME) {
    goOn(world);
    await everyOne(groups.slice(from, from + GROUPS_AT_A_TIME), (group) => sendGroup(world, group, what, undefined));
  }
}

async function sendGroup(
  world: World,
  group: string,
  what: 'add' | 'remove',
  members: ReadonlySet<string> | undefined,
): Promise<void> {
  await world.locks.hold(`Group ${group}`, async () => {
    const link = (await world.journal.links('Group', [group])).get(group);
    if (link?.state !== 'active') return;
    for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
      const page = await world.journal.pendingMembers(group, what, after, PAGE);
      const due = page.items.filter(
        ({ member }) => (members?.has(member) ?? true) && !world.parked.isParked(group, member, world.now()),
      );
      if (due.length > 0) await sendChunk(world, link, what, due);
      after = page.next;
    }
  });
}

async function sendChunk(
  world: World,
  link: Link,
  what: 'add' | 'remove',
  due: readonly PendingMember[],
): Promise<void> {
  const exchanges: Exchange[] = [];
  const call = callOf(world, (exchange) => void exchanges.push(exchange));
  const ids = due.map(({ targetId }) => targetId);
  await world.locks.claim([keyText(link)], async () => {
    await world.journal.intend([{ type: 'Group', id: link.id, verb: 'members', at: world.now() }]);
    try {
      const outcome = await repeatInDoubt(() =>
        what === 'add'
          ? world.target.addMembers(link.targetId, ids, call)
          : world.target.removeMembers(link.targetId, ids, call),
      );
      await settle(world, link, what, due, outcome, exchanges, 0);
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      if (ERRORS[error.code].whole) await confirmUsable(world, error);
      await settleFailure(world, link, what, due, error, exchanges);
    }
  });
}

/** Adding a member twice, or removing one twice, does no harm: what is in doubt is sent again. */
async function repeatInDoubt<T>(send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof TargetError) || !error.inDoubt || attempt === ATTEMPTS) throw error;
    }
  }
}

async function settle(
  world: World,
  link: Link,
  what: 'add' | 'remove',
  due: readonly PendingMember[],
  outcome: MemberOutcome,
  exchanges: readonly Exchange[],
  foreign: number,
): Promise<void> {
  const members = new Map(due.map(({ member, targetId }) => [targetId, member]));
  const memberOf = (targetId: string) => members.get(targetId) ?? targetId;
  const done = outcome.done.flatMap((id) => members.get(id) ?? []);
  for (const member of done) world.parked.forget(link.id, member);
  const [refusal] = outcome.refused;
  const retries = outcome.refused.map(({ id }) => world.parked.park(link.id, memberOf(id), world.now()));
  const first = refusal?.error;
  const message = `${outcome.refused.map(({ id }) => memberOf(id)).join(', ')}: ${first?.message ?? ''}`;
  const nextAt = retries.length === 0 ? undefined : Math.min(...retries);
  // What was refused in another request of this group still waits.
  const settled = world.parked.isAnyParked(link.id, world.now()) ? undefined : null;
  const escrow = first === undefined ? settled : await escrowOf(world, link, message, first);
  world.tally.count(what === 'add' ? 'membersAdded' : 'membersRemoved', done.length + foreign);
  if (first !== undefined) world.tally.count('failed', outcome.refused.length);
  const record = recordOf(world, link, what, done.length === 0 && foreign > 0 ? outcome.done : done, exchanges, {
    status: first === undefined ? 'success' : done.length === 0 ? 'failure' : 'warning',
    error: first === undefined ? undefined : { code: 'MemberRefused', message },
    nextAt,
    attempts: escrow?.attempts ?? 0,
  });
  await world.journal.settle([
    {
      type: 'Group',
      id: link.id,
      ...(what === 'add' ? { membersAdded: done } : { membersRemoved: done }),
      referenceEscrow: escrow,
      record,
      done: true,
    },
  ]);
  world.onRecord?.(record, '');
}

async function settleFailure(
  world: World,
  link: Link,
  what: 'add' | 'remove',
  due: readonly PendingMember[],
  error: TargetError,
  exchanges: readonly Exchange[],
): Promise<void> {
  const { code, message } = error;
  const escrow = await escrowOf(world, link, message, error);
  for (const { member } of due) world.parked.park(link.id, member, world.now());
  world.tally.count('failed');
  const record = recordOf(world, link, what, [], exchanges, {
    status: 'failure',
    error: { code, message },
    nextAt: escrow.nextAt,
    attempts: escrow.attempts,
  });
  // The group is gone from the target: it is matched or made anew, and all its members sent again.
  const waits =
    code === 'InvalidAnchor'
      ? { link: null, entryEscrow: { ...escrow, kind: 'entry' as const }, referenceEscrow: null }
      : { referenceEscrow: escrow };
  await world.journal.settle([{ type: 'Group', id: link.id, ...waits, record, done: !error.inDoubt }]);
  world.onRecord?.(record, '');
}

/** Ends what waits to be tried again where there is nothing left to send: the directory has taken it back. */
export async function forgetSettledEscrows(world: World): Promise<void> {
  const due = (await world.journal.dueEscrows(world.now(), PAGE)).filter(({ kind }) => kind === 'reference');
  const ids = due.map(({ id }) => id);
  const links = await world.journal.links('Group', ids);
  for (const { type, id } of due) {
    const pages = await Promise.all(
      (['add', 'remove'] as const).map((what) => world.journal.pendingMembers(id, what, undefined, 1)),
    );
    if (links.get(id)?.state !== 'active' || pages.every(({ items }) => items.length === 0)) {
      await world.journal.settle([{ type, id, referenceEscrow: null }]);
    }
  }
}

async function escrowOf(world: World, link: Link, message: string, error: TargetError): Promise<Escrow> {
  const key = { type: 'Group', id: link.id } as const;
  const [previous] = (await world.journal.escrows([key])).filter(({ kind }) => kind === 'reference');
  const { code, retryAfter } = error;
  return escrowAfter(previous, { key, kind: 'reference', code, message, retryAfter }, world.now());
}

function recordOf(
  world: World,
  link: Link,
  what: 'add' | 'remove',
  members: readonly string[],
  exchanges: readonly Exchange[],
  end: Pick<ProvisioningRecord, 'status' | 'error' | 'nextAt' | 'attempts'>,
): ProvisioningRecord {
  const count = `${members.length} ${members.length === 1 ? 'member' : 'members'}`;
  const description =
    what === 'add' ? `${count} added to the target's group.` : `${count} removed from the target's group.`;
  return {
    type: 'Group',
    id: link.id,
    cycle: world.cycle,
    at: exchanges[0]?.at ?? world.now(),
    durationMs: world.now() - (exchanges[0]?.at ?? world.now()),
    label: link.label,
    targetId: link.targetId,
    action: 'update',
    reason: 'The memberships of the directory and of the target differed.',
    steps: [{ name: 'members', status: end.status, description, details: {} }],
    modified: [
      what === 'add'
        ? { path: 'members', from: undefined, to: members }
        : { path: 'members', from: members, to: undefined },
    ],
    exchanges,
    ...end,
  };
}

const callOf = (world: World, record: Call['record']): Call => ({ lane: 'normal', signal: world.abort, record });
