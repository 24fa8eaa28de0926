import {
  type Escrow,
  type Intent,
  type Journal,
  keyText,
  type Link,
  type ProvisioningRecord,
  type Reference,
  type Settlement,
  type StagedRemoval,
} from '../journal.ts';
import type { ObjectKey, Page } from '../source.ts';

interface Membership {
  readonly key: ObjectKey;
  wanted: boolean;
  present: boolean;
}

/** A journal in memory, and what it holds. `before` is told of every write ahead of it, and `after` behind it. */
export interface MemoryJournal extends Journal {
  readonly records: ProvisioningRecord[];
  readonly intents: ReadonlyMap<string, Intent>;
  readonly removals: readonly number[];
  allLinks(): readonly Link[];
  allEscrows(): readonly Escrow[];
  /** Directory ids of a group that are wanted, or present. */
  rows(group: string, what: 'wanted' | 'present'): string[];
}

/** Around every write; what it throws, the write throws. */
export type Around = (name: string, write: () => void) => void;

/** An honest model of what `Journal` promises: every write is whole, and is there when it resolves. */
export function memoryJournal(around: Around = (_name, write) => write()): MemoryJournal {
  const links = new Map<string, Link>();
  const intents = new Map<string, Intent>();
  const escrows = new Map<string, Escrow>();
  const references = new Map<string, { readonly key: ObjectKey; readonly list: readonly Reference[] }>();
  const groups = new Map<string, Map<string, Membership>>();
  const stagedRemovals = new Map<string, StagedRemoval>();
  const removals: number[] = [];
  const records: ProvisioningRecord[] = [];

  const isLinked = (key: ObjectKey) => links.has(keyText(key));
  const linkOfId = (id: string) => links.get(`User ${id}`) ?? links.get(`Group ${id}`);

  function rowsOf(group: string): Map<string, Membership> {
    const known = groups.get(group) ?? new Map<string, Membership>();
    groups.set(group, known);
    return known;
  }

  function want(group: string, key: ObjectKey): void {
    const row = rowsOf(group).get(key.id);
    if (row === undefined) rowsOf(group).set(key.id, { key, wanted: true, present: false });
    else row.wanted = true;
  }

  function drop(group: string, id: string, what: 'wanted' | 'present'): void {
    const row = rowsOf(group).get(id);
    if (row === undefined) return;
    row[what] = false;
    if (!row.wanted && !row.present) rowsOf(group).delete(id);
  }

  function present(group: string, id: string): void {
    const link = linkOfId(id);
    if (link === undefined) return;
    const row = rowsOf(group).get(id);
    if (row !== undefined) row.present = true;
    else rowsOf(group).set(id, { key: { type: link.type, id }, wanted: false, present: true });
  }

  /** The object is elsewhere in the target, or nowhere: no group has it, and as a group it is empty. */
  function move(key: ObjectKey, linked: boolean): void {
    for (const group of groups.keys()) drop(group, key.id, 'present');
    if (key.type !== 'Group') return;
    if (linked) for (const id of [...rowsOf(key.id).keys()]) drop(key.id, id, 'present');
    else groups.delete(key.id);
  }

  function settleOne(settlement: Settlement): void {
    const { type, id, link } = settlement;
    const key = { type, id };
    const text = keyText(key);
    if (link !== undefined) {
      const before = links.get(text);
      if (link === null) {
        references.delete(text);
        links.delete(text);
        if (before !== undefined) move(key, false);
      } else {
        links.set(text, link);
        if (before?.targetId !== link.targetId) move(key, true);
      }
    }
    if (settlement.references !== undefined) references.set(text, { key, list: settlement.references });
    for (const member of settlement.membersAdded ?? []) present(id, member);
    for (const member of settlement.membersRemoved ?? []) drop(id, member, 'present');
    setEscrow(`entry ${text}`, settlement.entryEscrow);
    setEscrow(`reference ${text}`, settlement.referenceEscrow);
    if (settlement.staged === null) stagedRemovals.delete(text);
    else if (settlement.staged !== undefined) stagedRemovals.set(text, settlement.staged);
    if (settlement.removedAt !== undefined) removals.push(settlement.removedAt);
    if (settlement.done === true) intents.delete(text);
    if (settlement.record !== undefined) records.push(settlement.record);
  }

  function setEscrow(key: string, escrow: Escrow | null | undefined): void {
    if (escrow === null) escrows.delete(key);
    else if (escrow !== undefined) escrows.set(key, escrow);
  }

  const pendingOf = (group: string, what: 'add' | 'remove') =>
    isLinked({ type: 'Group', id: group })
      ? [...rowsOf(group).values()].filter(
          ({ key, wanted, present: there }) => wanted !== there && wanted === (what === 'add') && isLinked(key),
        )
      : [];

  return {
    records,
    intents,
    removals,
    allLinks: () => [...links.values()],
    allEscrows: () => [...escrows.values()],
    rows: (group, what) =>
      [...rowsOf(group).values()]
        .filter((row) => row[what])
        .map(({ key }) => key.id)
        .sort(),

    links: async (type, ids) =>
      new Map(ids.flatMap((id) => links.get(keyText({ type, id })) ?? []).map((link) => [link.id, link])),
    linkOfTarget: async (type, targetId) =>
      [...links.values()].find((link) => link.type === type && link.targetId === targetId),
    listLinks: async (type, after, limit) =>
      pageOf(
        [...links.values()].filter((link) => link.type === type),
        ({ id }) => id,
        after,
        limit,
      ),
    countLinks: async () => {
      const all = [...links.values()];
      return {
        users: all.filter(({ type }) => type === 'User').length,
        groups: all.filter(({ type }) => type === 'Group').length,
        active: all.filter(({ state }) => state === 'active').length,
      };
    },
    dueDeletions: async (now, limit) =>
      [...links.values()].filter(({ deleteAt }) => deleteAt !== null && deleteAt <= now).slice(0, limit),

    async intend(wanted) {
      around('intend', () => {
        for (const intent of wanted) intents.set(keyText(intent), intent);
      });
    },
    unsettled: async (limit) => [...intents.values()].slice(0, limit),
    async settle(settlements) {
      around('settle', () => settlements.forEach(settleOne));
    },

    escrows: async (keys) =>
      keys.flatMap((key) => ['entry', 'reference'].flatMap((kind) => escrows.get(`${kind} ${keyText(key)}`) ?? [])),
    dueEscrows: async (now, limit) => [...escrows.values()].filter(({ nextAt }) => nextAt <= now).slice(0, limit),
    countEscrows: async () => {
      const all = [...escrows.values()];
      return {
        entry: all.filter(({ kind }) => kind === 'entry').length,
        reference: all.filter(({ kind }) => kind === 'reference').length,
        nextAt: all.length === 0 ? undefined : Math.min(...all.map(({ nextAt }) => nextAt)),
      };
    },
    dropEscrows: async (firstBefore) => {
      const old = [...escrows].filter(([, { firstAt }]) => firstAt < firstBefore);
      for (const [key] of old) escrows.delete(key);
      return old.length;
    },

    references: async (keys) =>
      new Map(
        keys.flatMap((key) => {
          const known = references.get(keyText(key));
          return known === undefined ? [] : [[keyText(key), known.list] as const];
        }),
      ),
    pendingReferences: async (after, limit) => {
      const waiting = [...references.values()].filter(({ list }) =>
        list.some(({ wanted, sent }) => {
          const link = linkOfId(wanted);
          return link !== undefined && link.targetId !== sent;
        }),
      );
      return pageOf(
        waiting.map(({ key }) => key),
        keyText,
        after,
        limit,
      );
    },

    async wantMembers(group, pages) {
      const members: ObjectKey[] = [];
      for await (const page of pages) members.push(...page);
      around('wantMembers', () => {
        const ids = new Set(members.map(({ id }) => id));
        for (const id of [...rowsOf(group).keys()]) if (!ids.has(id)) drop(group, id, 'wanted');
        for (const key of members) want(group, key);
      });
    },
    async changeMembers(group, added, removed) {
      around('changeMembers', () => {
        for (const key of added) want(group, key);
        for (const id of removed) drop(group, id, 'wanted');
      });
    },
    async noteMembers(group, members) {
      around('noteMembers', () => {
        for (const id of members) present(group, id);
      });
    },
    pendingMembers: async (group, what, after, limit) => {
      const pending = pendingOf(group, what).map(({ key: { id } }) => ({
        member: id,
        targetId: linkOfId(id)?.targetId ?? '',
      }));
      return pageOf(pending, ({ member }) => member, after, limit);
    },
    presentMembers: async (group, after, limit) => {
      const there = [...rowsOf(group).values()].filter((row) => row.present).map(({ key: { id } }) => id);
      return pageOf(there, (id) => id, after, limit);
    },
    groupsWithPendingMembers: async (after, limit) => {
      const pending = [...groups.keys()].filter(
        (group) => pendingOf(group, 'add').length + pendingOf(group, 'remove').length > 0,
      );
      return pageOf(pending, (id) => id, after, limit);
    },

    staged: async (keys) =>
      new Map(
        keys.flatMap((key) => {
          const removal = stagedRemovals.get(keyText(key));
          return removal === undefined ? [] : [[keyText(key), removal] as const];
        }),
      ),
    listStaged: async (state, limit) =>
      [...stagedRemovals.values()].filter((one) => one.state === state).slice(0, limit),
    countStaged: async () => [...stagedRemovals.values()].filter(({ state }) => state === 'waiting').length,

    window: async (since) => ({
      removals: removals.filter((at) => at >= since).length,
      succeeded: records.filter(({ at, status }) => at >= since && (status === 'success' || status === 'warning'))
        .length,
      failed: records.filter(({ at, status }) => at >= since && status === 'failure').length,
      failedReferences: 0,
    }),
  };
}

function pageOf<T>(items: readonly T[], keyOf: (item: T) => string, after: string | undefined, limit: number): Page<T> {
  const rest = items
    .filter((item) => after === undefined || keyOf(item) > after)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { items: page, next: rest.length > limit && last !== undefined ? keyOf(last) : undefined };
}
