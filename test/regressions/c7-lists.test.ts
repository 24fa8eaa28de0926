import type { Json } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { oneServer } from '../harness/one-server.ts';
import { LIST, memberIds } from '../harness/scim-client.ts';
import { objectsAt, valueAt } from '../harness/value-at.ts';

const { tolerant, strict } = oneServer();
const EMPTY = { schemas: [LIST], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] };

/** Makes users u1 ... uN, one after another. */
async function users(scim: TestIdentityServer, count: number): Promise<void> {
  for (let n = 1; n <= count; n++) await scim.user({ userName: `u${n}`, title: n % 2 === 0 ? 'even' : 'odd' });
}

const names = (body: Json | undefined) => objectsAt(body, '$.Resources').map((resource) => resource.userName);

describe('lists and paging in the field', () => {
  // jelhub/scimgateway#18
  it('C-41 answers a filter without a match with 200 and an empty list (RFC 7644 §3.4.2)', async () => {
    const scim = await strict();
    await users(scim, 1);
    const answer = await scim.find('/Users', 'userName eq "nobody"');
    expect([answer.status, answer.body]).toEqual([200, EMPTY]);
    const paged = await scim.get('/Users?filter=userName%20eq%20%22nobody%22&startIndex=7&count=3');
    expect([paged.status, paged.body]).toEqual([200, { ...EMPTY, startIndex: 7 }]);
  });

  // better-auth/better-auth#7808, scimmyjs/scimmy-routers#11
  it('C-42 lists an empty set', async () => {
    const scim = await strict();
    for (const path of ['/Users', '/Groups', '/Users?sortBy=userName', '/Users?count=5&startIndex=1']) {
      const answer = await scim.get(path);
      expect([answer.status, answer.body]).toEqual([200, EMPTY]);
    }
  });

  // wso2/product-is#9957
  it('C-43 cuts pages without overlap and without gap (RFC 7644 §3.4.2.4)', async () => {
    const scim = await strict();
    await users(scim, 8);
    const pages = await Promise.all([1, 4, 7].map((start) => scim.get(`/Users?startIndex=${start}&count=3`)));
    expect(pages.map((page) => names(page.body))).toEqual([
      ['u1', 'u2', 'u3'],
      ['u4', 'u5', 'u6'],
      ['u7', 'u8'],
    ]);
    expect(pages.map((page) => valueAt(page.body, '$.startIndex'))).toEqual([1, 4, 7]);
  });

  // wso2/product-is#4601 and #4944
  it('C-44 pages with a filter, with a sort and with neither', async () => {
    const scim = await strict();
    await users(scim, 6);
    expect(names((await scim.get('/Users?startIndex=3&count=2')).body)).toEqual(['u3', 'u4']);
    const filtered = await scim.get('/Users?filter=title%20eq%20%22even%22&startIndex=2&count=1');
    expect([names(filtered.body), valueAt(filtered.body, '$.totalResults')]).toEqual([['u4'], 3]);
    const sorted = await scim.get('/Users?sortBy=userName&sortOrder=descending&startIndex=2&count=2');
    expect([names(sorted.body), valueAt(sorted.body, '$.totalResults')]).toEqual([['u5', 'u4'], 6]);
  });

  // wso2/product-is#7320 and #12813, AzureAD/SCIMReferenceCode#83
  it('C-45 counts all matches in totalResults, not those of the page', async () => {
    const scim = await strict();
    await users(scim, 5);
    const page = await scim.get('/Users?count=2');
    expect(page.body).toMatchObject({ totalResults: 5, itemsPerPage: 2, startIndex: 1 });
    const filtered = await scim.get('/Users?filter=title%20eq%20%22odd%22&count=1');
    expect(filtered.body).toMatchObject({ totalResults: 3, itemsPerPage: 1 });
  });

  // PostHog/posthog#51441
  it('C-46 pages by itself, up to a largest page', async () => {
    const scim = await strict({ defaultPageSize: 3, maxPageSize: 4 });
    await users(scim, 6);
    expect((await scim.get('/Users')).body).toMatchObject({ totalResults: 6, itemsPerPage: 3 });
    expect((await scim.get('/Users?count=1000000')).body).toMatchObject({ totalResults: 6, itemsPerPage: 4 });
    const past = await scim.get('/Users?startIndex=100&count=3');
    const nothing = { itemsPerPage: 0, startIndex: 100, Resources: [], totalResults: 6 };
    expect([past.status, past.body]).toEqual([200, { schemas: [LIST], ...nothing }]);
  });

  // keycloak/keycloak#50800
  it('C-47 counts and lists by the same condition', async () => {
    const scim = await strict();
    await users(scim, 4);
    const filters = [
      'title eq "odd"',
      'userName sw "u"',
      'not (title eq "odd")',
      'meta.created gt "2001-01-01T00:00:00Z"',
    ];
    for (const filter of [...filters, 'title co "v"', 'userName eq "u2" or userName eq "u3"']) {
      const { body } = await scim.find('/Users', filter);
      expect([filter, names(body).length]).toEqual([filter, valueAt(body, '$.totalResults')]);
    }
  });

  // suvera/scim2-compliance-test-utility#5, scimmyjs/scimmy#42
  it('C-48 reads startIndex 0 as 1, and answers count 0 with the total alone (RFC 7644 §3.4.2.4)', async () => {
    const scim = await strict();
    await users(scim, 2);
    expect((await scim.get('/Users?startIndex=0&count=1')).body).toMatchObject({ startIndex: 1, itemsPerPage: 1 });
    expect((await scim.get('/Users?startIndex=-5')).body).toMatchObject({ startIndex: 1, itemsPerPage: 2 });
    const total = { schemas: [LIST], totalResults: 2, startIndex: 1, itemsPerPage: 0, Resources: [] };
    expect((await scim.get('/Users?count=0')).body).toEqual(total);
    expect((await scim.get('/Users?filter=userName%20pr&count=0')).body).toEqual(total);
  });

  // GoogleCloudPlatform/healthcare-federated-access-services#46
  it('C-49 says in itemsPerPage how many resources are on the page (RFC 7644 §3.4.2)', async () => {
    const scim = await strict();
    await users(scim, 3);
    expect((await scim.get('/Users?count=50')).body).toMatchObject({ itemsPerPage: 3, totalResults: 3 });
    expect((await scim.get('/Users?startIndex=3&count=50')).body).toMatchObject({ itemsPerPage: 1, totalResults: 3 });
  });

  // wso2/product-is#8498, Infisical/infisical#6525, simpleidserver/SimpleIdServer#490, graphql-hive/console#8352,
  // jelhub/scimgateway#71
  it('C-50 lists members unless they are excluded, and only names groups in a user', async () => {
    const scim = await tolerant();
    const id = await scim.user();
    const group = await scim.group('Crew', [id]);
    const $ref = `${scim.baseUrl}/Groups/${group}`;
    expect(memberIds(valueAt((await scim.get('/Groups')).body, '$.Resources[0]'))).toEqual([id]);
    const lean = [
      valueAt((await scim.get('/Groups?excludedAttributes=members')).body, '$.Resources[0]'),
      (await scim.get(`/Groups/${group}?excludedAttributes=members`)).body,
      (
        await scim.request('PATCH', `/Groups/${group}?excludedAttributes=members`, {
          Operations: [{ op: 'replace', path: 'externalId', value: 'e' }],
        })
      ).body,
      (await scim.get(`/Groups/${group}?attributes=displayName`)).body,
    ];
    expect(lean.map((body) => [valueAt(body, '$.displayName'), valueAt(body, '$.members')])).toEqual(
      lean.map(() => ['Crew', undefined]),
    );
    const groups = [{ value: group, $ref, display: 'Crew', type: 'direct' }];
    expect(valueAt((await scim.get(`/Users/${id}`)).body, '$.groups')).toEqual(groups);
    expect(valueAt((await scim.get('/Users')).body, '$.Resources[0].groups')).toEqual(groups);
  });
});
