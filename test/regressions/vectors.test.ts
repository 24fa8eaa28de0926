import type { Json, JsonObject } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { oneServer } from '../harness/one-server.ts';
import { ENTERPRISE, GROUP, LIST, memberIds, PATCH_OP, USER } from '../harness/scim-client.ts';
import type { Answer } from '../harness/send.ts';
import { objectsAt, textAt, valueAt } from '../harness/value-at.ts';

const { tolerant } = oneServer();

/** A PATCH of a new user, sent as it stands. */
async function onUser(user: JsonObject, ...Operations: readonly JsonObject[]): Promise<Answer> {
  const scim = await tolerant();
  return scim.request('PATCH', `/Users/${await scim.user(user)}`, { schemas: [PATCH_OP], Operations });
}

/** A group of three users, and a PATCH of it. */
async function crew() {
  const scim = await tolerant();
  const [a, b, c] = [await scim.user(), await scim.user(), await scim.user()];
  const id = await scim.group('Crew', [a, b, c]);
  const patch = (...operations: readonly JsonObject[]) => scim.patch(`/Groups/${id}`, ...operations);
  return { scim, a, b, c, id, all: [a, b, c].toSorted(), patch };
}

const ids = (answer: Answer) => [answer.status, memberIds(answer.body)];
const listed = async (scim: TestIdentityServer, path: string) => {
  const answer = await scim.get(path);
  expect(answer.status).toBe(200);
  return objectsAt(answer.body, '$.Resources').map(
    (resource): Json => resource.userName ?? resource.displayName ?? null,
  );
};

