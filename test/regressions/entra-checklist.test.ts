import { setTimeout as wait } from 'node:timers/promises';
import type { Json, JsonObject } from '@rollcall/scim';
import { describe, expect, it, vi } from 'vitest';
import { administer } from '../harness/admin.ts';
import { expectScimError } from '../harness/expect-scim-error.ts';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { entraUser } from '../harness/messages.ts';
import { oneServer } from '../harness/one-server.ts';
import { ENTERPRISE, GROUP, LIST, scimClient, USER } from '../harness/scim-client.ts';
import { startServer } from '../harness/server.ts';
import { objectsAt, textAt, valueAt } from '../harness/value-at.ts';

const { tolerant, running } = oneServer();
const EMPTY = { schemas: [LIST], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] };
const GUID = '5b0c8a9e-3f6d-4a35-9f0e-6d1b1c7a2e11';

describe('what Entra ID needs of a server', () => {
  it('B-1 answers the random value of a connection test with an empty list, whatever the matching attribute', async () => {
    const scim = await tolerant();
    const filters: [string, string][] = [
      ['/Users', `userName eq "${GUID}"`],
      ['/Users', `externalId eq "${GUID}"`],
      ['/Users', `emails[type eq "work"].value eq "${GUID}"`],
      ['/Groups', `displayName eq "${GUID}"`],
      ['/Groups', `externalId eq "${GUID}"`],
    ];
    for (const [endpoint, filter] of filters) {
      const answer = await scim.find(endpoint, filter);
      expect([filter, answer.status, answer.body]).toEqual([filter, 200, EMPTY]);
    }
  });

  it('B-2 reads filters in every encoding, and values with any character', async () => {
    const scim = await tolerant();
    const values = [
      'a+b@acme.example',
      "o'brien@acme.example",
      'Ops (EMEA)',
      'Jürgen Groß',
      'back\\slash "quoted"',
      '50% & more; #1',
    ];
    for (const userName of values) {
      await scim.user({ userName });
      const literal = JSON.stringify(userName);
      const encoded = encodeURIComponent(literal);
      const paths = [
        `filter=userName+eq+${encoded}`,
        `filter=userName%20eq%20${encoded}`,
        `filter=userName+eq+${encoded.replaceAll('%22', '"').replaceAll('%20', '+')}`,
      ];
      for (const query of paths) {
        const { body } = await scim.get(`/Users?${query}`);
        expect([query, valueAt(body, '$.Resources[0].userName')]).toEqual([query, userName]);
      }
    }
  });

  it('B-3 answers the reference check of older jobs with a list', async () => {
    const scim = await tolerant();
    const boss = await scim.user();
    const id = await scim.user({ [ENTERPRISE]: { manager: { value: boss } } });
    const check = (manager: string) => `filter=id+eq+%22${id}%22+and+manager+eq+%22${manager}%22&attributes=id`;
    const hit = await scim.get(`/Users?${check(boss)}`);
    expect(hit.body).toEqual({
      ...EMPTY,
      totalResults: 1,
      itemsPerPage: 1,
      Resources: [{ schemas: [USER, ENTERPRISE], id }],
    });
    expect((await scim.get(`/Users?${check(id)}`)).body).toEqual(EMPTY);
  });

  it('B-4 takes a whole user with nulls, an empty array, meta and an extension that is not declared', async () => {
    const scim = await tolerant();
    const user = entraUser(4);
    const { meta: _, roles: __, ...echoed } = user;
    const answer = await scim.post('/Users', {
      ...(user as JsonObject),
      nickName: null,
      entitlements: null,
      'urn:ietf:params:scim:schemas:extension:Acme:2.0:User': { badge: '7' },
    });
    const id = textAt(answer.body, '$.id');
    const location = `${scim.baseUrl}/Users/${id}`;
    expect([answer.status, answer.headers.location]).toEqual([201, location]);
    const version = answer.headers.etag;
    const date = expect.stringMatching(/Z$/);
    const own = { resourceType: 'User', created: date, lastModified: date, location, version };
    expect(answer.body).toEqual({ ...echoed, id, meta: own });
  });

  it('B-5 refuses a userName that differs only in case with 409 uniqueness', async () => {
    const scim = await tolerant();
    await scim.user({ userName: 'Mia@acme.example' });
    expectScimError(await scim.post('/Users', { schemas: [USER], userName: 'mia@ACME.example' }), 409, 'uniqueness');
  });

  it('B-6 shows a user at once, by id, by filter and as a member', async () => {
    const scim = await tolerant();
    for (let round = 0; round < 5; round++) {
      const userName = `fresh-${round}`;
      const id = await scim.user({ userName });
      const [byId, byName] = await Promise.all([
        scim.get(`/Users/${id}`),
        scim.find('/Users', `userName eq "${userName}"`),
      ]);
      expect([byId.status, valueAt(byName.body, '$.Resources[0].id')]).toEqual([200, id]);
      const group = await scim.group(`fresh-${round}`, [id]);
      expect(await scim.members(group)).toEqual([id]);
    }
  });

  it('B-15 leaves members out when they are excluded, in lists and by id', async () => {
    const scim = await tolerant();
    const group = await scim.group('Lean', [await scim.user()]);
    const query = 'excludedAttributes=members';
    const listed = await scim.get(`/Groups?${query}&filter=displayName+eq+%22Lean%22`);
    expect(valueAt(listed.body, '$.Resources[0].displayName')).toBe('Lean');
    const byId = await scim.get(`/Groups/${group}?${query}`);
    expect(listed.text + byId.text).not.toContain('members');
    expect(await scim.members(group)).toHaveLength(1);
  });

  it('B-17 deletes with 204 once and 404 then, and a deleted group leaves its users', async () => {
    const scim = await tolerant();
    const id = await scim.user();
    const group = await scim.group('Short-lived', [id]);
    expect(await scim.delete(`/Groups/${group}`)).toMatchObject({ status: 204, text: '' });
    expectScimError(await scim.delete(`/Groups/${group}`), 404);
    expect(valueAt((await scim.get(`/Users/${id}`)).body, '$.groups')).toBeUndefined();
    expect((await scim.delete(`/Users/${id}`)).status).toBe(204);
    expectScimError(await scim.delete(`/Users/${id}`), 404);
  });

  it('B-21 pages in a stable order, also with count 0 and with a huge count', async () => {
    const scim = await tolerant();
    const ids: string[] = [];
    for (let n = 0; n < 12; n++) ids.push(await scim.user());
    const page = async (query: string) => {
      const { body } = await scim.get(`/Users?${query}`);
      expect(valueAt(body, '$.totalResults')).toBe(12);
      return objectsAt(body, '$.Resources').map((resource) => resource.id);
    };
    for (let round = 0; round < 2; round++) {
      expect(await page('startIndex=1&count=5')).toEqual(ids.slice(0, 5));
      expect(await page('startIndex=6&count=5')).toEqual(ids.slice(5, 10));
      expect(await page('startIndex=11&count=5')).toEqual(ids.slice(10));
    }
    expect(await page('count=0')).toEqual([]);
    expect(await page('count=99999999999999999999')).toEqual(ids);
  });

  it('B-22 lists schemas with canonical types, resource types, and a configuration with PATCH', async () => {
    const scim = await tolerant();
    const { body } = await scim.get('/Schemas');
    expect(valueAt(body, '$.schemas')).toEqual([LIST]);
    const schemas = new Map(objectsAt(body, '$.Resources').map((schema) => [schema.id, schema]));
    expect([...schemas.keys()]).toEqual(expect.arrayContaining([USER, GROUP, ENTERPRISE]));
    expect(JSON.stringify(body)).not.toContain('null');
    const named = (json: Json | undefined, path: string, name: string) =>
      objectsAt(json, path).find((attribute) => attribute.name === name);
    for (const [attribute, types] of [
      ['emails', ['work', 'home', 'other']],
      ['phoneNumbers', ['work', 'mobile', 'fax']],
    ] as const) {
      const type = named(named(schemas.get(USER), '$.attributes', attribute), '$.subAttributes', 'type');
      expect(type?.canonicalValues).toEqual(expect.arrayContaining([...types]));
    }
    const types = await scim.get('/ResourceTypes');
    expect(objectsAt(types.body, '$.Resources').map((type) => type.name)).toEqual(
      expect.arrayContaining(['User', 'Group']),
    );
    expect(valueAt((await scim.get('/ServiceProviderConfig')).body, '$.patch.supported')).toBe(true);
  });

  it('B-23 serves 25 requests a second, and says when to come back where a rate is set', async () => {
    const scim = await tolerant();
    const id = await scim.user({ userName: 'steady' });
    const answers: Promise<number>[] = [];
    const request = async () =>
      (await scim.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: `${answers.length}` })).status;
    const lookup = async () => (await scim.find('/Users', 'userName eq "steady"')).status;
    for (let n = 0; n < 60; n++) {
      answers.push(n % 2 === 0 ? request() : lookup());
      await wait(40);
    }
    expect(new Set(await Promise.all(answers))).toEqual(new Set([200]));

    const limited = await tolerant({ rateLimit: 2 });
    const burst = await Promise.all(Array.from({ length: 30 }, () => limited.get('/Users?count=1')));
    const refused = burst.filter((answer) => answer.status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expectScimError(answer, 429);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(answer.headers['ratelimit-limit']).toBe('2');
    }
  });

  it('B-24 answers a bad, a revoked and an expired token with 401 and no redirect (RFC 6750 §3)', async () => {
    const scim = await tolerant();
    const foreign = await tolerant();
    for (const token of ['', 'x', foreign.token, `${scim.token}x`]) {
      const answer = await scim.get('/Users', { authorization: `Bearer ${token}` });
      expectScimError(answer, 401);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
      expect(answer.headers.location).toBeUndefined();
    }
    const second = await issue(running().admin, scim, {});
    expect((await second.client.get('/Users')).status).toBe(200);
    await administer(running().admin, 'POST', `/tokens/${second.id}/revoke`);
    expectScimError(await second.client.get('/Users'), 401);
    expect((await scim.get('/Users')).status).toBe(200);

    vi.useFakeTimers({ toFake: ['Date'] });
    const server = await startServer();
    try {
      const short = await issue(server.admin, server, { expiresIn: '1m' });
      expect((await short.client.get('/Users')).status).toBe(200);
      vi.setSystemTime(Date.now() + 61_000);
      const expired = await short.client.get('/Users');
      expectScimError(expired, 401);
      expect(expired.headers['www-authenticate']).toContain('invalid_token');
    } finally {
      vi.useRealTimers();
      await server.stop();
    }
  });

  it('B-25 works under the tenant URL with and without a slash, and with the flag of the other dialect', async () => {
    const scim = await tolerant();
    const id = await scim.user({ userName: 'flagged' });
    const filter = 'filter=userName+eq+%22flagged%22';
    const paths = [`/Users?${filter}`, `//Users?${filter}`, `/Users/?${filter}`, `/Users?aadOptscim062020&${filter}`];
    for (const path of [...paths, `/Users?aadOptscim062020=true&${filter}`, `/Users?${filter}&aadOptscim062020`]) {
      const { body } = await scim.get(path);
      expect([path, valueAt(body, '$.Resources[0].id')]).toEqual([path, id]);
      expect(valueAt(body, '$.Resources[0].meta.location')).toBe(`${scim.baseUrl}/Users/${id}`);
    }
    expect((await scim.get(`//Users/${id}?aadOptscim062020`)).status).toBe(200);
    expect((await scim.delete(`/Users/${id}/?aadOptscim062020`)).status).toBe(204);
  });

  it('B-27 ignores query parameters that it does not know and takes what Accept and charset say', async () => {
    const scim = await tolerant();
    const id = await scim.user();
    for (const accept of ['application/scim+json', 'application/json', 'application/scim+json; charset=utf-8', '*/*']) {
      const answer = await scim.get(`/Users/${id}?api-version=2&x=%zz&flag&=1`, { accept });
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/scim+json']);
    }
    const body = { schemas: [USER], userName: 'charset' };
    const created = await scim.post('/Users?tenant=7', body, {
      'content-type': 'application/scim+json; charset=utf-8',
    });
    expect(created.status).toBe(201);
  });
});

/** Another token of an identity server, and a client that uses it. */
async function issue(admin: Parameters<typeof administer>[0], scim: TestIdentityServer, options: JsonObject) {
  const { body } = await administer(admin, 'POST', `/identity-servers/${scim.slug}/tokens`, {
    name: 'second',
    ...options,
  });
  return { id: textAt(body, '$.id'), client: scimClient(scim.baseUrl, textAt(body, '$.token')) };
}
