import {
  type Attributes,
  type Call,
  type Exchange,
  openScimTarget,
  type ScimTarget,
  testConnection,
} from '@rollcall/provisioning';
import type { Json } from '@rollcall/scim';
import { afterEach, describe, expect, it } from 'vitest';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { oneServer } from '../harness/one-server.ts';

const { tolerant, strict } = oneServer();
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const WORK = 'emails[type eq "work"].value';

const opened: ScimTarget[] = [];
afterEach(async () => {
  for (const target of opened.splice(0)) await target.close();
});

interface Way {
  readonly dialect: 'rfc' | 'entra';
  readonly query: string;
}

const optionsFor = (server: TestIdentityServer, { dialect, query }: Way) => ({
  baseUrl: server.baseUrl + query,
  credentials: { kind: 'token', token: server.token } as const,
  dialect,
  profile: null,
  targets: 'any' as const,
  now: () => Date.now(),
});

function open(server: TestIdentityServer, way: Way): ScimTarget {
  const target = openScimTarget(optionsFor(server, way));
  opened.push(target);
  return target;
}

function newCall(exchanges: Exchange[] = []): Call {
  return { lane: 'normal', signal: new AbortController().signal, record: (exchange) => exchanges.push(exchange) };
}

const attributes = (values: Readonly<Record<string, Json>>): Attributes => new Map(Object.entries(values));

const mia = attributes({
  userName: 'mia.ortiz@acme.example',
  externalId: '6f3c',
  active: true,
  displayName: 'Mia Ortiz',
  'name.givenName': 'Mia',
  'name.familyName': 'Ortiz',
  [WORK]: 'mia.ortiz@acme.example',
  [`${ENTERPRISE}:department`]: 'Finance',
});

const ways = [
  ['strict', 'rfc', ''],
  ['tolerant', 'rfc', ''],
  ['tolerant', 'entra', ''],
  ['tolerant', 'entra', '?aadOptscim062020'],
] as const;

