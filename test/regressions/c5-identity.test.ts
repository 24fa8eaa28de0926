import { describe, expect, it } from 'vitest';
import { expectScimError } from '../harness/expect-scim-error.ts';
import { oneServer } from '../harness/one-server.ts';
import { USER } from '../harness/scim-client.ts';
import { valueAt } from '../harness/value-at.ts';

const { tolerant, strict } = oneServer();
const named = (userName: string, others = {}) => ({ schemas: [USER], userName, ...others });

describe('identity keys, conflicts and lifecycle in the field', () => {
  // ory/polis#4065, #4066 and #4067
  it('C-84 knows users apart by userName in any case, not by e-mail (RFC 7644 §3.3)', async () => {
    const scim = await tolerant();
    const emails = [{ value: 'shared@a.example', type: 'work' }];
    expect((await scim.post('/Users', named('one@a.example', { emails }))).status).toBe(201);
    expect((await scim.post('/Users', named('two@a.example', { emails }))).status).toBe(201);
    const detail = expectScimError(await scim.post('/Users', named('ONE@A.example')), 409, 'uniqueness');
    expect(detail).toContain('userName');
  });

  // langfuse/langfuse#13528
  it('C-85 checks and writes userName in one normal form (RFC 7643 §4.1.1)', async () => {
    const scim = await strict();
    await scim.user({ userName: 'mira.é' });
    for (const userName of ['MIRA.É', 'mira.e\u0301', 'Ｍｉｒａ.é']) {
      expectScimError(await scim.post('/Users', named(userName)), 409, 'uniqueness');
    }
    await scim.user({ userName: 'fussball' });
    expect((await scim.post('/Users', named('fußball'))).status).toBe(201);
  });

  // goauthentik/authentik#12547
  it('C-86 refuses the same userName again', async () => {
    const scim = await tolerant();
    await scim.user({ userName: 'once' });
    expectScimError(await scim.post('/Users', named('once')), 409, 'uniqueness');
    expect(valueAt((await scim.get('/Users')).body, '$.totalResults')).toBe(1);
  });

  // wso2/product-is#3563, wso2-extensions/identity-inbound-provisioning-scim2#133 and #134
  it('C-87 lists a user once, however many of its values match', async () => {
    const scim = await tolerant();
    const id = await scim.user({
      emails: [{ value: 'a@b.example' }, { value: 'c@b.example' }, { value: 'd@b.example' }],
    });
    for (const filter of ['emails.value co "b.example"', 'emails pr', 'emails.value sw "a" or emails.value sw "c"']) {
      const { body } = await scim.find('/Users', filter);
      expect(body).toMatchObject({ totalResults: 1, itemsPerPage: 1, Resources: [{ id }] });
    }
  });

  // better-auth/better-auth#11111 and #11113, kobotoolbox/kpi#7076
  it('C-68 finds an inactive user by filter, and restores the same id by POST where that is set', async () => {
    const body = named('back@okta.local', { externalId: '00u1' });
    const scim = await tolerant();
    const id = await scim.user(body);
    await scim.patch(`/Users/${id}`, { op: 'replace', value: { active: false } });
    const found = await scim.find('/Users', 'userName eq "back@okta.local"');
    expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ id, active: false }] });
    expectScimError(await scim.post('/Users', body), 409, 'uniqueness');

    const lenient = await tolerant({ restoreInactive: true });
    const same = await lenient.user(body);
    expectScimError(await lenient.post('/Users', body), 409, 'uniqueness');
    await lenient.patch(`/Users/${same}`, { op: 'replace', value: { active: false } });
    expectScimError(await lenient.post('/Users', { ...body, externalId: '00u2' }), 409, 'uniqueness');
    const restored = await lenient.post('/Users', { ...body, title: 'Again', active: true });
    expect(restored).toMatchObject({ status: 201, body: { id: same, active: true, title: 'Again' } });
  });

  // FusionAuth/fusionauth-issues#3244
  it('C-88 knows nothing of a deleted user any more, and frees its names (RFC 7644 §3.6)', async () => {
    const scim = await tolerant({ uniqueExternalIds: true });
    const body = named('gone', { externalId: 'x' });
    const id = await scim.user(body);
    expect((await scim.delete(`/Users/${id}`)).status).toBe(204);
    expectScimError(await scim.get(`/Users/${id}`), 404);
    expectScimError(await scim.put(`/Users/${id}`, body), 404);
    expectScimError(await scim.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: true }), 404);
    expectScimError(await scim.delete(`/Users/${id}`), 404);
    for (const filter of [`id eq "${id}"`, 'userName eq "gone"', 'externalId eq "x"']) {
      expect(valueAt((await scim.find('/Users', filter)).body, '$.totalResults')).toBe(0);
    }
    const again = await scim.post('/Users', body);
    expect(again.status).toBe(201);
    expect(valueAt(again.body, '$.id')).not.toBe(id);
  });

  // Metatavu/keycloak-scim-server#114
  it('C-89 answers the POST of an existing user with 409 and changes nothing', async () => {
    const scim = await tolerant();
    const id = await scim.user({ userName: 'there', title: 'Before' });
    const before = await scim.get(`/Users/${id}`);
    expectScimError(await scim.post('/Users', named('there', { title: 'After' })), 409, 'uniqueness');
    expect((await scim.get(`/Users/${id}`)).body).toEqual(before.body);
  });

  // NorthlandPositronics/Cogtrix#128
  it('C-90 scopes uniqueness to the identity server, and answers 409 to PUT and PATCH too', async () => {
    const [scim, other] = [await tolerant(), await tolerant()];
    const id = await scim.user({ userName: 'mine' });
    await scim.user({ userName: 'taken' });
    expect((await other.post('/Users', named('mine'))).status).toBe(201);
    expectScimError(await scim.put(`/Users/${id}`, named('Taken')), 409, 'uniqueness');
    const rename = { op: 'replace', path: 'userName', value: 'TAKEN' };
    expectScimError(await scim.patch(`/Users/${id}`, rename), 409, 'uniqueness');
    expect(valueAt((await scim.get(`/Users/${id}`)).body, '$.userName')).toBe('mine');
    expectScimError(await other.get(`/Users/${id}`), 404);
  });
});
