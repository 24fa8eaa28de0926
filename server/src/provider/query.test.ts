import type { JsonObject } from '@rollcall/scim';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from '../http/expect-error.fixture.ts';
import { type RunningServer, runServer, SEARCH, type TestClient, USER } from '../http/running-server.fixture.ts';
import { listAt, valueAt } from '../http/value-at.fixture.ts';

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

let server: RunningServer;
let scim: TestClient;
beforeAll(async () => {
  server = await runServer();
  scim = await server.identityServer();
  const ids: string[] = [];
  for (const name of ['ada', 'Bea', 'cyd', 'Dan']) ids.push(await scim.user({ userName: name, title: `T ${name}` }));
  await scim.group('Bea', ids.slice(0, 2));
});
afterAll(() => server.stop());

const search = (path: string, parameters: JsonObject) => scim.send('POST', path, { schemas: [SEARCH], ...parameters });
const names = (body: Parameters<typeof listAt>[0]) =>
  listAt(body, 'Resources').map((resource) => valueAt(resource, 'userName') ?? valueAt(resource, 'displayName'));

describe('POST /.search', () => {
  it.each([
    { filter: 'userName gt "b"' },
    { filter: 'title pr', sortBy: 'userName', sortOrder: 'descending' },
    { startIndex: 2, count: 2 },
    { count: 0 },
    { attributes: ['userName', 'meta.version'], sortBy: 'userName' },
    { excludedAttributes: ['title', 'groups'] },
    { filter: 'nickName pr' },
  ] satisfies JsonObject[])(
    'of a type answers as GET with the same parameters: %j (RFC 7644 §3.4.3)',
    async (parameters) => {
      const query = new URLSearchParams(
        Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
      );
      const got = await scim.send('GET', `/Users?${query}`);
      const posted = await search('/Users/.search', parameters);
      expect([posted.status, posted.body]).toEqual([200, got.body]);
      expect(valueAt(posted.body, 'schemas')).toEqual([LIST]);
    },
  );

  it('at the root covers every type; what a type lacks has no value there (RFC 7644 §3.4.2.1)', async () => {
    const all = await search('/.search', {});
    expect(valueAt(all.body, 'totalResults')).toBe(5);
    const one = await search('/.search', { filter: 'userName eq "bea"' });
    expect(names(one.body)).toEqual(['Bea']);
    const groups = await search('/.search', { filter: 'meta.resourceType eq "Group"', attributes: ['displayName'] });
    expect(names(groups.body)).toEqual(['Bea']);
    expect(valueAt(groups.body, 'Resources', 0, 'members')).toBeUndefined();
    const sorted = await search('/.search', { sortBy: 'id', filter: 'members pr or userName sw "c"' });
    expect(names(sorted.body).toSorted()).toEqual(['Bea', 'cyd']);
  });

  it('refuses an attribute that the type lacks, and a body that is no search (RFC 7644 §3.4.3)', async () => {
    expectError(await search('/Users/.search', { filter: 'noSuchAttribute eq "x"' }), 400, 'invalidFilter');
    expect(valueAt((await search('/.search', { filter: 'noSuchAttribute eq "x"' })).body, 'totalResults')).toBe(0);
    expectError(await search('/Users/.search', { filter: 'members pr' }), 400, 'invalidFilter');
    expectError(await scim.send('POST', '/Users/.search', { schemas: [USER] }), 400, 'invalidSyntax');
    expectError(await search('/Users/.search', { count: 'many' }), 400, 'invalidValue');
    expectError(await search('/Users/.search', { filter: 7 }), 400, 'invalidValue');
  });

  it('takes a filter that no URL could hold', async () => {
    const names = Array.from({ length: 40 }, (_, n) => `userName eq "${'x'.repeat(80)}${n}"`);
    const answer = await search('/Users/.search', { filter: `${names.join(' or ')} or userName eq "ada"` });
    expect([answer.status, valueAt(answer.body, 'totalResults')]).toEqual([200, 1]);
  });
});

describe('GET at the root', () => {
  it('lists users and groups, paged over both (RFC 7644 §3.4.2.1)', async () => {
    const pages = await Promise.all([1, 3, 5].map((start) => scim.send('GET', `?startIndex=${start}&count=2`)));
    expect(pages.map(({ body }) => valueAt(body, 'totalResults'))).toEqual([5, 5, 5]);
    const listed = pages.flatMap(({ body }) => listAt(body, 'Resources').map((resource) => valueAt(resource, 'id')));
    expect([listed.length, new Set(listed).size]).toEqual([5, 5]);
  });
});