describe('requests as clients send them', () => {
  it('V1 deactivates without a path', async () => {
    expect(await onUser({}, { op: 'replace', value: { active: false } })).toMatchObject({
      status: 200,
      body: { active: false },
    });
  });

  it('V2 deactivates with Replace and a string', async () => {
    const answer = await onUser({}, { op: 'Replace', path: 'active', value: 'False' });
    expect(answer).toMatchObject({ status: 200, body: { active: false } });
  });

  it('V3 adds a work e-mail where there is none', async () => {
    const answer = await onUser({}, { op: 'Add', path: 'emails[type eq "work"].value', value: 'a@x' });
    expect(valueAt(answer.body, '$.emails')).toEqual([{ type: 'work', value: 'a@x' }]);
  });

  it('V4 replaces manager.value by its whole URN', async () => {
    const scim = await tolerant();
    const [boss, id] = [await scim.user(), await scim.user()];
    const answer = await scim.patch(`/Users/${id}`, {
      op: 'replace',
      path: `${ENTERPRISE}:manager.value`,
      value: boss,
    });
    expect(valueAt(answer.body, `$["${ENTERPRISE}"]`)).toEqual({ manager: { value: boss } });
  });

  it('V5 replaces in an extension by its URN', async () => {
    const answer = await onUser({}, { op: 'replace', path: ENTERPRISE, value: { department: 'D' } });
    expect(valueAt(answer.body, `$["${ENTERPRISE}"]`)).toEqual({ department: 'D' });
  });

  it('V6 adds a dotted key and an extension in one value', async () => {
    const value = { 'name.givenName': 'G', [ENTERPRISE]: { costCenter: '1' } };
    const answer = await onUser({ name: { familyName: 'F' } }, { op: 'add', value });
    const body = { name: { familyName: 'F', givenName: 'G' }, [ENTERPRISE]: { costCenter: '1' } };
    expect(answer).toMatchObject({ status: 200, body });
  });

  it('V7 takes a PATCH without schemas', async () => {
    const scim = await tolerant();
    const Operations = [{ op: 'replace', value: { active: false } }];
    const answer = await scim.request('PATCH', `/Users/${await scim.user()}`, { Operations });
    expect(answer).toMatchObject({ status: 200, body: { active: false } });
  });

  it('V8 renames a group by a value that carries its id', async () => {
    const { id, all, patch } = await crew();
    const answer = await patch({ op: 'replace', value: { id, displayName: 'N' } });
    expect([valueAt(answer.body, '$.displayName'), valueAt(answer.body, '$.id'), ...ids(answer)]).toEqual([
      'N',
      id,
      200,
      all,
    ]);
  });

  it('V9 renames a group by its whole object', async () => {
    const { id, all, patch } = await crew();
    const answer = await patch({ op: 'replace', value: { schemas: [GROUP], id, displayName: 'N', externalId: 'e' } });
    expect(answer.body).toMatchObject({ displayName: 'N', externalId: 'e', schemas: [GROUP] });
    expect(ids(answer)).toEqual([200, all]);
  });

  it('V10 removes a member by value', async () => {
    const { a, b, c, patch } = await crew();
    expect(ids(await patch({ op: 'remove', path: 'members', value: [{ value: a }] }))).toEqual([
      200,
      [b, c].toSorted(),
    ]);
  });

  it('V11 removes two members by one filter', async () => {
    const { a, b, c, patch } = await crew();
    expect(ids(await patch({ op: 'remove', path: `members[value eq "${a}" or value eq "${b}"]` }))).toEqual([200, [c]]);
  });

  it('V12 removes a member by a filter with a value beside it', async () => {
    const { a, b, c, patch } = await crew();
    const answer = await patch({ op: 'remove', path: `members[value eq "${a}"]`, value: [{ value: a }] });
    expect(ids(answer)).toEqual([200, [b, c].toSorted()]);
  });

  it('V13 empties a group', async () => {
    const { patch } = await crew();
    expect(ids(await patch({ op: 'replace', path: 'members', value: [] }))).toEqual([200, []]);
  });

  it('V14 replaces the members without a path, with a display of null', async () => {
    const { b, patch } = await crew();
    const answer = await patch({ op: 'replace', value: { members: [{ value: b, display: null }] } });
    expect(valueAt(answer.body, '$.members')).toEqual([{ value: b }]);
  });

  it('V15 adds 500 members by 500 operations', async () => {
    const scim = await tolerant({ groupPatchAnswer: '200' });
    const users = await Promise.all(Array.from({ length: 500 }, () => scim.user()));
    const operations = users.map((value) => ({ op: 'add', path: 'members', value: [{ value }] }));
    expect(ids(await scim.patch(`/Groups/${await scim.group('Big')}`, ...operations))).toEqual([200, users.toSorted()]);
  });

  it('V16 takes back the body of a GET with a password, and changes nothing by it', async () => {
    const scim = await tolerant();
    const path = `/Users/${await scim.user({ title: 'T', emails: [{ value: 'e@x', type: 'work' }], [ENTERPRISE]: { division: 'D' } })}`;
    await scim.group('G', [path.slice('/Users/'.length)]);
    const before = await scim.get(path);
    const answer = await scim.put(path, `${before.text.slice(0, -1)},"password":"x"}`);
    expect([answer.status, answer.body]).toEqual([200, before.body]);
    expect(answer.text).not.toContain('password');
  });

  it('V17 takes a PUT with the URNs of the OneLogin template', async () => {
    const scim = await tolerant();
    const id = await scim.user({ userName: 'ol' });
    const schemas = ['urn:scim:schemas:core:2.0', 'urn:scim:schemas:extension:enterprise:2.0'];
    const answer = await scim.put(`/Users/${id}`, { schemas, userName: 'ol', title: 'T' });
    expect(answer).toMatchObject({ status: 200, body: { schemas: [USER], userName: 'ol', title: 'T' } });
  });

  it('V18 takes a POST without schemas', async () => {
    const scim = await tolerant();
    const answer = await scim.post('/Users', { userName: 'plain' });
    expect(answer).toMatchObject({ status: 201, body: { schemas: [USER], userName: 'plain' } });
  });

  it('V19 takes core attributes under the core URN', async () => {
    const scim = await tolerant();
    const answer = await scim.post('/Users', { schemas: [USER], [USER]: { userName: 'n', title: 'T' } });
    expect(answer).toMatchObject({ status: 201, body: { userName: 'n', title: 'T' } });
    expect(valueAt(answer.body, `$["${USER}"]`)).toBeUndefined();
  });

  it('V20 reads an encoded plus in a value, and a dangling ampersand', async () => {
    const scim = await tolerant();
    await scim.user({ userName: 'a+b@x' });
    await scim.user({ userName: 'a b@x' });
    expect(await listed(scim, '/Users?filter=userName+eq+%22a%2Bb%40x%22&')).toEqual(['a+b@x']);
  });

  it('V21 finds by a lower-case attribute name and returns what is asked for', async () => {
    const scim = await tolerant();
    const id = await scim.user({ userName: 'a@x', title: 'T', name: { givenName: 'G' } });
    const answer = await scim.get('/Users?filter=username%20eq%20%22A@X%22&attributes=userName,id,name');
    const Resources = [{ schemas: [USER], id, userName: 'a@x', name: { givenName: 'G' } }];
    expect(answer.body).toEqual({ schemas: [LIST], totalResults: 1, startIndex: 1, itemsPerPage: 1, Resources });
  });

  it('V22 combines a flag, two bounds of lastModified and a page', async () => {
    const scim = await tolerant();
    for (let n = 1; n <= 8; n++) await scim.user({ userName: `u${n}`, active: n !== 3 });
    const now = new Date(Date.now() + 60_000).toISOString();
    const bounds = `meta.lastModified ge "0001-01-03T00:00:00.0000000Z" and meta.lastModified le "${now}"`;
    const filter = encodeURIComponent(`active eq true and (${bounds})`);
    const answer = await scim.get(`/Users?filter=${filter}&count=5&startIndex=6`);
    expect(answer.body).toMatchObject({ totalResults: 7, startIndex: 6, itemsPerPage: 2 });
    expect(objectsAt(answer.body, '$.Resources').map((user) => user.userName)).toEqual(['u7', 'u8']);
  });

  it('V23 reads sub-attribute names in any case', async () => {
    const scim = await tolerant();
    await scim.user({ userName: 'hit', name: { familyName: 'E' }, emails: [{ value: 'x@example.org' }] });
    await scim.user({ userName: 'miss', name: { familyName: 'E' }, emails: [{ value: 'x@example.net' }] });
    const filter = 'name.FamilyName eq "E" and (emails.Value co "example.com" or emails.Value co "example.org")';
    expect(await listed(scim, `/Users?filter=${encodeURIComponent(filter)}`)).toEqual(['hit']);
  });

  it('V24 finds a group by a name with spaces, without its members', async () => {
    const { scim, a } = await crew();
    await scim.group('EDU All personal', [a]);
    const answer = await scim.get('/Groups?excludedAttributes=members&filter=displayName+eq+%22EDU+All+personal%22');
    expect(valueAt(answer.body, '$.Resources[0].displayName')).toBe('EDU All personal');
    expect(answer.text).not.toContain('members');
  });

  it('V25 answers the connection test of Okta', async () => {
    const scim = await tolerant();
    const empty = { schemas: [LIST], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] };
    for (const path of ['/Users?startIndex=1&count=2', '/Groups?startIndex=1&count=100']) {
      const answer = await scim.get(path);
      expect([answer.status, answer.body]).toEqual([200, empty]);
    }
  });

  it('V26 reads a value without quotes', async () => {
    const scim = await tolerant();
    const id = textAt((await scim.post('/Users', { schemas: [USER], userName: 'j2gg0s' })).body, '$.id');
    const answer = await scim.get('/Users?filter=userName%20eq%20j2gg0s');
    expect(valueAt(answer.body, '$.Resources[0].id')).toBe(id);
  });
});