describe.each(ways)('an identity server (%s) as the target of the dialect %s%s', (compatibility, dialect, query) => {
  const make = compatibility === 'strict' ? strict : tolerant;
  const way = { dialect, query };

  it('answers the test of the connection', async () => {
    const verdict = await testConnection(optionsFor(await make(), way), { user: 'userName', group: 'displayName' });
    expect(verdict).toMatchObject({ ok: true, fault: null });
    expect(verdict.capabilities.filter(({ supported }) => supported === false)).toEqual([]);
    expect(verdict.exchanges.every(({ method, status }) => method === 'GET' && status === 200)).toBe(true);
  });

  it('gets a user, finds it, has it changed, disabled and deleted', async () => {
    const target = open(await make(), way);
    const call = newCall();
    expect(await target.find('User', 'userName', 'mia.ortiz@acme.example', call)).toEqual([]);
    const { id, document } = await target.create('User', mia, call);
    expect(document).toMatchObject({
      userName: 'mia.ortiz@acme.example',
      active: true,
      emails: [{ type: 'work', value: 'mia.ortiz@acme.example', primary: true }],
      [ENTERPRISE]: { department: 'Finance' },
    });
    for (const [path, value] of [
      ['userName', 'MIA.ORTIZ@acme.example'],
      ['externalId', '6f3c'],
      [WORK, 'mia.ortiz@acme.example'],
    ] as const) {
      expect((await target.find('User', path, value, call)).map((found) => found.id)).toEqual([id]);
    }
    await expect(target.create('User', mia, call)).rejects.toMatchObject({ code: 'EntryConflict', status: 409 });

    const changes = [
      { path: 'active', from: true, to: false },
      { path: 'name.familyName', from: 'Ortiz', to: 'Ortiz Gil' },
      { path: WORK, from: 'mia.ortiz@acme.example', to: 'mia@acme.example' },
      { path: 'phoneNumbers[type eq "mobile"].value', from: undefined, to: '+34 600' },
      { path: `${ENTERPRISE}:costCenter`, from: undefined, to: 'CC-9' },
      { path: `${ENTERPRISE}:department`, from: 'Finance', to: undefined },
    ];
    const echo = await target.update('User', id, changes, mia, call);
    const read = await target.read('User', id, call);
    expect(echo).toEqual(read);
    expect(read?.document).toMatchObject({
      active: false,
      name: { givenName: 'Mia', familyName: 'Ortiz Gil' },
      emails: [{ type: 'work', value: 'mia@acme.example', primary: true }],
      phoneNumbers: [{ type: 'mobile', value: '+34 600' }],
    });
    expect(read?.document[ENTERPRISE]).toEqual({ costCenter: 'CC-9' });

    await target.delete('User', id, call);
    await target.delete('User', id, call);
    expect(await target.read('User', id, call)).toBeUndefined();
    await expect(target.update('User', id, changes, mia, call)).rejects.toMatchObject({ code: 'InvalidAnchor' });
  });

  it('gets a manager and loses it again', async () => {
    const target = open(await make(), way);
    const call = newCall();
    const kai = await target.create('User', attributes({ userName: 'kai' }), call);
    const eva = await target.create('User', attributes({ userName: 'eva' }), call);
    const path = `${ENTERPRISE}:manager`;
    await target.update('User', eva.id, [{ path, from: undefined, to: kai.id }], new Map(), call);
    expect((await target.read('User', eva.id, call))?.document[ENTERPRISE]).toMatchObject({
      manager: { value: kai.id },
    });
    await target.update('User', eva.id, [{ path, from: kai.id, to: undefined }], new Map(), call);
    expect((await target.read('User', eva.id, call))?.document).not.toHaveProperty([ENTERPRISE, 'manager']);
  });

  it('gets a group, its members, and never shows them unasked', async () => {
    const target = open(await make(), way);
    const exchanges: Exchange[] = [];
    const call = newCall(exchanges);
    const users = await Promise.all(
      Array.from({ length: 12 }, (_, n) => target.create('User', attributes({ userName: `user${n}` }), call)),
    );
    const ids = users.map(({ id }) => id);
    const group = await target.create('Group', attributes({ displayName: 'Finance (EMEA)' }), call);
    expect(await target.addMembers(group.id, ids, call)).toEqual({ done: ids, refused: [] });
    expect((await target.addMembers(group.id, ids.slice(0, 2), call)).done).toHaveLength(2);
    expect((await target.members(group.id, call)).toSorted()).toEqual(ids.toSorted());
    const [found] = await target.find('Group', 'displayName', 'finance (emea)', call);
    expect(found).toMatchObject({ id: group.id });
    expect(found?.document).not.toHaveProperty('members');
    expect((await target.removeMembers(group.id, ids.slice(0, 10), call)).refused).toEqual([]);
    expect((await target.removeMembers(group.id, ids.slice(0, 1), call)).done).toHaveLength(1);
    expect((await target.members(group.id, call)).toSorted()).toEqual(ids.slice(10).toSorted());
    const rename = [{ path: 'displayName', from: 'Finance (EMEA)', to: 'Finance' }];
    await target.update('Group', group.id, rename, new Map(), call);
    expect((await target.read('Group', group.id, call))?.document.displayName).toBe('Finance');
    expect(exchanges.filter(({ status = 0 }) => status >= 400)).toEqual([]);
  });
});

describe('a strict identity server as a target', () => {
  it('refuses a member that does not exist, and takes the others', async () => {
    const target = open(await strict(), { dialect: 'rfc', query: '' });
    const call = newCall();
    const kai = await target.create('User', attributes({ userName: 'kai' }), call);
    const group = await target.create('Group', attributes({ displayName: 'Finance' }), call);
    const nobody = '00000000-0000-7000-8000-000000000000';
    const { done, refused } = await target.addMembers(group.id, [nobody, kai.id], call);
    expect(done).toEqual([kai.id]);
    expect(refused).toMatchObject([{ id: nobody, error: { code: 'BadRequest' } }]);
  });

  it('has an element added that the target took for present (noTarget)', async () => {
    const target = open(await strict(), { dialect: 'rfc', query: '' });
    const call = newCall();
    const kai = await target.create('User', attributes({ userName: 'kai' }), call);
    const changes = [{ path: WORK, from: 'old@acme.example', to: 'kai@acme.example' }];
    const echo = await target.update('User', kai.id, changes, attributes({ [WORK]: 'kai@acme.example' }), call);
    expect(echo?.document.emails).toMatchObject([{ type: 'work', value: 'kai@acme.example' }]);
  });

  it('refuses a wrong token', async () => {
    const server = await strict();
    const target = open({ ...server, token: 'wrong' }, { dialect: 'rfc', query: '' });
    await expect(target.check(newCall())).rejects.toMatchObject({ code: 'Unauthorized' });
  });
});
