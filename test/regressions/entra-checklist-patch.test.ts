import type { Json, JsonObject } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { expectScimError } from '../harness/expect-scim-error.ts';
import { oneServer } from '../harness/one-server.ts';
import { ENTERPRISE, memberIds, USER } from '../harness/scim-client.ts';
import { objectsAt, valueAt } from '../harness/value-at.ts';

const { tolerant } = oneServer();
const GUID = '5b0c8a9e-3f6d-4a35-9f0e-6d1b1c7a2e11';
const OPS = ['Add', 'add', 'ADD'];

describe('what Entra ID needs of PATCH', () => {
  it('B-7 takes every change in both dialects and every spelling of its op', async () => {
    const scim = await tolerant();
    const id = await scim.user({ emails: [{ type: 'work', value: 'a@acme.example' }], name: { givenName: 'A' } });
    const path = `/Users/${id}`;
    for (const op of [...OPS, 'Replace', 'replace', 'REPLACE']) {
      const pathed = await scim.patch(
        path,
        { op, path: 'nickName', value: op },
        { op, path: 'name.givenName', value: op },
        { op, path: `${ENTERPRISE}:department`, value: op },
        { op, path: 'emails[type eq "work"].value', value: `${op}@acme.example` },
      );
      const state = (word: string) => ({
        nickName: word,
        name: { givenName: word },
        [ENTERPRISE]: { department: word },
        emails: [{ type: 'work', value: `${word}@acme.example` }],
      });
      expect(pathed).toMatchObject({ status: 200, body: state(op) });
      const keys = { nickName: 'k', 'name.givenName': 'k', [`${ENTERPRISE}:department`]: 'k' };
      const email = { op, path: 'emails[type eq "work"].value', value: 'k@acme.example' };
      const keyed = await scim.patch(path, email, { op, value: keys });
      expect(keyed).toMatchObject({ status: 200, body: state('k') });
    }
    for (const op of ['Remove', 'remove', 'REMOVE']) {
      await scim.patch(path, { op: 'add', path: 'title', value: 'T' });
      expect(valueAt((await scim.patch(path, { op, path: 'title' })).body, '$.title')).toBeUndefined();
    }
  });

  it('B-8 disables in every spelling and keeps the user readable and filterable', async () => {
    const scim = await tolerant();
    const id = await scim.user({ userName: 'off@acme.example' });
    for (const op of ['Replace', 'Add']) {
      for (const value of ['False', 'false', false]) {
        await scim.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: true });
        const answer = await scim.patch(`/Users/${id}`, { op, path: 'active', value });
        expect(answer).toMatchObject({ status: 200, body: { active: false } });
        const found = await scim.find('/Users', 'userName eq "off@acme.example"');
        expect(valueAt(found.body, '$.Resources[0].active')).toBe(false);
      }
    }
  });

  it('B-9 makes elements by value paths, and two sub-attributes of one filter fill one element', async () => {
    const scim = await tolerant();
    const id = await scim.user();
    const replace = (path: string, value: Json) => ({ op: 'Replace', path, value });
    const answer = await scim.patch(
      `/Users/${id}`,
      replace('emails[type eq "work"].value', 'w@acme.example'),
      replace('phoneNumbers[type eq "mobile"].value', '+1'),
      replace('addresses[type eq "work"].locality', 'Madrid'),
      replace('addresses[type eq "work"].country', 'ES'),
    );
    expect(answer.body).toMatchObject({
      emails: [{ type: 'work', value: 'w@acme.example' }],
      phoneNumbers: [{ type: 'mobile', value: '+1' }],
      addresses: [{ type: 'work', locality: 'Madrid', country: 'ES' }],
    });
    expect(objectsAt(answer.body, '$.addresses')).toHaveLength(1);
  });

  it('B-10 matches and makes roles by primary eq "True", and takes the string in a POST', async () => {
    const scim = await tolerant();
    const role = (value: string) => ({ op: 'Replace', path: 'roles[primary eq "True"].value', value });
    const without = await scim.user();
    const made = await scim.patch(`/Users/${without}`, role('Admin'));
    expect(valueAt(made.body, '$.roles')).toEqual([{ primary: true, value: 'Admin' }]);
    const posted = await scim.user({ roles: [{ primary: 'True', value: 'Reader', type: 'app' }] });
    const changed = await scim.patch(`/Users/${posted}`, role('Writer'));
    expect(valueAt(changed.body, '$.roles')).toEqual([{ primary: true, value: 'Writer', type: 'app' }]);
  });

  it('B-11 lifts a role out of its JSON text, and replaces the whole array', async () => {
    const scim = await tolerant();
    const id = await scim.user();
    const value = [{ value: JSON.stringify({ id: GUID, value: '25', displayName: 'Role25' }) }];
    const added = await scim.patch(`/Users/${id}`, { op: 'Add', path: 'roles', value });
    expect(valueAt(added.body, '$.roles')).toEqual([{ value: '25', display: 'Role25' }]);
    const roles = [{ primary: false, type: 'app', display: 'Role7', value: '7' }];
    const replaced = await scim.patch(`/Users/${id}`, { op: 'replace', path: 'roles', value: roles });
    expect(valueAt(replaced.body, '$.roles')).toEqual(roles);
  });

  it('B-12 sets and clears the manager in every shape, and returns an object or nothing', async () => {
    const scim = await tolerant();
    const boss = await scim.user();
    const id = await scim.user();
    const path = `${ENTERPRISE}:manager`;
    const manager = async (operation: JsonObject): Promise<Json | undefined> => {
      const answer = await scim.patch(`/Users/${id}`, operation);
      expect(answer.status).toBe(200);
      expect((await scim.get(`/Users/${id}`)).body).toEqual(answer.body);
      return valueAt(answer.body, `$["${ENTERPRISE}"]`);
    };
    for (const value of [boss, { value: boss }, [{ value: boss }]]) {
      for (const nothing of ['', { value: '' }, null]) {
        expect(await manager({ op: 'Add', path, value })).toEqual({ manager: { value: boss } });
        expect(await manager({ op: 'Replace', path, value: nothing })).toBeUndefined();
      }
      await manager({ op: 'Add', path, value });
      expect(await manager({ op: 'Remove', path })).toBeUndefined();
    }
  });

  it('B-13 takes an object without path whose keys are dotted, URN-qualified and plain', async () => {
    const scim = await tolerant();
    const id = await scim.user();
    const value = {
      externalId: 'e-1',
      title: 'T',
      'name.givenName': 'G',
      [`${ENTERPRISE}:costCenter`]: '9',
      [`${USER}:nickName`]: 'N',
    };
    for (const op of ['add', 'replace']) {
      const answer = await scim.patch(`/Users/${id}`, { op, value });
      const state = {
        externalId: 'e-1',
        title: 'T',
        nickName: 'N',
        name: { givenName: 'G' },
        [ENTERPRISE]: { costCenter: '9' },
      };
      expect(answer).toMatchObject({ status: 200, body: state });
      expect(answer.text).not.toContain('name.givenName');
    }
  });

  it('B-14 takes members in every shape and any number', async () => {
    const scim = await tolerant({ groupPatchAnswer: '200' });
    const ids = await Promise.all(Array.from({ length: 1000 }, () => scim.user()));
    const [a = '', b = '', c = ''] = ids;
    const path = `/Groups/${await scim.group('Shapes')}`;
    const members = async (...operations: JsonObject[]) => memberIds((await scim.patch(path, ...operations)).body);
    const add = (value: Json) => ({ op: 'Add', path: 'members', value });
    expect(await members(add([{ $ref: null, value: a }]))).toEqual([a]);
    expect(await members(add({ value: b }), add(c))).toEqual([a, b, c].toSorted());
    expect(await members(add([{ value: a }, { value: a }]), add([{ value: b }]))).toEqual([a, b, c].toSorted());
    expect(await members({ op: 'Remove', path: 'members', value: [{ $ref: null, value: a }] })).toEqual(
      [b, c].toSorted(),
    );
    expect(await members({ op: 'remove', path: `members[value eq "${a}"]` })).toEqual([b, c].toSorted());
    expect(await members({ op: 'remove', path: `members[value eq "${b}"]` })).toEqual([c]);
    expect(await members(add(ids.map((value) => ({ value }))))).toEqual(ids.toSorted());
    expect(await members({ op: 'Remove', path: 'members', value: ids.slice(1).map((value) => ({ value })) })).toEqual([
      a,
    ]);
    expect(await members({ op: 'remove', path: 'members' })).toEqual([]);
  });

  it('B-16 answers a PATCH of a user with 200 and the user, and one of a group with 204 where that is set', async () => {
    const scim = await tolerant({ groupPatchAnswer: '204' });
    const id = await scim.user();
    const user = await scim.patch(`/Users/${id}`, { op: 'Add', path: 'title', value: 'T' });
    expect([user.status, user.body]).toEqual([200, (await scim.get(`/Users/${id}`)).body]);
    const group = await scim.group('Quiet');
    const answer = await scim.patch(`/Groups/${group}`, { op: 'Add', path: 'members', value: [{ value: id }] });
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(await scim.members(group)).toEqual([id]);
  });

  it('B-18 keeps the memberships of a user who is disabled and enabled again', async () => {
    const scim = await tolerant();
    const id = await scim.user();
    const group = await scim.group('Kept', [id]);
    for (const value of ['False', 'True']) {
      await scim.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value });
      expect(await scim.members(group)).toEqual([id]);
      expect(valueAt((await scim.get(`/Users/${id}`)).body, '$.groups[0].value')).toBe(group);
    }
  });

  it('B-19 applies operations in order and all or none of them (RFC 7644 §3.5.2)', async () => {
    const scim = await tolerant();
    const id = await scim.user({ title: 'Before' });
    const ordered = await scim.patch(
      `/Users/${id}`,
      { op: 'Replace', path: 'title', value: 'One' },
      { op: 'Remove', path: 'title' },
      { op: 'Add', path: 'title', value: 'Two' },
    );
    expect(valueAt(ordered.body, '$.title')).toBe('Two');
    const before = await scim.get(`/Users/${id}`);
    const failed = await scim.patch(
      `/Users/${id}`,
      { op: 'Replace', path: 'title', value: 'Three' },
      { op: 'Replace', path: 'active', value: 'perhaps' },
    );
    expect(expectScimError(failed, 400, 'invalidValue')).toContain('Operations[1]');
    expect((await scim.get(`/Users/${id}`)).body).toEqual(before.body);
  });

  it('B-20 clears an attribute by null and by an empty string', async () => {
    const scim = await tolerant();
    for (const value of ['', null]) {
      const id = await scim.user({
        title: 'T',
        name: { givenName: 'G' },
        emails: [{ type: 'work', value: 'w@a.example' }],
      });
      const answer = await scim.patch(
        `/Users/${id}`,
        { op: 'Replace', path: 'title', value },
        { op: 'Replace', path: 'name.givenName', value },
        { op: 'Replace', path: 'emails[type eq "work"].value', value },
      );
      expect(Object.keys(answer.body ?? {}).toSorted()).toEqual(['active', 'id', 'meta', 'schemas', 'userName']);
    }
  });

  it('B-28 passes over a path or key that leads to no attribute, and never fails on one', async () => {
    const scim = await tolerant();
    const id = await scim.user();
    const path = `/Users/${id}`;
    const unknown = await scim.patch(path, { op: 'Replace', path: 'urn:acme:1.0:User:badge', value: '7' });
    expect(unknown.status).toBe(200);
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty.call', 'a.b.c']) {
      const answer = await scim.patch(path, { op: 'Add', path: name, value: 'x' });
      expect([200, 400]).toContain(answer.status);
      const ignored = await scim.request('PATCH', path, `{"Operations":[{"op":"add","value":{"${name}":{"x":1}}}]}`);
      expect(ignored.status).toBe(200);
    }
    expect(Object.keys((await scim.get(path)).body ?? {}).toSorted()).toEqual([
      'active',
      'id',
      'meta',
      'schemas',
      'userName',
    ]);
  });
});
