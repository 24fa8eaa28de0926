import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyDatabase } from '../../server/src/store/postgres/database.fixture.ts';
import { administer } from '../harness/admin.ts';
import { plainUser } from '../harness/messages.ts';
import { scimClient } from '../harness/scim-client.ts';
import { startServer, type TestServer } from '../harness/server.ts';
import { textAt } from '../harness/value-at.ts';

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let keys: string;
let here: TestServer;
let there: TestServer;
beforeAll(async () => {
  database = await emptyDatabase();
  keys = await mkdtemp(join(tmpdir(), 'rollcall-keys-'));
  const config = { databaseUrl: database.url, keysFile: join(keys, 'keys') };
  here = await startServer({ config });
  there = await startServer({ config });
}, 120_000);
afterAll(async () => {
  await here.stop();
  await there.stop();
  await database.drop();
  await rm(keys, { recursive: true, force: true });
}, 120_000);

describe('what one of two servers on a database has just stored', () => {
  it('counts at once where the next request goes: identity server, token, settings', async () => {
    for (let n = 0; n < 10; n++) {
      const server = await here.identityServer();
      const elsewhere = scimClient(server.baseUrl.replace(here.origin, there.origin), server.token);
      expect((await elsewhere.post('/Users', plainUser('first@acme.example'))).status).toBe(201);
      await administer(there.admin, 'PATCH', `/identity-servers/${server.slug}`, { name: 'Entra' });
      const seen = await administer(here.admin, 'GET', `/identity-servers/${server.slug}`);
      expect(textAt(seen.body, '$.name')).toBe('Entra');
      const path = `/identity-servers/${server.slug}/tokens`;
      const second = textAt((await administer(there.admin, 'POST', path, { name: 'second' })).body, '$.token');
      expect((await scimClient(server.baseUrl, second).get('/Users')).status).toBe(200);
    }
  });
});
