import { describe, expect, it } from 'vitest';
import { expectScimError } from '../harness/expect-scim-error.ts';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { oneServer } from '../harness/one-server.ts';
import { ENTERPRISE, GROUP, USER } from '../harness/scim-client.ts';
import { objectsAt, textAt, valueAt } from '../harness/value-at.ts';
import { ACME, acmeExtension } from './acme-extension.ts';

const { strict } = oneServer();
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const named = (userName: string, others = {}) => ({ schemas: [USER], userName, ...others });

const count = async (scim: TestIdentityServer, filter: string, endpoint = '/Users') =>
  valueAt((await scim.find(endpoint, filter)).body, '$.totalResults');

describe('what the RFCs leave open, as strict identity servers settle it', () => {
  it('AMB-07 an unknown attribute in a filter is an error; at the root a type without it has no value (RFC 7644 §3.4.2.1)', async () => {
    const scim = await strict();
    await scim.user({ userName: 'both' });
    await scim.group('both');
    expect(expectScimError(await scim.find('/Users', 'shoeSize eq 44'), 400, 'invalidFilter')).toContain('shoeSize');
    expectScimError(await scim.find('/Groups', 'userName eq "both"'), 400, 'invalidFilter');
    expect(await count(scim, 'userName eq "both"', '/')).toBe(1);
    expect(await count(scim, 'userName eq "both" or displayName eq "both"', '/')).toBe(2);
    expect(await count(scim, 'not (userName pr)', '/')).toBe(1);
  });

  it('AMB-09 ne holds for an unassigned attribute, and for a multi-valued one if any value differs', async () => {
    const scim = await strict();
    await scim.user({ userName: 'none' });
    await scim.user({ userName: 'one', title: 'T', emails: [{ type: 'work', value: 'w@a.example' }] });
    await scim.user({
      userName: 'two',
      title: 'U',
      emails: [
        { type: 'work', value: 'w' },
        { type: 'home', value: 'h' },
      ],
    });
    expect(await count(scim, 'title ne "T"')).toBe(2);
    expect(await count(scim, 'userName eq "two" and emails.type ne "work"')).toBe(1);
    expect(await count(scim, 'userName eq "one" and emails.type ne "work"')).toBe(0);
    expect(await count(scim, 'not (emails.type eq "work")')).toBe(1);
  });

  it('AMB-10 a multi-valued complex attribute without sub-attribute means its value; pr means the attribute', async () => {
    const scim = await strict();
    await scim.user({ emails: [{ type: 'work', value: 'w@a.example' }] });
    await scim.user({ emails: [{ type: 'work' }] });
    await scim.user();
    expect(await count(scim, 'emails co "a.example"')).toBe(1);
    expect(await count(scim, 'emails eq "W@A.example"')).toBe(1);
    expect(await count(scim, 'emails pr')).toBe(2);
  });

  it('AMB-13 a comparison value of the wrong type is an invalid filter', async () => {
    const scim = await strict();
    for (const filter of [
      'active eq "true"',
      'userName eq 5',
      'userName eq true',
      'meta.created gt "soon"',
      'active eq 1',
    ]) {
      expectScimError(await scim.find('/Users', filter), 400, 'invalidFilter');
    }
  });

  it('AMB-28 a negative count is 0, one above the maximum is the maximum (RFC 7644 §3.4.2.4)', async () => {
    const scim = await strict({ maxPageSize: 2, defaultPageSize: 2 });
    for (let n = 0; n < 3; n++) await scim.user();
    expect((await scim.get('/Users?count=-3')).body).toMatchObject({ totalResults: 3, itemsPerPage: 0, Resources: [] });
    expect((await scim.get('/Users?count=500')).body).toMatchObject({ totalResults: 3, itemsPerPage: 2 });
    const cursor = await scim.get('/Users?cursor=&count=-1');
    expect(cursor.body).toMatchObject({ totalResults: 3, itemsPerPage: 0, Resources: [] });
  });

  it('AMB-29 a startIndex past the end is an empty page', async () => {
    const scim = await strict();
    await scim.user();
    const answer = await scim.get('/Users?startIndex=9');
    expect(answer).toMatchObject({
      status: 200,
      body: { totalResults: 1, startIndex: 9, itemsPerPage: 0, Resources: [] },
    });
  });

  it('AMB-30 attributes and excludedAttributes exclude each other (RFC 7644 §3.9)', async () => {
    const scim = await strict();
    const path = `/Users/${await scim.user()}`;
    const query = '?attributes=userName&excludedAttributes=title';
    expectScimError(await scim.get(path + query), 400, 'invalidValue');
    expectScimError(await scim.get(`/Users${query}`), 400, 'invalidValue');
    expectScimError(await scim.post(`/Users${query}`, named('not-made')), 400, 'invalidValue');
    expect(await count(scim, 'userName eq "not-made"')).toBe(0);
    const search = { schemas: [SEARCH], attributes: ['userName'], excludedAttributes: ['title'] };
    expectScimError(await scim.post('/Users/.search', search), 400, 'invalidValue');
  });

  it('AMB-31 unknown names in a projection are ignored; the URN of an extension selects all of it', async () => {
    const scim = await strict();
    const container = { department: 'D', division: 'V' };
    const id = await scim.user({ userName: 'projected', title: 'T', [ENTERPRISE]: container });
    const only = await scim.get(`/Users/${id}?attributes=shoeSize,${ENTERPRISE}`);
    expect(only.body).toEqual({ schemas: [USER, ENTERPRISE], id, [ENTERPRISE]: container });
    const without = await scim.get(`/Users/${id}?excludedAttributes=shoeSize,${ENTERPRISE.toLowerCase()}`);
    expect(Object.keys(without.body ?? {}).toSorted()).toEqual([
      'active',
      'id',
      'meta',
      'schemas',
      'title',
      'userName',
    ]);
  });

  it('AMB-32 an unknown sortBy is an error', async () => {
    const scim = await strict();
    expect(expectScimError(await scim.get('/Users?sortBy=shoeSize'), 400, 'invalidValue')).toContain('shoeSize');
  });

  it('AMB-33 a filter on a single resource is ignored', async () => {
    const scim = await strict();
    const id = await scim.user();
    const answer = await scim.get(`/Users/${id}?filter=userName%20eq%20%22nobody%22&count=0&startIndex=5&sortBy=none`);
    expect(answer).toMatchObject({ status: 200, body: { id } });
  });

  it('AMB-34 personal data in the filter of a GET is answered, as every identity provider asks so', async () => {
    const scim = await strict();
    await scim.user({ userName: 'p@a.example' });
    expect(await count(scim, 'userName eq "p@a.example"')).toBe(1);
    const search = await scim.post('/Users/.search', { schemas: [SEARCH], filter: 'userName eq "p@a.example"' });
    expect(search).toMatchObject({ status: 200, body: { totalResults: 1 } });
  });

  it('AMB-36 ids in members and groups are compared to the letter', async () => {
    const scim = await strict();
    const id = await scim.user();
    const group = await scim.group('G', [id]);
    const upper = id.toUpperCase();
    expect(upper).not.toBe(id);
    expect(await count(scim, `members.value eq "${id}"`, '/Groups')).toBe(1);
    expect(await count(scim, `members.value eq "${upper}"`, '/Groups')).toBe(0);
    expect(await count(scim, `groups.value eq "${group.toUpperCase()}"`)).toBe(0);
    await scim.patch(`/Groups/${group}`, { op: 'remove', path: `members[value eq "${upper}"]` });
    expect(await scim.members(group)).toEqual([id]);
  });

  it('AMB-46 the root can be queried, over all resource types (RFC 7644 §3.4.2.1)', async () => {
    const scim = await strict();
    const id = await scim.user({ userName: 'rooted' });
    const group = await scim.group('rooted', [id]);
    const all = await scim.get('/?filter=userName%20eq%20%22rooted%22%20or%20displayName%20eq%20%22rooted%22');
    expect(objectsAt(all.body, '$.Resources').map((resource) => resource.id)).toEqual([id, group]);
    const filter = 'meta.resourceType eq "Group"';
    const search = await scim.post('/.search', { schemas: [SEARCH], filter, attributes: ['displayName'] });
    expect(objectsAt(search.body, '$.Resources')).toEqual([{ schemas: [GROUP], id: group, displayName: 'rooted' }]);
  });

  it('AMB-47 the ServiceProviderConfig is public, the rest of discovery is not, and none of it filters', async () => {
    const scim = await strict();
    const anonymous = { authorization: undefined };
    expect((await scim.get('/ServiceProviderConfig', anonymous)).status).toBe(200);
    expectScimError(await scim.get('/Schemas', anonymous), 401);
    expectScimError(await scim.get('/ResourceTypes/User', anonymous), 401);
    for (const path of ['/Schemas', '/ResourceTypes', '/ServiceProviderConfig']) {
      expectScimError(await scim.find(path, 'id pr'), 403);
    }
  });

  it('AMB-49 a date without a zone is UTC, and dates are instants of millisecond precision', async () => {
    const scim = await strict({}, acmeExtension);
    await scim.user({ userName: 'dated', [ACME]: { hiredAt: '2026-03-01T08:30:00' } });
    const same = [
      '2026-03-01T08:30:00Z',
      '2026-03-01T09:30:00+01:00',
      '2026-03-01T08:30:00.000',
      '2026-03-01T08:30:00.0000001Z',
    ];
    for (const date of same) expect([date, await count(scim, `${ACME}:hiredAt eq "${date}"`)]).toEqual([date, 1]);
    expect(await count(scim, `${ACME}:hiredAt gt "2026-03-01T08:29:59.999Z"`)).toBe(1);
    expect(await count(scim, `${ACME}:hiredAt gt "2026-03-01T10:00:00+02:00"`)).toBe(1);
    const { body } = await scim.get('/Users');
    expect(textAt(body, '$.Resources[0].meta.created')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(await count(scim, `meta.created eq "${textAt(body, '$.Resources[0].meta.created')}"`)).toBe(1);
  });

  it('AMB-50 inactive users are listed', async () => {
    const scim = await strict();
    await scim.user({ active: false });
    expect((await scim.get('/Users')).body).toMatchObject({ totalResults: 1, Resources: [{ active: false }] });
  });

  it('AMB-51 members are in lists of groups, as /Schemas says', async () => {
    const scim = await strict();
    const id = await scim.user();
    await scim.group('G', [id]);
    expect((await scim.get('/Groups')).body).toMatchObject({ Resources: [{ members: [{ value: id }] }] });
    const schema = await scim.get(`/Schemas/${GROUP}`);
    const members = objectsAt(schema.body, '$.attributes').find((attribute) => attribute.name === 'members');
    expect(members?.returned).toBe('default');
  });
});
