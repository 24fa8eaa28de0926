import type { Json, JsonObject } from '@rollcall/scim';
import { createBody } from '../scim-target/create-body.ts';
import type { ObjectType } from '../source.ts';
import { type Attributes, type Call, type Target, TargetError, type TargetObject } from '../target.ts';

export type TargetVerb =
  | 'check'
  | 'find'
  | 'read'
  | 'create'
  | 'update'
  | 'delete'
  | 'members'
  | 'addMembers'
  | 'removeMembers';

/** A call that reached the target. */
export interface TargetCall {
  readonly verb: TargetVerb;
  readonly type: ObjectType;
  /** Target id; of a search its value, of a creation userName or displayName. */
  readonly subject: string;
  readonly lane: Call['lane'];
  /** What was changed, added or removed. */
  readonly what: readonly string[];
}

interface Stored {
  readonly type: ObjectType;
  readonly attributes: Map<string, Json>;
  readonly members: Set<string>;
}

/** A target in memory and what it holds. */
export interface MemoryTarget extends Target {
  readonly calls: TargetCall[];
  /** Calls that write. */
  writes(): readonly TargetCall[];
  /** Puts an object there without a call; returns its id. */
  add(type: ObjectType, attributes: Readonly<Record<string, Json>>, members?: readonly string[]): string;
  /** Gives it another value without a call. */
  change(id: string, path: string, value: Json): void;
  /** Takes it away without a call. */
  lose(id: string): void;
  /** userName or displayName to what it holds: attributes, and names of members. */
  content(): Map<string, { readonly attributes: Attributes; readonly members: readonly string[] }>;
  attribute(name: string, path: string): Json | undefined;
  idOf(name: string): string;
  has(name: string): boolean;
  /** Called before (nothing is done yet) and after each call that passed; what it throws, the call throws. */
  before: (call: TargetCall) => Promise<void> | void;
  after: (call: TargetCall) => Promise<void> | void;
}

const WRITES: ReadonlySet<TargetVerb> = new Set(['create', 'update', 'delete', 'addMembers', 'removeMembers']);

/** It takes what comes: nothing is unique in it, so that what is created twice is there twice. */
export function memoryTarget({ readsBeforeUpdate = false } = {}): MemoryTarget {
  const objects = new Map<string, Stored>();
  const calls: TargetCall[] = [];
  let made = 0;

  const nameOf = ({ type, attributes }: Stored) => String(attributes.get(type === 'User' ? 'userName' : 'displayName'));
  const bodyOf = (id: string, { type, attributes }: Stored): JsonObject => ({
    ...createBody(type, attributes, 'rfc'),
    id,
  });
  const answer = (id: string, stored: Stored): TargetObject => ({ id, document: bodyOf(id, stored) });

  async function called<T>(call: TargetCall, body: () => T): Promise<T> {
    await self.before(call);
    calls.push(call);
    const result = body();
    await self.after(call);
    return result;
  }

  function found(id: string): Stored {
    const stored = objects.get(id);
    if (stored === undefined) throw new TargetError('InvalidAnchor', `The target has no ${id}.`, { status: 404 });
    return stored;
  }

  const byName = (name: string) => [...objects].find(([, stored]) => nameOf(stored) === name);

  const self: MemoryTarget = {
    readsBeforeUpdate,
    calls,
    before() {},
    after() {},
    writes: () => calls.filter(({ verb }) => WRITES.has(verb)),
    add(type, attributes, members = []) {
      const id = `t${++made}`;
      objects.set(id, { type, attributes: new Map(Object.entries(attributes)), members: new Set(members) });
      return id;
    },
    change: (id, path, value) => void found(id).attributes.set(path, value),
    lose(id) {
      objects.delete(id);
      for (const { members } of objects.values()) members.delete(id);
    },
    content: () =>
      new Map(
        [...objects.values()].map((stored) => [
          nameOf(stored),
          {
            attributes: stored.attributes,
            members: [...stored.members].map((id) => nameOf(found(id))).sort(),
          },
        ]),
      ),
    attribute: (name, path) => byName(name)?.[1].attributes.get(path),
    idOf(name) {
      const [id] = byName(name) ?? [];
      if (id === undefined) throw new Error(`There is no ${name}`);
      return id;
    },
    has: (name) => byName(name) !== undefined,

    check: ({ lane }) => called({ verb: 'check', type: 'User', subject: '', lane, what: [] }, () => {}),
    find: (type, path, value, { lane }) =>
      called({ verb: 'find', type, subject: value, lane, what: [path] }, () =>
        [...objects]
          .filter(
            ([, stored]) =>
              stored.type === type && String(stored.attributes.get(path)).toLowerCase() === value.toLowerCase(),
          )
          .slice(0, 2)
          .map(([id, stored]) => answer(id, stored)),
      ),
    read: (type, id, { lane }) =>
      called({ verb: 'read', type, subject: id, lane, what: [] }, () => {
        const stored = objects.get(id);
        return stored === undefined ? undefined : answer(id, stored);
      }),
    create: (type, attributes, { lane }) => {
      const subject = String(attributes.get(type === 'User' ? 'userName' : 'displayName'));
      return called({ verb: 'create', type, subject, lane, what: [...attributes.keys()] }, () => {
        const id = self.add(type, Object.fromEntries(attributes));
        return answer(id, found(id));
      });
    },
    update: (type, id, changes, _whole, { lane }) =>
      called({ verb: 'update', type, subject: id, lane, what: changes.map(({ path }) => path) }, () => {
        const stored = found(id);
        for (const { path, to } of changes) {
          if (to === undefined) stored.attributes.delete(path);
          else stored.attributes.set(path, to);
        }
        return answer(id, stored);
      }),
    delete: (type, id, { lane }) =>
      called({ verb: 'delete', type, subject: id, lane, what: [] }, () => {
        objects.delete(id);
        for (const { members } of objects.values()) members.delete(id);
      }),
    members: (group, { lane }) =>
      called({ verb: 'members', type: 'Group', subject: group, lane, what: [] }, () => [...found(group).members]),
    addMembers: (group, ids, { lane }) =>
      called({ verb: 'addMembers', type: 'Group', subject: group, lane, what: ids }, () => {
        for (const id of ids) found(group).members.add(id);
        return { done: ids, refused: [] };
      }),
    removeMembers: (group, ids, { lane }) =>
      called({ verb: 'removeMembers', type: 'Group', subject: group, lane, what: ids }, () => {
        for (const id of ids) found(group).members.delete(id);
        return { done: ids, refused: [] };
      }),
    close: async () => {},
  };
  return self;
}
