import { createCatalogue, ENTERPRISE_USER_SCHEMA, type JsonObject } from '@rollcall/scim';
import type { ObjectKey, ObjectType, Page, Source, SourceChange, SourceObject } from '../source.ts';

/** A directory in memory that can be changed and that tells its changes, as an identity server does. */
export interface MemoryDirectory extends Source {
  /** Adds or changes a user; `manager` is an id. */
  user(id: string, attributes?: JsonObject, manager?: string): void;
  disable(id: string): void;
  enable(id: string): void;
  /** Adds or changes a group; its members stay as they are. */
  group(id: string, displayName?: string): void;
  join(group: string, ...members: readonly string[]): void;
  leave(group: string, ...members: readonly string[]): void;
  /** Deletes a user or a group; nobody has it as a member any more. */
  remove(id: string): void;
  /** What is thrown by every read from now on; undefined ends it. */
  fail(error: Error | undefined): void;
  /** Forgets changes up to now. */
  prune(): void;
}

export function memoryDirectory(): MemoryDirectory {
  const catalogue = createCatalogue();
  const objects = new Map<string, SourceObject>();
  const members = new Map<string, Set<string>>();
  let feed: SourceChange[] = [];
  let oldest = 0;
  let n = 0;
  let failure: Error | undefined;
  const waiting = new Set<() => void>();

  const read = () => {
    if (failure !== undefined) throw failure;
  };
  const objectOf = (id: string): SourceObject => {
    const object = objects.get(id);
    if (object === undefined) throw new Error(`There is no ${id}`);
    return object;
  };
  const sorted = (type: ObjectType) =>
    [...objects.values()].filter((object) => object.type === type).sort((a, b) => (a.id < b.id ? -1 : 1));

  function tell(key: ObjectKey, kind: SourceChange['kind'], label: string, more: Partial<SourceChange> = {}): number {
    feed.push({ type: key.type, id: key.id, n: ++n, kind, label, membersAdded: [], membersRemoved: [], ...more });
    for (const wake of waiting) wake();
    return n;
  }

  function put(key: ObjectKey, label: string, document: JsonObject, kind?: SourceChange['kind']): void {
    const version = tell(key, kind ?? (objects.has(key.id) ? 'changed' : 'created'), label);
    objects.set(key.id, { ...key, version, label, document: { id: key.id, ...document } });
  }

  function setActive(id: string, active: boolean): void {
    const { label, document } = objectOf(id);
    put({ type: 'User', id }, label, { ...document, active }, active ? 'enabled' : 'disabled');
  }

  function regroup(group: string, change: Pick<SourceChange, 'membersAdded' | 'membersRemoved'>): void {
    const object = objectOf(group);
    const version = tell(object, 'members', object.label, change);
    objects.set(group, { ...object, version });
  }

  const membersOf = (group: string) => members.get(group) ?? new Set<string>();

  return {
    user(id, attributes = {}, manager) {
      const label = `${id}@acme.example`;
      const base = { userName: label, displayName: `Person ${id}`, active: true };
      const above = manager === undefined ? {} : { [ENTERPRISE_USER_SCHEMA]: { manager: { value: manager } } };
      put({ type: 'User', id }, label, { ...base, ...attributes, ...above });
    },
    disable: (id) => setActive(id, false),
    enable: (id) => setActive(id, true),
    group(id, displayName = `Group ${id}`) {
      members.set(id, membersOf(id));
      put({ type: 'Group', id }, displayName, { displayName });
    },
    join(group, ...added) {
      members.set(group, new Set([...membersOf(group), ...added]));
      regroup(group, { membersAdded: added, membersRemoved: [] });
    },
    leave(group, ...removed) {
      for (const id of removed) membersOf(group).delete(id);
      regroup(group, { membersAdded: [], membersRemoved: removed });
    },
    remove(id) {
      const { type, label } = objectOf(id);
      for (const [group, ids] of members) {
        if (ids.delete(id)) regroup(group, { membersAdded: [], membersRemoved: [id] });
      }
      objects.delete(id);
      members.delete(id);
      tell({ type, id }, 'deleted', label);
    },
    fail(error) {
      failure = error;
    },
    prune() {
      feed = [];
      oldest = n;
    },

    catalogue: () => catalogue,
    newest: async () => {
      read();
      return n;
    },
    changes: async (after, limit) => {
      read();
      return after < oldest ? undefined : feed.filter((change) => change.n > after).slice(0, limit);
    },
    async wait(after, ms, signal) {
      if (n > after || signal.aborted) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, ms);
      waiting.add(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
      await promise;
      waiting.delete(resolve);
      clearTimeout(timer);
    },
    list: async (type, after, limit) => {
      read();
      return pageOf(sorted(type), after, limit);
    },
    read: async (type, ids) => {
      read();
      return new Map(
        ids.flatMap((id) => {
          const object = objects.get(id);
          return object?.type === type ? [[id, object] as const] : [];
        }),
      );
    },
    count: async (type) => sorted(type).length,
    members: async (group, after, limit) => {
      read();
      const keys = [...membersOf(group)].sort().map((id): ObjectKey => ({ type: objects.get(id)?.type ?? 'User', id }));
      return pageOf(keys, after, limit);
    },
    parents: async (ids) => {
      read();
      const found = ids.map((id) => {
        const groups = [...members].filter(([, inside]) => inside.has(id)).map(([group]) => objectOf(group));
        return [id, groups.map((group) => ({ id: group.id, label: group.label }))] as const;
      });
      return new Map(found.filter(([, groups]) => groups.length > 0));
    },
  };
}

function pageOf<T extends { readonly id: string }>(
  items: readonly T[],
  after: string | undefined,
  limit: number,
): Page<T> {
  const rest = items.filter(({ id }) => after === undefined || id > after);
  const page = rest.slice(0, limit);
  return { items: page, next: rest.length > limit ? page.at(-1)?.id : undefined };
}
