import type { JsonObject } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { expectScimError } from '../harness/expect-scim-error.ts';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { oneServer } from '../harness/one-server.ts';
import { ENTERPRISE, GROUP, PATCH_OP, USER } from '../harness/scim-client.ts';
import { objectsAt, textAt, valueAt } from '../harness/value-at.ts';
import { ACME, acmeExtension } from './acme-extension.ts';

const { strict, running } = oneServer();
const ABSENT = '00000000-0000-7000-8000-000000000000';
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const named = (userName: string, others = {}) => ({ schemas: [USER], userName, ...others });
const ORDER = { op: 'replace', path: 'title', value: 'T' };

const count = async (scim: TestIdentityServer, filter: string, endpoint = '/Users') =>
  valueAt((await scim.find(endpoint, filter)).body, '$.totalResults');

const bulk = async (scim: TestIdentityServer, ...Operations: readonly JsonObject[]) => {
  const answer = await scim.post('/Bulk', { schemas: [BULK], Operations });
  expect(answer.status).toBe(200);
  return objectsAt(answer.body, '$.Operations');
};

describe('what the RFCs leave open in writing, as strict identity servers settle it', () => {
  it('AMB-19 a value in use is 409 on PUT and PATCH too', async () => {
    const scim = await strict();
    await scim.user({ userName: 'held' });
    const path = `/Users/${await scim.user()}`;
    expectScimError(await scim.put(path, named('held')), 409, 'uniqueness');
    expectScimError(await scim.patch(path, { op: 'replace', path: 'userName', value: 'held' }), 409, 'uniqueness');
  });

  it('AMB-20 unknown schemas and attributes in POST and PUT are ignored and not kept', async () => {
    const scim = await strict();
    const other = 'urn:example:params:scim:schemas:other:1.0:User';
    const body = { schemas: [USER, other], userName: 'odd', shoeSize: 44, [other]: { a: 1 } };
    const created = await scim.post('/Users', body);
    const put = await scim.put(`/Users/${valueAt(created.body, '$.id')}`, body);
    expect([created.status, put.status]).toEqual([201, 200]);
    for (const { body: got } of [created, put]) {
      expect(Object.keys(got ?? {}).toSorted()).toEqual(['active', 'id', 'meta', 'schemas', 'userName']);
      expect(valueAt(got, '$.schemas')).toEqual([USER]);
    }
  });

  it('AMB-21 If-Match compares weak tags like strong ones (RFC 7644 §3.14)', async () => {
    const scim = await strict();
    const path = `/Users/${await scim.user()}`;
    for (const shape of [
      (tag: string) => tag,
      (tag: string) => tag.slice(2),
      (tag: string) => `"x", ${tag}`,
      () => '*',
    ]) {
      const tag = String((await scim.get(path)).headers.etag);
      expect(tag).toMatch(/^W\/"/);
      const Operations = [{ op: 'replace', path: 'title', value: `${shape(tag)} ${tag}` }];
      const answer = await scim.request('PATCH', path, { schemas: [PATCH_OP], Operations }, { 'if-match': shape(tag) });
      expect([shape(tag), answer.status]).toEqual([shape(tag), 200]);
    }
  });

  it('AMB-22 what a PUT omits is cleared, but for what no answer shows', async () => {
    const scim = await strict({}, acmeExtension);
    const id = await scim.user({
      userName: 'put',
      title: 'T',
      [ACME]: { notes: 'n', tags: ['a'] },
      [ENTERPRISE]: { division: 'D' },
    });
    const put = await scim.put(`/Users/${id}`, named('put'));
    expect([valueAt(put.body, '$.title'), valueAt(put.body, `$["${ENTERPRISE}"]`)]).toEqual([undefined, undefined]);
    const asked = await scim.get(`/Users/${id}?attributes=${ACME}:notes,${ACME}:tags`);
    expect(valueAt(asked.body, `$["${ACME}"]`)).toEqual({ notes: 'n' });
  });

  it('AMB-23 readOnly values and another id in a PUT are ignored (RFC 7644 §3.5.1)', async () => {
    const scim = await strict();
    const id = await scim.user({ userName: 'ro' });
    const put = await scim.put(`/Users/${id}`, named('ro', { id: ABSENT, meta: { location: 'x' }, groups: [] }));
    expect(put).toMatchObject({ status: 200, body: { id, meta: { location: `${scim.baseUrl}/Users/${id}` } } });
  });

  it('AMB-27 the second DELETE is 404 (RFC 7644 §3.6)', async () => {
    const scim = await strict();
    const path = `/Users/${await scim.user()}`;
    expect((await scim.delete(path)).status).toBe(204);
    expectScimError(await scim.delete(path), 404);
  });

  it('AMB-35 an externalId may be shared, unless that is set otherwise', async () => {
    const scim = await strict();
    await scim.user({ externalId: 'same' });
    await scim.user({ externalId: 'same' });
    expect(await count(scim, 'externalId eq "same"')).toBe(2);
    const unique = await strict({ uniqueExternalIds: true });
    await unique.user({ externalId: 'same' });
    const refused = await unique.post('/Users', named('x', { externalId: 'same' }));
    expect(expectScimError(refused, 409, 'uniqueness')).toContain('externalId');
    expect((await unique.post('/Users', named('x', { externalId: 'Same' }))).status).toBe(201);
  });

  it('AMB-37 groups may share a displayName, unless that is set otherwise', async () => {
    const scim = await strict();
    await scim.group('Twice');
    expect((await scim.post('/Groups', { schemas: [GROUP], displayName: 'Twice' })).status).toBe(201);
    const unique = await strict({ uniqueGroupNames: true });
    await unique.group('Once');
    const refused = await unique.post('/Groups', { schemas: [GROUP], displayName: 'ONCE' });
    expect(expectScimError(refused, 409, 'uniqueness')).toContain('displayName');
  });

  it('AMB-38 the id of a member must name a resource', async () => {
    const scim = await strict();
    const members = [{ value: await scim.user() }, { value: ABSENT }];
    const refused = await scim.post('/Groups', { schemas: [GROUP], displayName: 'G', members });
    expect(expectScimError(refused, 400, 'invalidValue')).toContain(ABSENT);
    expect(await count(scim, 'displayName eq "G"', '/Groups')).toBe(0);
  });

  it('AMB-39 the status of a bulk operation is a string (RFC 7644 §3.7.3)', async () => {
    const scim = await strict();
    const [made] = await bulk(scim, { method: 'POST', path: '/Users', bulkId: 'a', data: named('bulk') });
    expect(made).toMatchObject({
      status: '201',
      method: 'POST',
      bulkId: 'a',
      location: expect.stringContaining('/Users/'),
    });
  });

  it('AMB-40 a bulkId stands for an id in values, in $ref and in paths (RFC 7644 §3.7.2)', async () => {
    const scim = await strict();
    const members = [{ value: 'bulkId:u', $ref: 'Users/bulkId:u' }];
    const operations = await bulk(
      scim,
      { method: 'POST', path: '/Groups', bulkId: 'g', data: { schemas: [GROUP], displayName: 'G', members } },
      { method: 'POST', path: '/Users', bulkId: 'u', data: named('referred') },
      { method: 'PATCH', path: '/Users/bulkId:u', data: { schemas: [PATCH_OP], Operations: [ORDER] } },
      {
        method: 'PATCH',
        path: '/Groups/bulkId:g',
        data: { schemas: [PATCH_OP], Operations: [{ op: 'remove', path: 'members[value eq "bulkId:x"]' }] },
      },
    );
    expect(operations.map((operation) => operation.status)).toEqual(['201', '201', '200', '409']);
    const id = textAt((await scim.find('/Users', 'userName eq "referred"')).body, '$.Resources[0].id');
    const group = await scim.find('/Groups', 'displayName eq "G"');
    expect(objectsAt(group.body, '$.Resources[0].members')).toEqual([{ value: id, $ref: `Users/${id}` }]);
    expect((await scim.get(`/Users/${id}`)).body).toMatchObject({ title: 'T' });
  });

  it('AMB-41 a bulk request whose operations failed is 200 (RFC 7644 §3.7)', async () => {
    const scim = await strict();
    const operations = await bulk(
      scim,
      { method: 'DELETE', path: `/Users/${ABSENT}` },
      { method: 'POST', path: '/Users', bulkId: 'a', data: { schemas: [USER] } },
    );
    expect(operations.map((operation) => operation.status)).toEqual(['404', '400']);
  });

  it('AMB-42 unique is unique within an identity server and a resource type', async () => {
    const DEVICE = 'urn:example:params:scim:schemas:core:1.0:Device';
    const serial = {
      name: 'serial',
      type: 'string',
      multiValued: false,
      description: 's',
      required: true,
      uniqueness: 'server',
    };
    const types = ['Device', 'Sensor'].map((name) => ({
      name,
      endpoint: `/${name}s`,
      description: name,
      schema: DEVICE,
    }));
    const schema = { id: DEVICE, name: 'Device', description: 'A device', attributes: [serial] };
    const document = { resourceTypes: types, schemas: [schema] };
    const [one, two] = [await strict({}, document), await strict({}, document)];
    const device = { schemas: [DEVICE], serial: 'S-1' };
    for (const [scim, path] of [
      [one, '/Devices'],
      [one, '/Sensors'],
      [two, '/Devices'],
    ] as const) {
      expect((await scim.post(path, device)).status).toBe(201);
      expectScimError(await scim.post(path, { ...device, serial: 's-1' }), 409, 'uniqueness');
    }
  });

  it('AMB-43 what is returned on request is in the answer to a write that sent it, and where it is named', async () => {
    const scim = await strict({}, acmeExtension);
    const created = await scim.post('/Users', named('req', { [ACME]: { notes: 'n' } }));
    const path = `/Users/${textAt(created.body, '$.id')}`;
    const notes = `$["${ACME}"].notes`;
    expect(valueAt(created.body, notes)).toBe('n');
    expect(valueAt((await scim.get(path)).body, notes)).toBeUndefined();
    expect(valueAt((await scim.get(`${path}?attributes=${ACME}:notes`)).body, notes)).toBe('n');
    expect(valueAt((await scim.patch(path, ORDER)).body, notes)).toBeUndefined();
    const patched = await scim.patch(path, { op: 'replace', path: `${ACME}:notes`, value: 'm' });
    expect(valueAt(patched.body, notes)).toBe('m');
  });

  it('AMB-44 meta.location is absolute and not made from the Host header', async () => {
    const scim = await strict();
    const id = await scim.user();
    const answer = await scim.get(`/Users/${id}`, { host: 'evil.example' });
    expect(valueAt(answer.body, '$.meta.location')).toBe(`${running().origin}/scim/${scim.slug}/v2/Users/${id}`);
  });

  it('AMB-45 application/json is taken, with a charset too', async () => {
    const scim = await strict();
    for (const type of ['application/json', 'application/json; charset=utf-8', 'application/json;charset="utf-8"']) {
      expect((await scim.post('/Users', named(`t-${type.length}`), { 'content-type': type })).status).toBe(201);
    }
  });
});
