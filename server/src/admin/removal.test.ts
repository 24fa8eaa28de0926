import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { configSchema } from '../config.ts';
import { defaultSettings, identityServerListSchema } from '../contract/identity-server.ts';
import { openRollcall } from '../rollcall.ts';
import { databaseOf, dropDatabaseOf, openTestStore } from '../store/test-store.fixture.ts';

it('goes on after a restart with a removal that was not finished', async () => {
  const data = await mkdtemp(`${tmpdir()}/removal-`);
  const store = await openTestStore(data);
  const server = await store.settings.addIdentityServer({
    id: 'gone',
    slug: 'gone',
    name: 'Gone',
    active: true,
    isDefault: false,
    settings: defaultSettings(),
    basic: null,
    created: 1,
    modified: 1,
  });
  await store.settings.saveIdentityServer({ ...server, removing: true });
  await store.close();

  const rollcall = await openRollcall(configSchema.parse({ data, ...(await databaseOf(data)), logLevel: 'silent' }));
  const list = async () => {
    const answer = await rollcall.admin.inject({ method: 'GET', url: '/api/identity-servers' });
    return identityServerListSchema.parse(answer.json()).identityServers.length;
  };
  await expect.poll(list).toBe(0);
  await rollcall.close();
  await dropDatabaseOf(data);
  await rm(data, { recursive: true, force: true });
});
