import type { JsonObject } from '@rollcall/scim';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from '../http/expect-error.fixture.ts';
import { GROUP, type RunningServer, runServer, type TestClient, USER } from '../http/running-server.fixture.ts';
import { textAt, valueAt } from '../http/value-at.fixture.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await runServer();
});
afterAll(() => server.stop());

const create = (scim: TestClient, user: JsonObject) => scim.send('POST', '/Users', { schemas: [USER], ...user });
const total = async (scim: TestClient, path = '/Users') =>
  valueAt((await scim.send('GET', `${path}?count=0`)).body, 'totalResults');

describe('a userName that is taken', () => {
  it('is 409 uniqueness with the id of who has it, whatever the case, on POST, PUT and PATCH (RFC 7644 §3.3)', async () => {
    const scim = await server.identityServer();
    const holder = textAt((await create(scim, { userName: 'Taken@example.org' })).body, 'id');
    const other = `/Users/${textAt((await create(scim, { userName: 'free' })).body, 'id')}`;
    const userName = 'tAKEN@example.org';
    for (const answer of [
      await create(scim, { userName }),
      await scim.send('PUT', other, { schemas: [USER], userName }),
      await scim.patch(other, { op: 'replace', path: 'userName', value: userName }),
    ]) {
      const detail = expectError(answer, 409, 'uniqueness');
      expect(detail).toContain(holder);
      expect(detail).toContain('userName');
    }
    expect(await total(scim)).toBe(2);
    expect(textAt((await scim.send('GET', other)).body, 'userName')).toBe('free');
  });

  it('is free again once its user is deleted or renamed, and on every other identity server', async () => {
    const scim = await server.identityServer();
    const first = `/Users/${textAt((await create(scim, { userName: 'again' })).body, 'id')}`;
    await scim.patch(first, { op: 'replace', path: 'userName', value: 'renamed' });
    const second = await create(scim, { userName: 'again' });
    expect(second.status).toBe(201);
    await scim.send('DELETE', `/Users/${textAt(second.body, 'id')}`);
    expect((await create(scim, { userName: 'again' })).status).toBe(201);
    expect((await create(await server.identityServer(), { userName: 'again' })).status).toBe(201);
  });
});

describe('the setting restoreInactive', () => {
  const person = { userName: 'back@example.org', externalId: 'e-1', title: 'New' };

  it('brings an inactive user of the same userName and externalId back under the same id', async () => {
    const scim = await server.identityServer({ restoreInactive: true });
    const created = await create(scim, { ...person, title: 'Old', nickName: 'Nick' });
    const id = textAt(created.body, 'id');
    await scim.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false });
    const restored = await create(scim, person);
    expect([restored.status, restored.body]).toEqual([201, expect.objectContaining({ id, ...person, active: true })]);
    expect(valueAt(restored.body, 'nickName')).toBeUndefined();
    expect(valueAt(restored.body, 'meta', 'created')).toBe(valueAt(created.body, 'meta', 'created'));
    expect(restored.headers.etag).not.toBe(created.headers.etag);
    expect(await total(scim)).toBe(1);
    // The feed shows a change when every transaction that began before it has ended.
    const kinds = async () => {
      const { changes } = Object(await server.admin('GET', `/identity-servers/${scim.slug}/changes`));
      return changes.map(({ kind }: { kind: string }) => kind);
    };
    await expect.poll(kinds).toEqual(['created', 'disabled', 'enabled']);
  });

  it('leaves who is active, has another externalId or has none to 409', async () => {
    const scim = await server.identityServer({ restoreInactive: true });
    const path = `/Users/${textAt((await create(scim, person)).body, 'id')}`;
    expectError(await create(scim, person), 409, 'uniqueness');
    await scim.patch(path, { op: 'replace', path: 'active', value: false });
    expectError(await create(scim, { ...person, externalId: 'e-2' }), 409, 'uniqueness');
    expectError(await create(scim, { userName: person.userName }), 409, 'uniqueness');
    expect(valueAt((await scim.send('GET', path)).body, 'active')).toBe(false);

    const plain = `/Users/${textAt((await create(scim, { userName: 'plain', active: false })).body, 'id')}`;
    expectError(await create(scim, { userName: 'plain' }), 409, 'uniqueness');
    expect(valueAt((await scim.send('GET', plain)).body, 'active')).toBe(false);
  });

  it('is off unless it is set', async () => {
    const scim = await server.identityServer();
    await create(scim, { ...person, active: false });
    expectError(await create(scim, person), 409, 'uniqueness');
  });
});

