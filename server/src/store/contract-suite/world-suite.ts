import { onTestFinished } from 'vitest';
import type {
  Change,
  IdentityServer,
  IndexedDocument,
  NewChange,
  NewResource,
  Store,
  StoredResource,
} from '../contract.ts';

export type Open = () => Promise<Store>;

/** A store for one test, closed when the test ends. */
export async function openFor(open: Open): Promise<Store> {
  const store = await open();
  onTestFinished(() => store.close());
  return store;
}

export const SERVER = 1;
export const OTHER_SERVER = 2;
export const NOW = 1_700_000_000_000;

let created = 0;

/** What the pure part would compute of `{ userName, displayName? }`. */
export function indexed(userName: string, displayName?: string): IndexedDocument {
  return {
    document: JSON.stringify({ userName, ...(displayName === undefined ? {} : { displayName }) }),
    label: userName,
    index: displayName === undefined ? [] : [{ path: 'displayName', key: displayName.toLowerCase() }],
    unique: [{ path: 'userName', key: userName.toLowerCase(), value: userName }],
  };
}

export function newUser(userName: string, options: { server?: number; displayName?: string } = {}): NewResource {
  created++;
  const { server = SERVER, displayName } = options;
  return { server, type: 'User', id: `user-${created}`, at: NOW, ...indexed(userName, displayName) };
}

export function newGroup(label: string, server = SERVER): NewResource {
  created++;
  const document = JSON.stringify({ displayName: label });
  return { server, type: 'Group', id: `group-${created}`, at: NOW, label, document, index: [], unique: [] };
}

export const add = (store: Store, resource: NewResource): Promise<StoredResource> =>
  store.transaction((transaction) => transaction.insert(resource));

export async function addUsers(store: Store, count: number, prefix = 'user'): Promise<StoredResource[]> {
  return store.transaction(async (transaction) => {
    const users: StoredResource[] = [];
    for (let index = 0; index < count; index++) users.push(await transaction.insert(newUser(`${prefix}${index}`)));
    return users;
  });
}

/** Members with nothing sent but their ids. */
export const membersOf = (resources: readonly { id: string }[]) =>
  resources.map(({ id }) => ({ value: id, sent: undefined }));

export const join = (store: Store, group: StoredResource, members: readonly { id: string }[]) =>
  store.transaction((transaction) => transaction.applyMembers(group, [{ op: 'add', members: membersOf(members) }]));

export async function memberIds(store: Store, group: StoredResource): Promise<string[]> {
  return (await store.members(group.seq, 0, 1_000_000)).map((member) => member.id);
}

export function newChange(id: string, change: Partial<NewChange> = {}): NewChange {
  return { server: SERVER, type: 'User', id, kind: 'created', at: NOW, label: id, ...change };
}

/** All changes of a server, read in pages. */
export async function allChanges(store: Store, server = SERVER): Promise<Change[]> {
  const changes: Change[] = [];
  for (;;) {
    const page = await store.changes.after(server, changes.at(-1)?.n ?? 0, 7);
    changes.push(...page);
    if (page.length < 7) return changes;
  }
}

export const newIdentityServer = (
  slug: string,
  values: Partial<IdentityServer> = {},
): Omit<IdentityServer, 'key' | 'catalogueVersion' | 'removing'> => ({
  id: `id-${slug}`,
  slug,
  name: slug,
  active: true,
  isDefault: false,
  settings: {
    security: 'bearer',
    compatibility: 'tolerant',
    saveRequests: true,
    defaultPageSize: 100,
    maxPageSize: 200,
    rateLimit: 0,
    groupPatchAnswer: 'auto',
    uniqueGroupNames: true,
    uniqueExternalIds: false,
    restoreInactive: false,
  },
  basic: null,
  created: NOW,
  modified: NOW,
  ...values,
});
