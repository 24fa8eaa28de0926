import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultSettings } from '../contract/identity-server.ts';
import type { Store, Token } from '../store/contract.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../store/postgres/database.fixture.ts';
import { openPostgresStore } from '../store/postgres/store.ts';
import { followSettings } from './follow-settings.ts';
import { openRegistry, type Registry } from './registry.ts';

interface Process {
  readonly store: Store;
  readonly registry: Registry;
  readonly close: () => Promise<void>;
}

let database: TemporaryDatabase;
let here: Process;
let there: Process;

async function open(): Promise<Process> {
  const store = await openPostgresStore({ url: database.url, connections: 3, searchBudget: 1000 });
  const registry = await openRegistry(store.settings, store.inTurn);
  const unfollow = followSettings(registry, store.signals);
  return {
    store,
    registry,
    async close() {
      await unfollow();
      await store.close();
    },
  };
}

beforeAll(async () => {
  database = await temporaryDatabase();
  [here, there] = await Promise.all([open(), open()]);
});
afterAll(async () => {
  await here.close();
  await there.close();
  await database.drop();
});

const WITHIN_A_SECOND = { timeout: 1000, interval: 20 };

const addServer = (slug: string) =>
  here.registry.change((settings) =>
    settings.addIdentityServer({
      id: `id-of-${slug}`,
      slug,
      name: slug,
      active: true,
      isDefault: false,
      settings: defaultSettings(),
      basic: null,
      created: 1,
      modified: 1,
    }),
  );

const token = (server: number, id: string): Token => ({
  id,
  server,
  name: id,
  scope: { '*': 'write' },
  networks: [],
  created: 1,
  expires: 9e12,
  revoked: null,
  replacedBy: null,
  lastUsed: null,
  lastUsedFrom: null,
});

describe('the registries of several processes', () => {
  it('show within a second what was written elsewhere: servers, tokens, revocations, schemas', async () => {
    const server = await addServer('entra');
    await expect.poll(() => there.registry.bySlug('entra')?.key, WITHIN_A_SECOND).toBe(server.key);
    const issued = token(server.key, 'token-1');
    await here.registry.change((settings) => settings.saveToken(issued));
    await expect.poll(() => there.registry.token('token-1')?.revoked, WITHIN_A_SECOND).toBeNull();
    await here.registry.change((settings) => settings.saveToken({ ...issued, revoked: 5 }));
    await expect.poll(() => there.registry.token('token-1')?.revoked, WITHIN_A_SECOND).toBe(5);

    const definition = JSON.stringify({
      id: 'urn:example:badge',
      name: 'Badge',
      description: '',
      attributes: [{ name: 'number', type: 'string' }],
    });
    await there.registry.change((settings) =>
      settings.saveDefinition({ server: server.key, kind: 'schema', name: 'urn:example:badge', definition }),
    );
    await expect
      .poll(() => {
        const seen = here.registry.byId('id-of-entra');
        return seen && here.registry.definitions(seen).length;
      }, WITHIN_A_SECOND)
      .toBe(1);
  });

  it('change what the other has just changed without undoing it', async () => {
    await addServer('okta');
    const raise = ({ registry }: Process) =>
      registry.change(async (settings) => {
        const server = registry.byId('id-of-okta');
        if (server === undefined) throw new Error('The change does not see what is there');
        const rateLimit = server.settings.rateLimit + 1;
        await settings.saveIdentityServer({ ...server, settings: { ...server.settings, rateLimit } });
      });
    await Promise.all(Array.from({ length: 15 }, () => [raise(here), raise(there)]).flat());
    expect(here.registry.byId('id-of-okta')?.settings.rateLimit).toBeLessThanOrEqual(30);
    await expect.poll(() => here.registry.byId('id-of-okta')?.settings.rateLimit, WITHIN_A_SECOND).toBe(30);
    await expect.poll(() => there.registry.byId('id-of-okta')?.settings.rateLimit, WITHIN_A_SECOND).toBe(30);
  });

  it('hear of a revocation while a change waits for its turn', async () => {
    const server = await addServer('waiting');
    const issued = token(server.key, 'token-2');
    await here.registry.change((settings) => settings.saveToken(issued));
    await expect.poll(() => there.registry.token('token-2')?.revoked, WITHIN_A_SECOND).toBeNull();
    const done = Promise.withResolvers<void>();
    const long = here.registry.change(() => done.promise);
    const waiting = there.registry.change(async () => undefined);
    await here.store.settings.saveToken({ ...issued, revoked: 7 });
    await expect.poll(() => there.registry.token('token-2')?.revoked, WITHIN_A_SECOND).toBe(7);
    done.resolve();
    await Promise.all([long, waiting]);
  });
});
