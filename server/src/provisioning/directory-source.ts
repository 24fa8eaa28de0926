import type { ObjectType, Source, SourceObject } from '@rollcall/provisioning';
import type { Catalogue, JsonObject } from '@rollcall/scim';
import type { Store, StoredResource } from '../store/contract.ts';

/** The directory of an application: one of this installation's identity servers, read from the store. */
export function directorySource(store: Store, server: number, catalogue: () => Catalogue): Source {
  return {
    catalogue,
    newest: async () => (await store.changes.bounds(server)).newest,
    async changes(after, limit) {
      const { oldest, newest } = await store.changes.bounds(server);
      // A position ahead of the feed was given out by a database that a restore has replaced.
      if (after > newest || after < oldest) return undefined;
      const changes = await store.changes.after(server, after, limit);
      return changes.flatMap(({ n, type, id, kind, label, membersAdded = [], membersRemoved = [] }) =>
        isObjectType(type) ? [{ n, type, id, kind, label, membersAdded, membersRemoved }] : [],
      );
    },
    async wait(after, ms, signal) {
      // The wait begins before the look, so that nothing can come between them.
      const over = new AbortController();
      const waiting = store.changes.wait(server, ms, AbortSignal.any([signal, over.signal]));
      try {
        if ((await store.changes.bounds(server)).newest > after) over.abort();
      } catch (error) {
        over.abort();
        throw error;
      }
      await waiting;
    },
    async list(type, after, limit) {
      const rows = await store.list(server, type, after === undefined ? 0 : Number(after), limit);
      const last = rows.length < limit ? undefined : rows.at(-1);
      return { items: rows.map((row) => objectOf(type, row)), next: last === undefined ? undefined : String(last.seq) };
    },
    async read(type, ids) {
      const rows = ids.length === 0 ? [] : await store.byIds(server, type, ids);
      return new Map(rows.map((row) => [row.id, objectOf(type, row)]));
    },
    count: (type) => store.count(server, type),
    async members(group, after, limit) {
      const row = await store.byId(server, 'Group', group);
      if (row === undefined) return { items: [], next: undefined };
      const members = await store.members(row.seq, after === undefined ? 0 : Number(after), limit);
      const last = members.length < limit ? undefined : members.at(-1);
      const items = members.flatMap(({ id, type }) => (isObjectType(type) ? [{ type, id }] : []));
      return { items, next: last === undefined ? undefined : String(last.seq) };
    },
    async parents(ids) {
      const parents = new Map<string, { id: string; label: string }[]>();
      if (ids.length === 0) return parents;
      for (const { id, group, label } of await store.parents(server, ids)) {
        const known = parents.get(id);
        if (known === undefined) parents.set(id, [{ id: group, label }]);
        else known.push({ id: group, label });
      }
      return parents;
    },
  };
}

const isObjectType = (type: string): type is ObjectType => type === 'User' || type === 'Group';

function objectOf(type: ObjectType, { id, version, label, document }: StoredResource): SourceObject {
  // The store's own text of a document.
  const attributes: JsonObject = JSON.parse(document);
  return { type, id, version, label, document: { id, ...attributes } };
}
