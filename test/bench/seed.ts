import { defaultSettings } from '../../server/src/contract/identity-server.ts';
import { newId } from '../../server/src/id.ts';
import { indexDocument } from '../../server/src/provider/index-document.ts';
import { catalogueOf } from '../../server/src/store/catalogue-of.ts';
import type { Store } from '../../server/src/store/contract.ts';
import { openSqliteStore } from '../../server/src/store/sqlite/store.ts';
import { entraUser } from '../harness/messages.ts';
import type { FilledUser } from './operations.ts';

/** What an identity server gets. */
export interface Plan {
  readonly slug: string;
  readonly users: number;
  /** Members of a group. Every user is in one: who is in none would be cheaper to read. */
  readonly members: number;
  /** Groups; as many as there are users for unless said. (PostgreSQL alone.) */
  readonly groups?: number;
}

/** What of it the measurements need. */
export interface Seeded {
  /** Users spread over all that there are. */
  readonly sample: readonly FilledUser[];
  /** Users who are not in the group. */
  readonly strangers: readonly FilledUser[];
  readonly group: string;
  /** That and the next of them, up to a hundred. */
  readonly groups: readonly string[];
}

export const SAMPLE = 20_000;
/** Users that come on top and are in no group, so that there is somebody to add. */
export const STRANGERS = 500;
/** Rows of one transaction. */
const STEP = 5000;

/**
 * Writes users and a group straight into the store of a data directory that no server holds: through HTTP a million
 * users would take ten minutes.
 */
export async function seed(directory: string, plans: readonly Plan[]): Promise<Seeded[]> {
  const store = await openSqliteStore(directory, { readerThreads: 1, searchBudget: 1000 });
  try {
    const seeded: Seeded[] = [];
    for (const plan of plans) seeded.push(await seedOne(store, plan));
    return seeded;
  } finally {
    await store.close();
  }
}

async function seedOne(store: Store, { slug, users, members }: Plan): Promise<Seeded> {
  const identityServers = await store.settings.identityServers();
  const server = identityServers.find((one) => one.slug === slug)?.key;
  if (server === undefined) throw new Error(`There is no identity server ${slug}`);
  const ids = await insertUsers(store, server, users + STRANGERS);
  const groups: string[] = [];
  for (let from = 0; from < users; from += members) {
    groups.push(
      await insertGroup(store, server, `Team ${groups.length}`, ids.slice(from, Math.min(from + members, users))),
    );
  }
  const userAt = (n: number): FilledUser => ({ n, id: ids[n] ?? '' });
  const every = Math.max(1, Math.floor(users / SAMPLE));
  return {
    sample: Array.from({ length: Math.floor(users / every) }, (_, index) => userAt(index * every)),
    strangers: Array.from({ length: STRANGERS }, (_, index) => userAt(users + index)),
    group: groups[0] ?? '',
    groups: groups.slice(0, 100),
  };
}

async function insertUsers(store: Store, server: number, count: number): Promise<string[]> {
  const type = catalogueOf([]).resourceTypes.get('User');
  if (type === undefined) throw new Error('There are no users');
  const settings = defaultSettings();
  const ids: string[] = [];
  while (ids.length < count) {
    await store.transaction(async (transaction) => {
      for (const end = Math.min(count, ids.length + STEP); ids.length < end; ) {
        const { meta: _, roles: __, ...document } = entraUser(ids.length);
        const common = { server, type: 'User', id: newId(), at: Date.now() };
        const indexed = indexDocument(settings, type, document);
        await transaction.insert({ ...common, ...indexed });
        await transaction.record({ ...common, kind: 'created', label: indexed.label });
        ids.push(common.id);
      }
    });
  }
  return ids;
}

async function insertGroup(
  store: Store,
  server: number,
  displayName: string,
  members: readonly string[],
): Promise<string> {
  const type = catalogueOf([]).resourceTypes.get('Group');
  if (type === undefined) throw new Error('There are no groups');
  const common = { server, type: 'Group', id: newId(), at: Date.now() };
  const document = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName };
  const group = await store.transaction((transaction) =>
    transaction.insert({ ...common, ...indexDocument(defaultSettings(), type, document) }),
  );
  for (let from = 0; from < members.length; from += STEP) {
    const step = members.slice(from, from + STEP).map((value) => ({ value, sent: undefined }));
    await store.transaction((transaction) => transaction.applyMembers(group, [{ op: 'add', members: step }]));
  }
  return group.id;
}
