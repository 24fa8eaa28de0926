import type { Json, JsonObject } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { expectScimError } from '../harness/expect-scim-error.ts';
import { oneServer } from '../harness/one-server.ts';
import { ENTERPRISE, PATCH_OP, USER } from '../harness/scim-client.ts';
import { valueAt } from '../harness/value-at.ts';
import { ACME, acmeExtension } from './acme-extension.ts';

const { tolerant, strict } = oneServer();
const WORK = { type: 'work', value: 'w@a.example', primary: true };
const HOME = { type: 'home', value: 'h@a.example' };

describe('PATCH paths and values in the field', () => {
  // wireapp/wire-server#5419, Captain-P-Goldfish/scim-for-keycloak#73, thomaspoignant/scim-patch#176 and #187,
  // Metatavu/keycloak-scim-server#35 and #40, limosa-io/laravel-scim-server#34 and #119
  it('C-57 makes the element that a value path describes when there is none (RFC 7644 §3.5.2.3)', async () => {
    const scim = await tolerant();
    for (const op of ['add', 'replace', 'Add', 'Replace']) {
      const id = await scim.user({ emails: [HOME] });
      const answer = await scim.patch(
        `/Users/${id}`,
        { op, path: 'emails[type eq "work"].value', value: 'new@a.example' },
        { op, path: 'addresses[type eq "work"].formatted', value: 'Street 1' },
      );
      expect(answer).toMatchObject({
        status: 200,
        body: {
          emails: [HOME, { type: 'work', value: 'new@a.example' }],
          addresses: [{ type: 'work', formatted: 'Street 1' }],
        },
      });
    }
    const exact = await strict();
    const id = await exact.user({ emails: [HOME] });
    const replace = { op: 'replace', path: 'emails[type eq "work"].value', value: 'new@a.example' };
    expectScimError(await exact.patch(`/Users/${id}`, replace), 400, 'noTarget');
    const added = await exact.patch(`/Users/${id}`, { ...replace, op: 'add' });
    expect(valueAt(added.body, '$.emails')).toEqual([HOME, { type: 'work', value: 'new@a.example' }]);
  });

  // pingidentity/scim2#281
  it('C-58 replaces a sub-attribute that is there when it is added by a value path', async () => {
    const scim = await strict();
    const id = await scim.user({ addresses: [{ type: 'work', locality: 'Lyon', country: 'FR' }] });
    const answer = await scim.patch(`/Users/${id}`, {
      op: 'Add',
      path: 'addresses[type eq "work"].locality',
      value: 'Nice',
    });
    expect(valueAt(answer.body, '$.addresses')).toEqual([{ type: 'work', locality: 'Nice', country: 'FR' }]);
  });

  // Captain-P-Goldfish/SCIM-SDK#201
  it('C-59 replaces the elements that a filter matches and leaves the others (RFC 7644 §3.5.2.3)', async () => {
    const scim = await strict();
    const id = await scim.user({ emails: [WORK, HOME] });
    const value = { type: 'home', value: 'h2@a.example' };
    const answer = await scim.patch(`/Users/${id}`, { op: 'replace', path: 'emails[value eq "h@a.example"]', value });
    expect(valueAt(answer.body, '$.emails')).toEqual([WORK, value]);
  });

  // wso2/product-is#11678
  it('C-60 appends to a simple multi-valued attribute without doubling, and sets manager.value', async () => {
    const scim = await strict({}, acmeExtension);
    const id = await scim.user({ [ACME]: { tags: ['a', 'b'] } });
    const answer = await scim.patch(`/Users/${id}`, { op: 'add', path: `${ACME}:tags`, value: ['b', 'c'] });
    expect(valueAt(answer.body, `$["${ACME}"].tags`)).toEqual(['a', 'b', 'c']);
    const managed = await scim.patch(`/Users/${id}`, { op: 'add', path: `${ENTERPRISE}:manager.value`, value: id });
    expect(valueAt(managed.body, `$["${ENTERPRISE}"].manager`)).toEqual({ value: id });
  });

  // ssoready/ssoready#167, imulab/go-scim#72, SAP-archive/scimono#202
  it('C-61 takes URNs apart at the schema and not at the dots of their version', async () => {
    const scim = await strict();
    const id = await scim.user({ name: { familyName: 'F' }, emails: [WORK, HOME] });
    const answer = await scim.patch(
      `/Users/${id}`,
      { op: 'replace', path: `${USER}:name.familyName`, value: 'G' },
      { op: 'replace', path: `${USER}:emails[type eq "home" and value eq "h@a.example"].value`, value: 'x@a.example' },
      { op: 'add', path: `${ENTERPRISE}:department`, value: 'D' },
      { op: 'add', path: `${ENTERPRISE.toUpperCase()}:costCenter`, value: '7' },
    );
    expect(answer).toMatchObject({
      status: 200,
      body: {
        name: { familyName: 'G' },
        emails: [WORK, { type: 'home', value: 'x@a.example' }],
        [ENTERPRISE]: { department: 'D', costCenter: '7' },
      },
    });
  });

  // apache/directory-scimple#695 and #694
  it('C-62 takes the URN of an extension alone as a path, for all three operations', async () => {
    const scim = await strict();
    const id = await scim.user({ [ENTERPRISE]: { department: 'D', division: 'V' } });
    const path = ENTERPRISE;
    const added = await scim.patch(`/Users/${id}`, { op: 'add', path, value: { costCenter: '7' } });
    expect(valueAt(added.body, `$["${path}"]`)).toEqual({ department: 'D', division: 'V', costCenter: '7' });
    const replaced = await scim.patch(`/Users/${id}`, { op: 'replace', path, value: { department: 'E' } });
    expect(valueAt(replaced.body, `$["${path}"].department`)).toBe('E');
    const removed = await scim.patch(`/Users/${id}`, { op: 'remove', path });
    expect(valueAt(removed.body, `$["${path}"]`)).toBeUndefined();
    expect(valueAt(removed.body, '$.schemas')).toEqual([USER]);
    const back = await scim.patch(`/Users/${id}`, { op: 'add', path, value: { department: 'D' } });
    expect(valueAt(back.body, '$.schemas')).toEqual([USER, ENTERPRISE]);
  });

  // elimity-com/scim#207
  it('C-63 applies the URN of an extension as a key of a value without path', async () => {
    const scim = await strict();
    const id = await scim.user();
    const value = { title: 'T', [ENTERPRISE]: { department: 'D' }, [`${ENTERPRISE}:division`]: 'V' };
    const answer = await scim.patch(`/Users/${id}`, { op: 'add', value });
    expect(answer).toMatchObject({
      status: 200,
      body: { title: 'T', [ENTERPRISE]: { department: 'D', division: 'V' }, schemas: [USER, ENTERPRISE] },
    });
  });

  // better-auth/better-auth#10620
  it('C-64 refuses a path that ends in a dot', async () => {
    const scim = await tolerant();
    const id = await scim.user({ name: { familyName: 'F' }, emails: [WORK] });
    const before = await scim.get(`/Users/${id}`);
    for (const path of ['name.', 'emails[type eq "work"].', `${ENTERPRISE}:manager.`, '.', 'name..familyName']) {
      expectScimError(await scim.patch(`/Users/${id}`, { op: 'replace', path, value: 'x' }), 400, 'invalidPath');
    }
    expect((await scim.get(`/Users/${id}`)).body).toEqual(before.body);
  });

  // NorthlandPositronics/Cogtrix#432 and #2803, langwatch/langwatch#7130
  it('C-69 refuses unknown operations, and unknown paths in strict; tolerant passes over those and notes it', async () => {
    for (const make of [tolerant, strict]) {
      const scim = await make();
      const path = `/Users/${await scim.user()}`;
      for (const noSuch of ['noSuch', 'name.noSuch']) {
        const unknown = await scim.patch(path, { op: 'replace', path: noSuch, value: 'x' });
        if (make === strict) expect(expectScimError(unknown, 400, 'invalidPath')).toContain('noSuch');
        else expect(unknown).toMatchObject({ status: 200, body: { meta: { version: 'W/"1"' } } });
      }
      expectScimError(await scim.patch(path, { op: 'upsert', path: 'title', value: 'x' }), 400, 'invalidSyntax');
      expectScimError(await scim.patch(path, { path: 'title', value: 'x' }), 400, 'invalidSyntax');
      expectScimError(await scim.request('PATCH', path, { schemas: [PATCH_OP], Operations: [] }), 400, 'invalidSyntax');
    }
  });

  // sourcegraph/sourcegraph-public-snapshot#49210, python-scim/scim2-models#116, wso2/product-is#10033
  it('C-70 keeps one primary: a new one demotes the old, two in one request are refused (RFC 7644 §3.5.2)', async () => {
    const scim = await tolerant();
    const id = await scim.user({ emails: [WORK, HOME] });
    const answer = await scim.patch(`/Users/${id}`, {
      op: 'replace',
      path: 'emails[type eq "home"].primary',
      value: true,
    });
    expect(valueAt(answer.body, '$.emails')).toEqual([
      { ...WORK, primary: false },
      { ...HOME, primary: true },
    ]);
    const emails = [WORK, { ...HOME, primary: true }];
    const two = await scim.post('/Users', { schemas: [USER], userName: 'two', emails });
    expect(expectScimError(two, 400, 'invalidValue')).toContain('emails');
  });

  // simstudioai/sim#7567
  it('C-71 does not demote the primary when an element without primary is added', async () => {
    const scim = await tolerant();
    const id = await scim.user({ emails: [WORK] });
    const answer = await scim.patch(`/Users/${id}`, { op: 'add', path: 'emails', value: [HOME] });
    expect(valueAt(answer.body, '$.emails')).toEqual([WORK, HOME]);
  });

  // NorthlandPositronics/Cogtrix#371, wso2/charon#375, wso2/product-is#3039
  it('C-72 takes null for no value, alone and among elements, and never fails on it', async () => {
    const scim = await tolerant();
    const path = `/Users/${await scim.user({ title: 'T', emails: [WORK], [ENTERPRISE]: { department: 'D' } })}`;
    const resulting = async (operation: JsonObject): Promise<Json | undefined> => {
      const answer = await scim.patch(path, operation);
      expect(answer.status).toBe(200);
      return answer.body;
    };
    expect(valueAt(await resulting({ op: 'add', path: 'emails', value: null }), '$.emails')).toEqual([WORK]);
    expect(valueAt(await resulting({ op: 'add', path: 'emails', value: [HOME, null, {}] }), '$.emails')).toEqual([
      WORK,
      HOME,
    ]);
    expect(valueAt(await resulting({ op: 'replace', path: 'title', value: null }), '$.title')).toBeUndefined();
    expect(valueAt(await resulting({ op: 'replace', value: { [ENTERPRISE]: null } }), '$.schemas')).toEqual([USER]);
    expect(valueAt(await resulting({ op: 'replace', path: 'emails', value: [null] }), '$.emails')).toBeUndefined();
    expectScimError(await scim.patch(path, { op: 'replace', value: null }), 400, 'invalidValue');
    expectScimError(await scim.patch(path, { op: 'replace', path: 'userName', value: null }), 400, 'mutability');
  });

  // simpleidserver/SimpleIdServer#823
  it('C-73 takes null in a POST for absent (RFC 7643 §2.5)', async () => {
    const scim = await strict();
    const answer = await scim.post('/Users', {
      schemas: [USER, ENTERPRISE],
      userName: 'nulls',
      emails: null,
      name: null,
      title: null,
      [ENTERPRISE]: null,
    });
    expect(answer.status).toBe(201);
    expect(Object.keys(answer.body ?? {}).toSorted()).toEqual(['active', 'id', 'meta', 'schemas', 'userName']);
    expect(valueAt(answer.body, '$.schemas')).toEqual([USER]);
  });

  // mitodl/keycloak-scim
  it('C-74 takes the string "true" for active beside other operations', async () => {
    const scim = await tolerant();
    const id = await scim.user({ active: false });
    const answer = await scim.patch(
      `/Users/${id}`,
      { op: 'replace', path: 'active', value: 'true' },
      { op: 'replace', path: 'displayName', value: 'false' },
    );
    expect(answer.body).toMatchObject({ active: true, displayName: 'false' });
  });

  // vouch-sh/vouch#1415
  it('C-75 empties a group by a remove of members without filter and value; a PUT without active keeps it', async () => {
    const scim = await strict();
    const id = await scim.user({ userName: 'kept', active: false });
    const group = await scim.group('Emptied', [id]);
    expect((await scim.patch(`/Groups/${group}`, { op: 'remove', path: 'members' })).body).toMatchObject({
      members: [],
    });
    expect((await scim.put(`/Users/${id}`, { schemas: [USER], userName: 'kept' })).body).toMatchObject({
      active: false,
    });
  });
});
