import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from '../http/expect-error.fixture.ts';
import {
  BULK,
  GROUP,
  type RunningServer,
  runServer,
  SEARCH,
  type TestClient,
  USER,
} from '../http/running-server.fixture.ts';
import { type Answer, send } from '../http/send.fixture.ts';
import { listAt, textAt, valueAt } from '../http/value-at.fixture.ts';

let server: RunningServer;
let scim: TestClient;
let user: string;
let group: string;
beforeAll(async () => {
  server = await runServer();
  scim = await server.identityServer();
  const id = await scim.user();
  user = `/Users/${id}`;
  group = `/Groups/${await scim.group('Staff', [id])}`;
});
afterAll(() => server.stop());

/** A client with a token of this scope. */
async function scoped(scope: Record<string, 'read' | 'write'>): Promise<TestClient> {
  const issued = await server.admin('POST', `/identity-servers/${scim.slug}/tokens`, { name: 'scoped', scope });
  return scim.as(`Bearer ${textAt(issued, 'token')}`);
}

/** RFC 6750 §3.1: the token is fine, its scope is too small. */
function expectInsufficient(answer: Answer): void {
  expectError(answer, 403);
  expect(answer.headers['www-authenticate']).toBe('Bearer realm="scim", error="insufficient_scope"');
}

const types = (answer: Answer) =>
  new Set(listAt(answer.body, 'Resources').map((resource) => valueAt(resource, 'meta', 'resourceType')));
const newUser = (userName: string) => ({ schemas: [USER], userName });

describe('a token that may only read', () => {
  it('reads everything, and gets 403 insufficient_scope for whatever writes (RFC 6750 §3.1)', async () => {
    const reader = await scoped({ '*': 'read' });
    for (const path of [
      user,
      group,
      '/Users',
      '/Groups',
      '',
      '/Schemas',
      '/ResourceTypes/User',
      '/ServiceProviderConfig',
    ]) {
      expect([path, (await reader.send('GET', path)).status]).toEqual([path, 200]);
    }
    expect((await reader.send('POST', '/Users/.search', { schemas: [SEARCH] })).status).toBe(200);
    expect((await reader.send('POST', '/.search', { schemas: [SEARCH] })).status).toBe(200);
    expectInsufficient(await reader.send('POST', '/Users', newUser('no')));
    expectInsufficient(await reader.send('PUT', user, newUser('no')));
    expectInsufficient(await reader.patch(user, { op: 'replace', path: 'title', value: 'no' }));
    expectInsufficient(await reader.send('DELETE', user));
    expectInsufficient(await reader.send('POST', '/Groups', { schemas: [GROUP], displayName: 'no' }));
    expectInsufficient(await reader.send('DELETE', group));
    expect(valueAt((await scim.send('GET', user)).body, 'title')).toBeUndefined();
  });
});

describe('a token for users alone', () => {
  it('reads and writes users; groups are 403, also when they would be found by id', async () => {
    const users = await scoped({ User: 'write' });
    const created = await users.send('POST', '/Users', newUser('scoped'));
    expect(created.status).toBe(201);
    const path = `/Users/${textAt(created.body, 'id')}`;
    expect((await users.patch(path, { op: 'replace', path: 'title', value: 'T' })).status).toBe(200);
    expect((await users.send('DELETE', path)).status).toBe(204);
    expectInsufficient(await users.send('GET', '/Groups'));
    expectInsufficient(await users.send('GET', group));
    expectInsufficient(await users.send('GET', '/Groups/none'));
    expectInsufficient(await users.send('POST', '/Groups', { schemas: [GROUP], displayName: 'no' }));
    expectInsufficient(await users.send('POST', '/Groups/.search', { schemas: [SEARCH] }));
  });

  it('finds only users at the root, whatever the filter says (RFC 7644 §3.4.2.1)', async () => {
    const users = await scoped({ User: 'read' });
    expect(types(await scim.send('GET', ''))).toEqual(new Set(['User', 'Group']));
    const found = await users.send('GET', '');
    expect(types(found)).toEqual(new Set(['User']));
    const all = await users.send('GET', '/Users');
    expect(valueAt(found.body, 'totalResults')).toBe(valueAt(all.body, 'totalResults'));
    const search = { schemas: [SEARCH], filter: 'displayName eq "Staff" or meta.resourceType eq "Group"' };
    expect(valueAt((await users.send('POST', '/.search', search)).body, 'totalResults')).toBe(0);
    expect(valueAt((await scim.send('POST', '/.search', search)).body, 'totalResults')).toBe(1);
  });

  it('fails the operations on groups of a bulk request, and only these (RFC 7644 §3.7)', async () => {
    const users = await scoped({ User: 'write' });
    const answer = await users.send('POST', '/Bulk', {
      schemas: [BULK],
      Operations: [
        { method: 'POST', path: '/Users', bulkId: 'u', data: newUser('bulk-scoped') },
        { method: 'POST', path: '/Groups', bulkId: 'g', data: { schemas: [GROUP], displayName: 'no' } },
        { method: 'DELETE', path: group },
        { method: 'DELETE', path: '/Users/bulkId:u' },
      ],
    });
    const operations = listAt(answer.body, 'Operations');
    expect(operations.map((operation) => valueAt(operation, 'status'))).toEqual(['201', '403', '403', '204']);
    expect(textAt(operations[1], 'response', 'detail')).toContain('Group');
    expect((await scim.send('GET', group)).status).toBe(200);
  });
});

describe('a token with a scope of its own for one type', () => {
  it('has the scope of * for those not named', async () => {
    const mixed = await scoped({ '*': 'read', Group: 'write' });
    expect((await mixed.patch(group, { op: 'replace', path: 'externalId', value: 'e' })).status).toBe(200);
    expect((await mixed.send('GET', user)).status).toBe(200);
    expectInsufficient(await mixed.patch(user, { op: 'replace', path: 'title', value: 'no' }));
  });

  it('has no /Me, for it stands for a client (RFC 7644 §3.11)', async () => {
    expectError(await (await scoped({ '*': 'write' })).send('GET', '/Me'), 404);
  });
});

describe('a token for some networks', () => {
  it('is 401 from everywhere else, before its scope is looked at', async () => {
    const issue = async (networks: string[]) => {
      const body = { name: 'near', networks };
      const issued = await server.admin('POST', `/identity-servers/${scim.slug}/tokens`, body);
      return scim.as(`Bearer ${textAt(issued, 'token')}`);
    };
    for (const networks of [['127.0.0.0/8'], ['127.0.0.1'], ['10.0.0.0/8', '127.0.0.1/32'], ['::1', '127.0.0.0/30']]) {
      expect((await (await issue(networks)).send('GET', '/Users')).status).toBe(200);
    }
    for (const networks of [['10.0.0.0/8'], ['128.0.0.0/1'], ['2001:db8::/32'], ['127.0.0.2/32']]) {
      expectError(await (await issue(networks)).send('GET', '/Users'), 401);
    }
  });
});

describe('an identity server without security', () => {
  it('lets everybody do everything, whatever credentials they bring', async () => {
    const open = await server.identityServer({ security: 'none' });
    for (const authorization of [undefined, 'Bearer nonsense', 'Basic eDp5', `Bearer ${scim.token}`]) {
      const answer = await send(server.origin, `${open.base}/Users`, { headers: { authorization } });
      expect(answer.status).toBe(200);
    }
    expect((await open.as(undefined).send('POST', '/Users', newUser('anybody'))).status).toBe(201);
    const config = await open.send('GET', '/ServiceProviderConfig');
    expect(valueAt(config.body, 'authenticationSchemes')).toEqual([]);
  });
});
