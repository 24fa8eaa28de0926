import type { JsonObject } from '@rollcall/scim';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from '../http/expect-error.fixture.ts';
import {
  BULK,
  ENTERPRISE,
  GROUP,
  PATCH_OP,
  type RunningServer,
  runServer,
  type TestClient,
  USER,
} from '../http/running-server.fixture.ts';
import { listAt, textAt, valueAt } from '../http/value-at.fixture.ts';

let server: RunningServer;
let scim: TestClient;
beforeAll(async () => {
  server = await runServer({ bulkOperations: 1000, maxBody: 1024 * 1024 });
  scim = await server.identityServer({ uniqueGroupNames: false });
});
afterAll(() => server.stop());

let made = 0;
const newUser = (more: JsonObject = {}): JsonObject => ({ schemas: [USER], userName: `bulk-${++made}`, ...more });
const newGroup = (members: readonly string[]): JsonObject => ({
  schemas: [GROUP],
  displayName: `Bulk ${++made}`,
  members: members.map((value) => ({ value })),
});
const post = (path: string, bulkId: string, data: JsonObject) => ({ method: 'POST', path, bulkId, data });
const patch = (path: string, ...Operations: JsonObject[]) => ({
  method: 'PATCH',
  path,
  data: { schemas: [PATCH_OP], Operations },
});
const send = (Operations: readonly JsonObject[], more: JsonObject = {}) =>
  scim.send('POST', '/Bulk', { schemas: [BULK], Operations: [...Operations], ...more });
/** The results of a job that was taken. */
async function results(Operations: readonly JsonObject[], more: JsonObject = {}) {
  const answer = await send(Operations, more);
  expect([answer.status, valueAt(answer.body, 'schemas')]).toEqual([
    200,
    ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
  ]);
  return listAt(answer.body, 'Operations');
}
const statuses = (operations: readonly unknown[]) => operations.map((operation) => Object(operation).status);
const read = async (location: string) => (await scim.send('GET', location.slice(location.indexOf('/v2') + 3))).body;
const members = (group: Parameters<typeof listAt>[0]) =>
  listAt(group, 'members').map((member) => valueAt(member, 'value'));

describe('a bulk request', () => {
  it('answers each operation with method, bulkId, location, version and status as a text (RFC 7644 §3.7.3)', async () => {
    const [created] = await results([post('/Users', 'one', newUser())]);
    const location = textAt(created, 'location');
    expect(created).toEqual({ method: 'POST', bulkId: 'one', location, version: 'W/"1"', status: '201' });
    expect(location).toMatch(`${server.origin}${scim.base}/Users/`);
    const path = `/Users/${location.split('/').at(-1)}`;
    expect(
      await results([
        { method: 'PUT', path, data: newUser() },
        patch(path, { op: 'replace', path: 'title', value: 'T' }),
        { method: 'DELETE', path },
      ]),
    ).toEqual([
      { method: 'PUT', location, version: 'W/"2"', status: '200' },
      { method: 'PATCH', location, version: 'W/"3"', status: '200' },
      { method: 'DELETE', location, status: '204' },
    ]);
  });

  it('gives the errors of single requests, and goes on (RFC 7644 §3.7.3)', async () => {
    const taken = newUser();
    const answered = await results([
      post('/Users', 'a', taken),
      post('/Users', 'b', taken),
      post('/Users', 'c', { schemas: [USER] }),
      post('/NoSuch', 'd', newUser()),
      patch('/Users/none', { op: 'add', path: 'title', value: 'T' }),
      { method: 'PUT', path: '/Users', data: newUser() },
      post('/Users', 'e', newUser()),
    ]);
    expect(statuses(answered)).toEqual(['201', '409', '400', '404', '404', '405', '201']);
    expect(valueAt(answered[1], 'response')).toMatchObject({ status: '409', scimType: 'uniqueness' });
    expect(valueAt(answered[1], 'location')).toBeUndefined();
    expect(textAt(answered[4], 'location')).toBe(`${server.origin}${scim.base}/Users/none`);
  });

  it.each([
    ['a bulk in a bulk', { method: 'POST', path: '/Bulk', bulkId: 'x', data: { schemas: [BULK], Operations: [] } }],
    ['a search', { method: 'POST', path: '/Users/.search', bulkId: 'x', data: {} }],
    ['discovery', { method: 'PUT', path: '/Schemas/x', data: {} }],
    ['a GET', { method: 'GET', path: '/Users' }],
    ['another host', { method: 'DELETE', path: 'https://evil.example/scim/test/v2/Users/1' }],
    ['no path', { method: 'DELETE' }],
    ['a POST without bulkId', { method: 'POST', path: '/Users', data: {} }],
    ['a text', 'DELETE /Users/1'],
  ])('fails an operation that is %s, alone', async (_, operation) => {
    const answered = await results([operation as JsonObject, post('/Users', 'fine', newUser())]);
    expect(statuses(answered)).toEqual(['400', '201']);
    expect(textAt(answered[0], 'response', 'detail')).toContain('Operations[0]');
  });

  it('reads paths without a slash, with a query, and as URLs below the base', async () => {
    const path = `Users/${await scim.user()}`;
    const operation = { op: 'replace', path: 'title', value: 'T' };
    const answered = await results([
      patch(path, operation),
      patch(`/${path}?attributes=title`, operation),
      patch(`${server.origin}${scim.base}/${path}`, operation),
    ]);
    expect(statuses(answered)).toEqual(['200', '200', '200']);
  });

  it('says when version is not the current one: 412 for that operation (RFC 7644 §3.7)', async () => {
    const path = `/Users/${await scim.user()}`;
    const operation = { op: 'replace', path: 'title', value: 'T' };
    const answered = await results([
      { ...patch(path, operation), version: 'W/"7"' },
      { ...patch(path, operation), version: 'W/"1"' },
      { method: 'DELETE', path, version: 'W/"1"' },
      { method: 'DELETE', path, version: 'W/"2"' },
    ]);
    expect(statuses(answered)).toEqual(['412', '200', '412', '204']);
  });
});

