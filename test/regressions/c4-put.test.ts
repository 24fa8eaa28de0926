import { describe, expect, it } from 'vitest';
import { expectScimError } from '../harness/expect-scim-error.ts';
import { oneServer } from '../harness/one-server.ts';
import { ENTERPRISE, GROUP, memberIds, USER } from '../harness/scim-client.ts';
import { valueAt } from '../harness/value-at.ts';

const { tolerant, strict } = oneServer();

describe('PUT in the field', () => {
  // SAP-archive/scimono#176
  it('C-76 ignores readOnly attributes (RFC 7644 §3.5.1)', async () => {
    const scim = await strict();
    const id = await scim.user({ userName: 'ro' });
    const before = await scim.get(`/Users/${id}`);
    const answer = await scim.put(`/Users/${id}`, {
      schemas: [USER],
      id: 'another',
      userName: 'ro',
      groups: [{ value: 'g' }],
      meta: {
        resourceType: 'Group',
        created: '2001-01-01T00:00:00Z',
        location: 'http://elsewhere.example/',
        version: '1',
      },
      [ENTERPRISE]: { manager: { displayName: 'Nobody' } },
    });
    expect([answer.status, answer.body]).toEqual([200, before.body]);
  });

  // attevon-llc/OpenTranscribe#582
  it('C-77 replaces: what is omitted is cleared, of users and of groups (RFC 7644 §3.5.1)', async () => {
    const scim = await strict();
    const id = await scim.user({
      userName: 'full',
      title: 'T',
      emails: [{ value: 'e@a.example' }],
      [ENTERPRISE]: { division: 'D' },
    });
    const user = await scim.put(`/Users/${id}`, { schemas: [USER], userName: 'full', nickName: 'N' });
    expect(Object.keys(user.body ?? {}).toSorted()).toEqual([
      'active',
      'id',
      'meta',
      'nickName',
      'schemas',
      'userName',
    ]);
    expect(valueAt(user.body, '$.schemas')).toEqual([USER]);
    const group = await scim.group('Crew', [id]);
    await scim.patch(`/Groups/${group}`, { op: 'add', path: 'externalId', value: 'e' });
    const put = await scim.put(`/Groups/${group}`, { schemas: [GROUP], displayName: 'Crew' });
    expect([memberIds(put.body), valueAt(put.body, '$.externalId')]).toEqual([[], undefined]);
  });

  // Metatavu/keycloak-scim-server#106
  it('C-78 clears omitted sub-attributes like omitted attributes', async () => {
    const scim = await tolerant();
    const id = await scim.user({ userName: 'named', name: { givenName: 'G', familyName: 'F' } });
    const answer = await scim.put(`/Users/${id}`, { schemas: [USER], userName: 'named', name: { givenName: 'H' } });
    expect(valueAt(answer.body, '$.name')).toEqual({ givenName: 'H' });
  });

  // netdata/netdata#20451
  it('C-79 ignores attributes that it does not know', async () => {
    for (const make of [tolerant, strict]) {
      const scim = await make();
      const id = await scim.user({ userName: 'odd' });
      const odd = { favouriteColour: 'teal', 'urn:example:params:scim:schemas:other:1.0:User': { a: { b: [1] } } };
      const answer = await scim.put(`/Users/${id}`, { schemas: [USER], userName: 'odd', title: 'T', ...odd });
      expect(answer).toMatchObject({ status: 200, body: { title: 'T' } });
      expect(answer.text).not.toMatch(/favouriteColour|schemas:other/);
    }
  });

  // msaad00/agent-bom#3540
  it('C-80 assigns ids itself, whatever id a POST brings (RFC 7644 §3.3)', async () => {
    const scim = await tolerant();
    const first = await scim.user({ userName: 'first' });
    const before = await scim.get(`/Users/${first}`);
    const second = await scim.post('/Users', { schemas: [USER], id: first, userName: 'second' });
    expect(second.status).toBe(201);
    expect(valueAt(second.body, '$.id')).not.toBe(first);
    expect((await scim.get(`/Users/${first}`)).body).toEqual(before.body);
  });

  // keycloak/keycloak#46216
  it('C-81 takes group members by PUT, and says 501 where something is not offered', async () => {
    const scim = await tolerant();
    const id = await scim.user();
    const group = await scim.group('Put');
    const body = { schemas: [GROUP], displayName: 'Put', members: [{ value: id }] };
    const answer = await scim.put(`/Groups/${group}`, body);
    expect([answer.status, memberIds(answer.body)]).toEqual([200, [id]]);
    expectScimError(await scim.post('/Me', { schemas: [USER], userName: 'me' }), 501);
  });

  // goauthentik/authentik#16678
  it('C-82 answers a known resource and a verb that it has not with 405, never 404', async () => {
    const scim = await tolerant();
    const id = await scim.user();
    const attempts = [
      ['PUT', '/Users', 'GET, POST'],
      ['PATCH', '/Groups', 'GET, POST'],
      ['DELETE', '/Users', 'GET, POST'],
      ['POST', `/Users/${id}`, 'GET, PUT, PATCH, DELETE'],
      ['GET', '/Users/.search', 'POST'],
      ['GET', '/Bulk', 'POST'],
    ] as const;
    for (const [method, path, allow] of attempts) {
      const answer = await scim.request(method, path);
      expectScimError(answer, 405);
      expect([method, path, answer.headers.allow]).toEqual([method, path, allow]);
    }
  });

  // goauthentik/authentik#11249 and #13386
  it('C-83 has PATCH for groups and says so', async () => {
    const scim = await tolerant();
    const group = await scim.group('Patched');
    const answer = await scim.patch(`/Groups/${group}`, { op: 'replace', path: 'displayName', value: 'Done' });
    expect(answer).toMatchObject({ status: 200, body: { displayName: 'Done' } });
    const config = await scim.get('/ServiceProviderConfig');
    expect(valueAt(config.body, '$.patch.supported')).toBe(true);
  });
});
