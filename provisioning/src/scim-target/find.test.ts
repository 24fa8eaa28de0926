import type { JsonObject } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import {
  list,
  newCall,
  type Received,
  type Reply,
  scimError,
  serviceProvider,
  targetFor,
} from './service-provider.fixture.ts';

const mia = { id: 'U77', userName: 'Mia.Ortiz@acme.example', externalId: 'm1' };
const kai = { id: 'U12', userName: 'kai@acme.example', externalId: 'k1' };
const ids = (objects: readonly { id: string }[]) => objects.map(({ id }) => id);

/** Users that can be listed and read, and searched as `search` says. */
function withUsers(search: (filter: string) => Reply, users: readonly JsonObject[] = [mia, kai]) {
  return ({ url }: Received): Reply => {
    const { pathname, searchParams } = new URL(url, 'http://target');
    const id = pathname.split('/')[4];
    const one = users.find((user) => user.id === id);
    if (id !== undefined) return one === undefined ? scimError(404, 'Not found') : { json: one };
    const filter = searchParams.get('filter');
    if (filter !== null) return search(filter);
    const start = Number(searchParams.get('startIndex') ?? 1) - 1;
    const Resources = users.slice(start, start + Math.min(2, Number(searchParams.get('count'))));
    return { json: { totalResults: users.length, Resources } };
  };
}

describe('a search', () => {
  it('encodes spaces as plus, and quotes, backslashes, at signs and pluses so that they arrive', async () => {
    const provider = await serviceProvider(() => list());
    const target = targetFor(provider.origin, { dialect: 'entra' });
    await target.find('User', 'userName', 'a+b@acme.example "x" \\', newCall());
    expect(provider.received[0]?.url).toBe(
      '/scim/v2/Users?filter=userName+eq+%22a%2Bb%40acme.example+%5C%22x%5C%22+%5C%5C%22',
    );
  });

  it('of groups leaves members out, and keeps the query of the base URL', async () => {
    const provider = await serviceProvider(() =>
      list({ id: 'G1', displayName: 'Finance', members: [{ value: 'U1' }] }),
    );
    const target = targetFor(provider.origin, { baseUrl: `${provider.origin}/scim/v2/?aadOptscim062020` });
    const found = await target.find('Group', 'displayName', 'finance', newCall());
    expect(found).toEqual([{ id: 'G1', document: { id: 'G1', displayName: 'Finance' } }]);
    expect(provider.received[0]?.url).toBe(
      '/scim/v2/Groups?excludedAttributes=members&filter=displayName+eq+%22finance%22&aadOptscim062020',
    );
  });

  it('compares without case, but for externalId and id', async () => {
    const provider = await serviceProvider(withUsers((filter) => (/m1|mia/i.test(filter) ? list(mia) : list())));
    const target = targetFor(provider.origin);
    expect(ids(await target.find('User', 'userName', 'mia.ortiz@ACME.example', newCall()))).toEqual(['U77']);
    expect(ids(await target.find('User', 'externalId', 'm1', newCall()))).toEqual(['U77']);
    expect(ids(await target.find('User', 'externalId', 'M1', newCall()))).toEqual([]);
  });

  it.each([
    ['refuses the filter with 400', () => scimError(400, 'no such filter', 'invalidFilter')],
    ['has not implemented filters', () => scimError(501, 'not implemented')],
    ['ignores the filter', () => list(mia, kai)],
    ['finds nothing by it', () => list()],
  ])('reads all pages of a target that %s', async (_, search) => {
    const eva = { id: 'U90', userName: 'eva@acme.example', externalId: 'e1' };
    const provider = await serviceProvider(withUsers(search, [mia, kai, eva]));
    const target = targetFor(provider.origin);
    expect(ids(await target.find('User', 'userName', 'EVA@acme.example', newCall()))).toEqual(['U90']);
    expect(ids(await target.find('User', 'userName', 'nobody@acme.example', newCall()))).toEqual([]);
    expect(target.profile.filters).toMatchObject([{ type: 'User', path: 'userName', value: false, how: 'learnt' }]);
    const lists = provider.received.filter(({ url }) => url.includes('count=100'));
    expect(lists.map(({ url }) => new URL(url, 'http://x').searchParams.get('startIndex'))).toEqual(['1', '3']);
  });

  it('knows its own writes without reading the list again', async () => {
    const made: JsonObject[] = [mia, kai];
    const answer = withUsers(() => scimError(400, 'no'), made);
    const provider = await serviceProvider((received) => {
      if (received.method !== 'POST') return answer(received);
      made.push({ id: 'U99', userName: 'new@acme.example' });
      return { status: 201, json: { id: 'U99', userName: 'new@acme.example' } };
    });
    const target = targetFor(provider.origin);
    expect(await target.find('User', 'userName', 'new@acme.example', newCall())).toEqual([]);
    await target.create('User', new Map([['userName', 'new@acme.example']]), newCall());
    expect(ids(await target.find('User', 'userName', 'new@acme.example', newCall()))).toEqual(['U99']);
    expect(provider.received.filter(({ url }) => url.includes('count=100'))).toHaveLength(1);
  });

  it('does not say that nothing is there when the list ends early', async () => {
    const provider = await serviceProvider(({ url }) =>
      url.includes('filter') ? scimError(501, 'no') : { json: { totalResults: 500, Resources: [mia] } },
    );
    const search = targetFor(provider.origin).find('User', 'userName', 'x', newCall());
    await expect(search).rejects.toMatchObject({ code: 'IncompatibleFiltering' });
  });

  it('follows cursors (RFC 9865)', async () => {
    const provider = await serviceProvider(({ url }) => {
      if (url.includes('filter')) return scimError(501, 'no');
      if (url.includes('U12')) return { json: kai };
      if (url.includes('cursor=two')) return { json: { Resources: [kai] } };
      return { json: { Resources: [mia], nextCursor: 'two' } };
    });
    const target = targetFor(provider.origin);
    expect(ids(await target.find('User', 'userName', 'kai@acme.example', newCall()))).toEqual(['U12']);
    expect(target.profile.paging.value).toBe('cursor');
  });

  it('takes 404 for a search that found nothing where the list is answered', async () => {
    const provider = await serviceProvider(withUsers(() => scimError(404, 'no such user')));
    const target = targetFor(provider.origin);
    expect(await target.find('User', 'userName', 'nobody', newCall())).toEqual([]);
  });

  it('of groups that a target does not have is not the fault of the whole connection', async () => {
    const provider = await serviceProvider(({ url }) => (url.includes('/Users') ? list() : scimError(404, 'what?')));
    const target = targetFor(provider.origin);
    for (let turn = 0; turn < 2; turn++) {
      const search = target.find('Group', 'displayName', 'Finance', newCall());
      await expect(search).rejects.toMatchObject({ code: 'NotImplemented' });
    }
    expect(target.profile.groups).toMatchObject({ value: false, how: 'learnt' });
    expect(provider.received).toHaveLength(4);
  });

  it('at a URL where nothing is fails with ServiceIncompatible', async () => {
    const provider = await serviceProvider(() => scimError(404, 'what?'));
    for (const type of ['User', 'Group'] as const) {
      const search = targetFor(provider.origin).find(type, 'displayName', 'x', newCall());
      await expect(search).rejects.toMatchObject({ code: 'ServiceIncompatible' });
    }
  });
});