describe('bulkId references', () => {
  it('are replaced in values, paths, filters and extensions (RFC 7644 §3.7.2)', async () => {
    const stranger = await scim.user();
    const answered = await results([
      post('/Users', 'boss', newUser()),
      post(
        '/Users',
        'report',
        newUser({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { manager: { value: 'bulkId:boss' } } }),
      ),
      post('/Groups', 'team', newGroup(['bulkId:boss', 'bulkId:report', stranger])),
      patch('/Groups/bulkId:team', { op: 'remove', path: 'members[value eq "bulkId:boss"]' }),
      patch('/Users/bulkId:report', { op: 'add', path: 'title', value: 'reports to bulkId:boss' }),
    ]);
    expect(statuses(answered)).toEqual(['201', '201', '201', '200', '200']);
    const [boss, report, team] = answered.map((operation) => textAt(operation, 'location'));
    const id = (location = '') => location.split('/').at(-1);
    const shown = await read(report ?? '');
    expect(valueAt(shown, ENTERPRISE, 'manager', 'value')).toBe(id(boss));
    expect(valueAt(shown, 'title')).toBe('reports to bulkId:boss');
    expect(new Set(members(await read(team ?? '')))).toEqual(new Set([id(report), stranger]));
  });

  it('may point forward: what is referred to is made first, the answers keep the order (RFC 7644 §3.7.1)', async () => {
    const answered = await results([
      post('/Groups', 'outer', newGroup(['bulkId:inner'])),
      post('/Groups', 'inner', newGroup(['bulkId:person'])),
      post('/Users', 'person', newUser()),
    ]);
    expect(answered.map((operation) => [valueAt(operation, 'bulkId'), valueAt(operation, 'status')])).toEqual([
      ['outer', '201'],
      ['inner', '201'],
      ['person', '201'],
    ]);
    const [outer, inner, person] = answered.map((operation) => textAt(operation, 'location'));
    expect(members(await read(outer ?? ''))).toEqual([inner?.split('/').at(-1)]);
    expect(members(await read(inner ?? ''))).toEqual([person?.split('/').at(-1)]);
  });

  it('may form a circle: groups in each other, and two who manage each other (RFC 7644 §3.7.1)', async () => {
    const manages = (bulkId: string) =>
      newUser({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { manager: { value: bulkId } } });
    const answered = await results([
      post('/Groups', 'a', newGroup(['bulkId:b'])),
      post('/Groups', 'b', newGroup(['bulkId:a'])),
      post('/Users', 'x', manages('bulkId:y')),
      post('/Users', 'y', manages('bulkId:x')),
    ]);
    expect(statuses(answered)).toEqual(['201', '201', '201', '201']);
    const locations = answered.map((operation) => textAt(operation, 'location'));
    const ids = locations.map((location) => location.split('/').at(-1));
    const shown = await Promise.all(locations.map(read));
    expect([members(shown[0]), members(shown[1])]).toEqual([[ids[1]], [ids[0]]]);
    const managers = shown.slice(2).map((user) => valueAt(user, ENTERPRISE, 'manager', 'value'));
    expect(managers).toEqual([ids[3], ids[2]]);
    expect(answered.map((operation) => valueAt(operation, 'version'))).toEqual(
      shown.map((resource) => valueAt(resource, 'meta', 'version')),
    );
  });

  it('to what failed or never was fail too, with 409', async () => {
    const answered = await results([
      post('/Users', 'bad', { schemas: [USER] }),
      post('/Groups', 'g1', newGroup(['bulkId:bad'])),
      post('/Groups', 'g2', newGroup(['bulkId:never'])),
      { method: 'DELETE', path: '/Users/bulkId:never' },
      post('/Users', 'bad', newUser()),
    ]);
    expect(statuses(answered)).toEqual(['400', '409', '409', '409', '400']);
    expect(textAt(answered[2], 'response', 'detail')).toContain('never');
  });
});

