import type { JsonObject } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { expectScimError } from '../harness/expect-scim-error.ts';
import { oneServer } from '../harness/one-server.ts';
import { ENTERPRISE, memberIds, PATCH_OP, USER } from '../harness/scim-client.ts';
import { valueAt } from '../harness/value-at.ts';

const { strict, tolerant } = oneServer();
const WORK = { type: 'work', value: 'w@a.example', primary: true };
const HOME = { type: 'home', value: 'h@a.example' };
const ABSENT = '00000000-0000-7000-8000-000000000000';

/** A user of a strict identity server, and a PATCH of that user. */
async function onUser(user: JsonObject = {}) {
  const scim = await strict();
  const id = await scim.user(user);
  const path = `/Users/${id}`;
  return { scim, id, path, patch: (...operations: readonly JsonObject[]) => scim.patch(path, ...operations) };
}

describe('what the RFCs leave open in PATCH, as strict identity servers settle it', () => {
  it('AMB-01 a filter that matches nothing: replace finds no target, add makes the element that eq terms describe', async () => {
    const { patch } = await onUser({ emails: [HOME] });
    const path = 'emails[type eq "work"].value';
    expectScimError(await patch({ op: 'replace', path, value: 'n@a.example' }), 400, 'noTarget');
    const added = await patch({ op: 'add', path, value: 'n@a.example' });
    expect(valueAt(added.body, '$.emails')).toEqual([HOME, { type: 'work', value: 'n@a.example' }]);
    const both = await patch({
      op: 'add',
      path: 'emails[type eq "other" and primary eq true].value',
      value: 'o@a.example',
    });
    expect(valueAt(both.body, '$.emails[2]')).toEqual({ type: 'other', primary: true, value: 'o@a.example' });
    for (const filter of ['type sw "x"', 'type eq "fax" or type eq "pager"', 'not (type pr)']) {
      expectScimError(await patch({ op: 'add', path: `emails[${filter}].value`, value: 'x' }), 400, 'noTarget');
    }
  });

  it('AMB-02 replace of a filtered element with an object replaces the whole element', async () => {
    const { patch } = await onUser({ emails: [WORK, { ...HOME, display: 'Home' }] });
    const value = { value: 'n@a.example', type: 'home' };
    const answer = await patch({ op: 'replace', path: 'emails[type eq "home"]', value });
    expect(valueAt(answer.body, '$.emails')).toEqual([WORK, value]);
  });

  it('AMB-03 remove with a filter that matches nothing succeeds and changes nothing', async () => {
    const { scim, path, patch } = await onUser({ emails: [HOME] });
    const before = await scim.get(path);
    const answer = await patch({ op: 'remove', path: 'emails[type eq "fax"]' });
    expect([answer.status, answer.body]).toEqual([200, before.body]);
  });

  it('AMB-04 remove of an unassigned attribute succeeds, of a readOnly or required one it does not', async () => {
    const { scim, path, patch } = await onUser();
    const before = await scim.get(path);
    for (const unassigned of ['title', 'emails', 'name.givenName', `${ENTERPRISE}:manager`]) {
      const answer = await patch({ op: 'remove', path: unassigned });
      expect([unassigned, answer.status, answer.body]).toEqual([unassigned, 200, before.body]);
    }
    for (const kept of ['userName', 'id', 'meta.created', 'groups']) {
      expectScimError(await patch({ op: 'remove', path: kept }), 400, 'mutability');
    }
  });

  it('AMB-05 remove with a value selects by that value', async () => {
    const { patch } = await onUser({ emails: [WORK, HOME], roles: [{ value: 'a' }, { value: 'b' }] });
    const answer = await patch(
      { op: 'remove', path: 'emails', value: [{ value: 'h@a.example', type: 'home' }] },
      { op: 'remove', path: 'roles', value: { value: 'a' } },
    );
    expect(answer.body).toMatchObject({ emails: [WORK], roles: [{ value: 'b' }] });
    expect(valueAt(answer.body, '$.emails[1]')).toBeUndefined();
  });

  it('AMB-06 add of what is there is a no-op: a member by its value, another element by all that was sent', async () => {
    const { scim, id, patch } = await onUser({ emails: [WORK, HOME] });
    const once = await patch({ op: 'add', path: 'emails', value: [HOME, { value: 'h@a.example', type: 'home' }] });
    expect(valueAt(once.body, '$.emails')).toEqual([WORK, HOME]);
    const group = await scim.group('G', [id]);
    const before = await scim.get(`/Groups/${group}`);
    const again = await scim.patch(`/Groups/${group}`, {
      op: 'add',
      path: 'members',
      value: [{ value: id, type: 'User' }],
    });
    expect(memberIds(again.body)).toEqual([id]);
    expect(valueAt(again.body, '$.members[0].value')).toEqual(valueAt(before.body, '$.members[0].value'));
  });

  it('AMB-08 an unknown attribute in a path is an invalid path', async () => {
    const { patch } = await onUser();
    expectScimError(await patch({ op: 'add', path: 'shoeSize', value: 44 }), 400, 'invalidPath');
    expectScimError(await patch({ op: 'replace', value: { shoeSize: 44 } }), 400, 'invalidPath');
  });

  it('AMB-11 replace and add of a singular complex attribute merge (RFC 7644 §3.5.2.3)', async () => {
    const { patch } = await onUser({ name: { givenName: 'A', familyName: 'B' } });
    const replaced = await patch({ op: 'replace', path: 'name', value: { givenName: 'X' } });
    expect(valueAt(replaced.body, '$.name')).toEqual({ givenName: 'X', familyName: 'B' });
    const added = await patch({ op: 'add', value: { name: { middleName: 'M' } } });
    expect(valueAt(added.body, '$.name')).toEqual({ givenName: 'X', familyName: 'B', middleName: 'M' });
  });

  it('AMB-12 nothing becomes primary when the primary goes', async () => {
    const { patch } = await onUser({ emails: [WORK, HOME] });
    const answer = await patch({ op: 'remove', path: 'emails[primary eq true]' });
    expect(valueAt(answer.body, '$.emails')).toEqual([HOME]);
  });

  it('AMB-14 a readOnly attribute in a PATCH is a mutability error, unless the value is the one it has', async () => {
    const { id, patch, scim, path } = await onUser();
    const before = await scim.get(path);
    expectScimError(await patch({ op: 'replace', path: 'id', value: ABSENT }), 400, 'mutability');
    expectScimError(await patch({ op: 'replace', path: 'meta.resourceType', value: 'Group' }), 400, 'mutability');
    expectScimError(await patch({ op: 'add', path: 'groups', value: [{ value: ABSENT }] }), 400, 'mutability');
    for (const [name, value] of [
      ['id', id],
      ['meta.resourceType', 'User'],
      ['meta.created', valueAt(before.body, '$.meta.created')],
    ]) {
      const same = await patch({ op: 'replace', path: String(name), value: value ?? null });
      expect([name, same.status, same.body]).toEqual([name, 200, before.body]);
    }
  });

  it('AMB-15 booleans are no strings', async () => {
    const { patch, scim } = await onUser();
    for (const value of ['True', 'false', 1, 'yes']) {
      expectScimError(await patch({ op: 'replace', path: 'active', value }), 400, 'invalidValue');
      expectScimError(
        await scim.post('/Users', { schemas: [USER], userName: 'b', active: value }),
        400,
        'invalidValue',
      );
    }
  });

  it('AMB-16 op is read in any case', async () => {
    const { patch } = await onUser();
    for (const op of ['Add', 'REPLACE', 'add']) {
      expect((await patch({ op, path: 'title', value: op })).body).toMatchObject({ title: op });
    }
    expect((await patch({ op: 'Remove', path: 'title' })).status).toBe(200);
  });

  it('AMB-17 PATCH answers 200 with the resource; for groups 204 can be chosen (RFC 7644 §3.5.2)', async () => {
    const { scim, path, patch } = await onUser();
    const answer = await patch({ op: 'add', path: 'title', value: 'T' });
    expect([answer.status, answer.body]).toEqual([200, (await scim.get(path)).body]);
    const rename = { op: 'replace', path: 'displayName', value: 'H' };
    const group = await scim.group('G');
    expect(await scim.patch(`/Groups/${group}`, rename)).toMatchObject({ status: 200, body: { displayName: 'H' } });
    const quiet = await strict({ groupPatchAnswer: '204' });
    const other = `/Groups/${await quiet.group('G')}`;
    expect((await quiet.patch(other, rename)).status).toBe(204);
    const asked = await quiet.patch(`${other}?attributes=displayName`, { ...rename, value: 'I' });
    expect(asked).toMatchObject({ status: 200, body: { displayName: 'I' } });
  });

  it('AMB-18 a write that changes nothing keeps lastModified and the ETag', async () => {
    const { scim, path, patch, id } = await onUser({ userName: 'same', title: 'T', emails: [WORK] });
    const before = await scim.get(path);
    const group = await scim.group('G', [id]);
    const crew = await scim.get(`/Groups/${group}`);
    const body = { schemas: [USER], userName: 'same', title: 'T', emails: [WORK] };
    const answers = [
      await patch({ op: 'replace', path: 'title', value: 'T' }),
      await patch({ op: 'add', path: 'emails', value: [WORK] }),
      await patch({ op: 'replace', path: 'title', value: 'U' }, { op: 'replace', path: 'title', value: 'T' }),
      await scim.put(path, body),
    ];
    for (const answer of answers) {
      expect([answer.headers.etag, valueAt(answer.body, '$.meta')]).toEqual([
        before.headers.etag,
        valueAt(before.body, '$.meta'),
      ]);
    }
    const member = await scim.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: id }] });
    expect(member.body).toEqual(crew.body);
  });

  it('AMB-24 dotted and URN-qualified keys are read in a value without path', async () => {
    const { patch } = await onUser({ name: { familyName: 'F' } });
    const value = { 'name.givenName': 'G', [`${ENTERPRISE}:department`]: 'D', [`${USER}:title`]: 'T' };
    const body = { title: 'T', name: { familyName: 'F', givenName: 'G' }, [ENTERPRISE]: { department: 'D' } };
    expect(await patch({ op: 'replace', value })).toMatchObject({ status: 200, body });
  });

  it('AMB-25 a sub-attribute without a filter is that of every element', async () => {
    const { patch } = await onUser({ emails: [WORK, HOME] });
    const replaced = await patch({ op: 'replace', path: 'emails.type', value: 'other' });
    expect(valueAt(replaced.body, '$.emails')).toEqual([
      { ...WORK, type: 'other' },
      { ...HOME, type: 'other' },
    ]);
    const removed = await patch({ op: 'remove', path: 'emails.type' });
    expect(valueAt(removed.body, '$.emails')).toEqual([{ value: WORK.value, primary: true }, { value: HOME.value }]);
    expectScimError(await patch({ op: 'replace', path: 'ims.type', value: 'aim' }), 400, 'noTarget');
  });

  it('AMB-26 the URN of an extension alone is a path for all three operations', async () => {
    const { patch } = await onUser();
    const container = `$["${ENTERPRISE}"]`;
    const added = await patch({ op: 'add', path: ENTERPRISE, value: { department: 'D' } });
    expect(valueAt(added.body, container)).toEqual({ department: 'D' });
    const replaced = await patch({ op: 'replace', path: ENTERPRISE, value: { department: 'E' } });
    expect(valueAt(replaced.body, container)).toEqual({ department: 'E' });
    const removed = await patch({ op: 'remove', path: ENTERPRISE });
    expect([valueAt(removed.body, container), valueAt(removed.body, '$.schemas')]).toEqual([undefined, [USER]]);
  });

  it('AMB-48 an empty string is a value, which is not present; names may not be empty', async () => {
    const { scim, patch } = await onUser({ nickName: '' });
    expect(valueAt((await patch({ op: 'replace', path: 'title', value: '' })).body, '$.title')).toBe('');
    expect(valueAt((await scim.find('/Users', 'title pr or nickName pr')).body, '$.totalResults')).toBe(0);
    expect(valueAt((await scim.find('/Users', 'title eq "" and nickName eq ""')).body, '$.totalResults')).toBe(1);
    expectScimError(await patch({ op: 'replace', path: 'userName', value: '' }), 400, 'invalidValue');
    expectScimError(
      await scim.post('/Groups', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: '' }),
      400,
      'invalidValue',
    );
  });

  it('AMB-52 removing a required attribute is a mutability error (RFC 7644 §3.5.2.2)', async () => {
    const { scim, patch } = await onUser();
    expectScimError(await patch({ op: 'remove', path: 'userName' }), 400, 'mutability');
    expectScimError(await patch({ op: 'replace', path: 'userName', value: null }), 400, 'mutability');
    const group = await scim.group('G');
    expectScimError(await scim.patch(`/Groups/${group}`, { op: 'remove', path: 'displayName' }), 400, 'mutability');
  });

  it('AMB-53 add takes one object for a multi-valued attribute (RFC 7644 §3.5.2.1)', async () => {
    const { patch } = await onUser({ emails: [WORK] });
    expect(valueAt((await patch({ op: 'add', path: 'emails', value: HOME })).body, '$.emails')).toEqual([WORK, HOME]);
  });

  it('AMB-54 a manager is an object; a plain string is refused where deviations are', async () => {
    const { id, patch } = await onUser();
    const operation = { op: 'add', path: `${ENTERPRISE}:manager`, value: id };
    expect(expectScimError(await patch(operation), 400, 'invalidValue')).toContain('manager');
    const scim = await tolerant();
    const boss = await scim.user();
    const answer = await scim.patch(`/Users/${boss}`, { ...operation, value: boss });
    expect(valueAt(answer.body, `$["${ENTERPRISE}"].manager`)).toEqual({ value: boss });
  });

  it('AMB-55 a userName can be changed, to one that nobody else has', async () => {
    const { scim, patch, path } = await onUser({ userName: 'old' });
    await scim.user({ userName: 'taken' });
    expect((await patch({ op: 'replace', path: 'userName', value: 'new' })).body).toMatchObject({ userName: 'new' });
    expectScimError(await patch({ op: 'replace', path: 'userName', value: 'Taken' }), 409, 'uniqueness');
    expect((await scim.put(path, { schemas: [USER], userName: 'newer' })).body).toMatchObject({ userName: 'newer' });
    expect(valueAt((await scim.find('/Users', 'userName eq "old" or userName eq "new"')).body, '$.totalResults')).toBe(
      0,
    );
    expect((await scim.post('/Users', { schemas: [USER], userName: 'old' })).status).toBe(201);
  });

  it('AMB-56 another case of a case-insensitive value is a change', async () => {
    const { scim, path, patch } = await onUser({ userName: 'bo', title: 'chief' });
    const before = await scim.get(path);
    const answer = await patch({ op: 'replace', value: { userName: 'Bo', title: 'Chief' } });
    expect(answer.body).toMatchObject({ userName: 'Bo', title: 'Chief' });
    expect(answer.headers.etag).not.toBe(before.headers.etag);
    const Operations = [{ op: 'add', path: 'title', value: 'CHIEF' }];
    const added = await scim.request('PATCH', path, { schemas: [PATCH_OP], Operations });
    expect(added.body).toMatchObject({ title: 'CHIEF' });
  });
});