describe('the setting uniqueGroupNames', () => {
  const group = (displayName: string) => ({ schemas: [GROUP], displayName });

  it('refuses a second group of the name, on POST, PUT and PATCH', async () => {
    const scim = await server.identityServer();
    const first = await scim.group('Sales');
    const other = `/Groups/${await scim.group('Marketing')}`;
    for (const answer of [
      await scim.send('POST', '/Groups', group('Sales')),
      await scim.send('PUT', other, group('Sales')),
      await scim.patch(other, { op: 'replace', path: 'displayName', value: 'Sales' }),
    ]) {
      expect(expectError(answer, 409, 'uniqueness')).toContain(first);
    }
    expect((await scim.send('PUT', `/Groups/${first}`, group('Sales'))).status).toBe(200);
    expect(await total(scim, '/Groups')).toBe(2);
    expect((await create(scim, { userName: 'a', displayName: 'Sales' })).status).toBe(201);
  });

  it('false allows it', async () => {
    const scim = await server.identityServer({ uniqueGroupNames: false });
    await scim.group('Sales');
    expect((await scim.send('POST', '/Groups', group('Sales'))).status).toBe(201);
  });

  it('counts from the moment it is set, and says which groups share a name', async () => {
    const scim = await server.identityServer({ uniqueGroupNames: false });
    const first = await scim.group('Sales');
    const second = await scim.group('Sales');
    const changed = await server.admin('PATCH', `/identity-servers/${scim.slug}`, { uniqueGroupNames: true });
    expect(valueAt(changed, 'warnings')).toContainEqual(
      expect.stringMatching(new RegExp(`${second}.*Sales.*${first}`)),
    );
    expectError(await scim.send('POST', '/Groups', group('Sales')), 409, 'uniqueness');
  });
});

describe('the setting uniqueExternalIds', () => {
  it('refuses a second resource of the same type with the externalId; without it that is allowed', async () => {
    const unique = await server.identityServer({ uniqueExternalIds: true });
    const shared = await server.identityServer();
    for (const scim of [unique, shared]) await create(scim, { userName: 'a', externalId: 'X-1' });
    const refused = await create(unique, { userName: 'b', externalId: 'X-1' });
    expect(expectError(refused, 409, 'uniqueness')).toContain('externalId');
    expect((await create(shared, { userName: 'b', externalId: 'X-1' })).status).toBe(201);
    // externalId is caseExact (RFC 7643 §3.1).
    expect((await create(unique, { userName: 'c', externalId: 'x-1' })).status).toBe(201);
    for (const userName of ['d', 'e']) expect((await create(unique, { userName })).status).toBe(201);
    const group = { schemas: [GROUP], displayName: 'G', externalId: 'X-1' };
    expect((await unique.send('POST', '/Groups', group)).status).toBe(201);
    expectError(await unique.send('POST', '/Groups', { ...group, displayName: 'H' }), 409, 'uniqueness');
  });
});

describe('a create that fails', () => {
  it('leaves nothing behind: no user, no group, no change', async () => {
    const scim = await server.identityServer({ compatibility: 'strict' });
    await create(scim, { userName: 'present' });
    const members = [{ value: 'no such id' }];
    expectError(
      await scim.send('POST', '/Groups', { schemas: [GROUP], displayName: 'Half', members }),
      400,
      'invalidValue',
    );
    expectError(await create(scim, { userName: 'present', title: 'T' }), 409, 'uniqueness');
    expectError(await create(scim, { title: 'T' }), 400, 'invalidValue');
    expect([await total(scim), await total(scim, '/Groups')]).toEqual([1, 0]);
    const changes = async () =>
      Object(await server.admin('GET', `/identity-servers/${scim.slug}/changes`)).changes.length;
    await expect.poll(changes).toBe(1);
  });
});