describe('failOnErrors', () => {
  it('ends the job after so many errors; what did not run is not in the answer (RFC 7644 §3.7.3)', async () => {
    const bad = { method: 'DELETE', path: '/Users/none' };
    const job = [
      post('/Users', 'a', newUser()),
      bad,
      post('/Users', 'b', newUser()),
      bad,
      post('/Users', 'c', newUser()),
    ];
    expect(statuses(await results(job, { failOnErrors: 1 }))).toEqual(['201', '404']);
    const again = [
      post('/Users', 'a', newUser()),
      bad,
      post('/Users', 'b', newUser()),
      bad,
      post('/Users', 'c', newUser()),
    ];
    expect(statuses(await results(again, { failOnErrors: 2 }))).toEqual(['201', '404', '201', '404']);
    const last = [post('/Users', 'a', newUser()), bad, bad];
    expect(statuses(await results(last, { failOnErrors: 3 }))).toEqual(['201', '404', '404']);
  });

  it.each([0, -1, 1.5, '1', true])('must be a whole number of at least 1: %j', async (failOnErrors) => {
    expectError(await send([], { failOnErrors }), 400, 'invalidValue');
  });
});

describe('the limits of a bulk request', () => {
  it('are 413, naming the one that was passed (RFC 7644 §3.7.4)', async () => {
    const users = async () => valueAt((await scim.send('GET', '/Users?count=0')).body, 'totalResults');
    const before = await users();
    const many = Array.from({ length: 1001 }, (_, n) => post('/Users', `m${n}`, newUser()));
    expect(expectError(await send(many), 413)).toContain('maxOperations (1000)');
    const long = post('/Users', 'long', newUser({ title: 'x'.repeat(1024 * 1024) }));
    expect(expectError(await send([long]), 413)).toContain('maxPayloadSize');
    expect(await users()).toBe(before);
  });

  it('1,000 operations keep their order, in the answer and in effect', async () => {
    const target = await scim.user();
    const job = Array.from({ length: 1000 }, (_, n) =>
      n % 2 === 0
        ? post('/Users', `o${n}`, newUser({ title: String(n) }))
        : patch(`/Users/${target}`, { op: 'replace', path: 'title', value: String(n) }),
    );
    const answered = await results(job);
    expect(answered.length).toBe(1000);
    expect(
      answered.map((operation, n) => valueAt(operation, 'bulkId') === (n % 2 === 0 ? `o${n}` : undefined)),
    ).not.toContain(false);
    expect(new Set(statuses(answered))).toEqual(new Set(['201', '200']));
    const { body } = await scim.send('GET', `/Users/${target}`);
    expect([valueAt(body, 'title'), valueAt(body, 'meta', 'version')]).toEqual(['999', 'W/"501"']);
    const filter = encodeURIComponent('title pr and userName sw "bulk-"');
    const created = await scim.send('GET', `/Users?filter=${filter}&count=1000`);
    const titles = listAt(created.body, 'Resources')
      .map((user) => Number(valueAt(user, 'title')))
      .filter(Number.isInteger);
    expect(titles).toEqual(titles.toSorted((a, b) => a - b));
    expect(titles.length).toBe(500);
  });

  it('no operation at all is fine', async () => {
    expect(await results([])).toEqual([]);
  });
});
