import { describe, expect, it } from 'vitest';
import { administer } from '../harness/admin.ts';
import { expectScimError } from '../harness/expect-scim-error.ts';
import { oneServer } from '../harness/one-server.ts';
import { ENTERPRISE, USER } from '../harness/scim-client.ts';
import { valueAt } from '../harness/value-at.ts';

const { tolerant, strict, running } = oneServer();

describe('active and deactivation in the field', () => {
  // ssoready/ssoready#155
  it('C-1 takes "True" and "False" in any case for a boolean and stores the boolean', async () => {
    const scim = await tolerant();
    const id = await scim.user();
    for (const [value, active] of [
      ['False', false],
      ['true', true],
      ['FALSE', false],
      ['True', true],
    ] as const) {
      const answer = await scim.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value });
      expect([answer.status, valueAt(answer.body, '$.active')]).toEqual([200, active]);
      expect(valueAt((await scim.get(`/Users/${id}`)).body, '$.active')).toBe(active);
    }
    const nonsense = await scim.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'perhaps' });
    expect(expectScimError(nonsense, 400, 'invalidValue')).toContain('active');
    const exact = await strict();
    const other = await exact.user();
    const refused = await exact.patch(`/Users/${other}`, { op: 'replace', path: 'active', value: 'False' });
    expect(expectScimError(refused, 400, 'invalidValue')).toContain('active');
  });

  // OneUptime/oneuptime#3852
  it('C-2 reads active out of the operations of a PatchOp and shows in the answer whether anything changed', async () => {
    const scim = await tolerant();
    const id = await scim.user();
    const before = await scim.get(`/Users/${id}`);
    const off = await scim.patch(`/Users/${id}`, { op: 'replace', value: { active: false } });
    expect(valueAt(off.body, '$.active')).toBe(false);
    expect(off.headers.etag).not.toBe(before.headers.etag);
    const again = await scim.patch(`/Users/${id}`, { op: 'replace', value: { active: false } });
    expect([again.status, again.body]).toEqual([200, off.body]);
    const stray = await scim.request('PATCH', `/Users/${id}`, { schemas: [USER], active: true });
    expectScimError(stray, 400, 'invalidSyntax');
    expect(valueAt((await scim.get(`/Users/${id}`)).body, '$.active')).toBe(false);
  });

  // NorthlandPositronics/Cogtrix#122
  it('C-3 changes the state when the path is active, and tells applications through the change feed', async () => {
    const scim = await tolerant();
    const id = await scim.user();
    expect((await scim.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false })).status).toBe(200);
    expect(valueAt((await scim.get(`/Users/${id}`)).body, '$.active')).toBe(false);
    const { body } = await administer(running().admin, 'GET', `/identity-servers/${scim.slug}/changes?after=0`);
    expect(valueAt(body, '$.changes')).toMatchObject([
      { id, kind: 'created' },
      { id, kind: 'disabled' },
    ]);
  });

  // FusionAuth/fusionauth-issues#1871, ParabolInc/parabol#12557
  it('C-4 deactivates by PUT and by PATCH and keeps the user', async () => {
    const scim = await tolerant();
    const put = await scim.user({ userName: 'put' });
    const patched = await scim.user({ userName: 'patched' });
    await scim.put(`/Users/${put}`, { schemas: [USER], userName: 'put', active: false });
    await scim.patch(`/Users/${patched}`, { op: 'replace', value: { active: false } });
    for (const [id, userName] of [
      [put, 'put'],
      [patched, 'patched'],
    ]) {
      expect(await scim.get(`/Users/${id}`)).toMatchObject({ status: 200, body: { id, userName, active: false } });
    }
  });

  // TracecatHQ/tracecat#3530
  it('C-5 takes the URN-qualified path of a core attribute for the bare one', async () => {
    const scim = await tolerant();
    const id = await scim.user();
    const answer = await scim.patch(`/Users/${id}`, { op: 'replace', path: `${USER}:active`, value: false });
    expect(answer).toMatchObject({ status: 200, body: { active: false } });
    const keyed = await scim.patch(`/Users/${id}`, { op: 'replace', value: { [`${USER}:active`]: true } });
    expect(keyed).toMatchObject({ status: 200, body: { active: true } });
  });

  // sourcegraph/sourcegraph-public-snapshot#49325
  it('C-6 still finds a deactivated user by id and by filter', async () => {
    const scim = await tolerant();
    const id = await scim.user({ userName: 'gone@a.example', externalId: 'g-1' });
    await scim.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false });
    expect(await scim.get(`/Users/${id}`)).toMatchObject({ status: 200, body: { active: false } });
    for (const filter of ['userName eq "gone@a.example"', 'externalId eq "g-1"', 'active eq false', `id eq "${id}"`]) {
      const found = await scim.find('/Users', filter);
      expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ id, active: false }] });
    }
  });

  // getsentry/sentry#27971
  it('C-7 answers with the state just written, whatever wrote it', async () => {
    const scim = await tolerant();
    const created = await scim.post('/Users', { schemas: [USER], userName: 'born-inactive', active: false });
    expect(valueAt(created.body, '$.active')).toBe(false);
    const path = `/Users/${valueAt(created.body, '$.id')}`;
    expect(valueAt((await scim.get(path)).body, '$.active')).toBe(false);
    const put = await scim.put(path, { schemas: [USER], userName: 'born-inactive', active: true });
    expect(valueAt(put.body, '$.active')).toBe(true);
    const patched = await scim.patch(path, { op: 'replace', path: 'active', value: false });
    expect(valueAt(patched.body, '$.active')).toBe(false);
    expect(valueAt((await scim.get('/Users')).body, '$.Resources[0].active')).toBe(false);
  });

  // grokability/snipe-it#14597
  it('C-8 disables a user whether or not requests are saved in the log', async () => {
    for (const saveRequests of [true, false]) {
      const scim = await tolerant({ saveRequests });
      const id = await scim.user();
      const answer = await scim.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' });
      expect(answer).toMatchObject({ status: 200, body: { active: false } });
    }
  });

  // Captain-P-Goldfish/SCIM-SDK#181
  it('C-9 leaves active alone when a PATCH or PUT does not mention it', async () => {
    const scim = await tolerant();
    const id = await scim.user({ userName: 'quiet', active: false });
    const patched = await scim.patch(`/Users/${id}`, { op: 'replace', value: { displayName: 'Quiet' } });
    expect(patched.body).toMatchObject({ displayName: 'Quiet', active: false });
    const put = await scim.put(`/Users/${id}`, { schemas: [USER], userName: 'quiet', title: 'T' });
    expect(put.body).toMatchObject({ title: 'T', active: false });
    const other = await scim.user();
    const kept = await scim.patch(`/Users/${other}`, { op: 'add', path: 'nickName', value: 'N' });
    expect(kept.body).toMatchObject({ nickName: 'N', active: true });
  });

  // getprobo/probo#1277
  it('C-10 deletes a user whom a group and another user refer to', async () => {
    const scim = await tolerant();
    const boss = await scim.user();
    const report = await scim.user({ [ENTERPRISE]: { department: 'D', manager: { value: boss } } });
    const group = await scim.group('Leads', [boss, report]);
    expect(await scim.delete(`/Users/${boss}`)).toMatchObject({ status: 204, text: '' });
    expect(await scim.members(group)).toEqual([report]);
    const left = await scim.get(`/Users/${report}`);
    expect(valueAt(left.body, `$["${ENTERPRISE}"]`)).toEqual({ department: 'D' });
  });
});
