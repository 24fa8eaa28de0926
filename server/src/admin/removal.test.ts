import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { configSchema } from '../config.ts';
import { defaultSettings, identityServerListSchema } from '../contract/identity-server.ts';
import { openRollcall } from '../rollcall.ts';
import { openSqliteStore } from '../store/sqlite/store.ts';

it('goes on after a restart with a removal that was not finished', async () => {
  const data = await mkdtemp(`${tmpdir()}/removal-`);
  const store = await openSqliteStore(data, { readerThreads: 1, searchBudget: 1000 });
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

  const rollcall = await openRollcall(configSchema.parse({ data, logLevel: 'silent' }));
  const list = async () => {
    const answer = await rollcall.admin.inject({ method: 'GET', url: '/api/identity-servers' });
    return identityServerListSchema.parse(answer.json()).identityServers.length;
  };
  await expect.poll(list).toBe(0);
  await rollcall.close();
  await rm(data, { recursive: true, force: true });
});
