import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from '../http/expect-error.fixture.ts';
import { ENTERPRISE, type RunningServer, runServer, type TestClient, USER } from '../http/running-server.fixture.ts';
import { listAt, valueAt } from '../http/value-at.fixture.ts';

let server: RunningServer;
let scim: TestClient;
beforeAll(async () => {
  server = await runServer();
});
beforeAll(async () => {
  scim = await server.identityServer();
});
afterAll(() => server.stop());

const read = async (path: string) => (await scim.send('GET', path)).body;
const employee = (manager: string, more = {}) =>
  scim.user({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { manager: { value: manager }, ...more } });

describe('a deleted resource', () => {
  it('is gone for every method, and for every list (RFC 7644 §3.6)', async () => {
    const id = await scim.user({ userName: 'leaver' });
    expect((await scim.send('DELETE', `/Users/${id}`)).status).toBe(204);
    expectError(await scim.send('GET', `/Users/${id}`), 404);
    expectError(await scim.send('PUT', `/Users/${id}`, { schemas: [USER], userName: 'leaver' }), 404);
    expectError(await scim.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'T' }), 404);
    expectError(await scim.send('DELETE', `/Users/${id}`), 404);
    const found = await read('/Users?filter=userName%20eq%20%22leaver%22');
    expect(valueAt(found, 'totalResults')).toBe(0);
  });

  it('is nobody’s manager any more: those who reported to it change', async () => {
    const boss = await scim.user();
    const alone = `/Users/${await employee(boss)}`;
    const also = `/Users/${await employee(boss, { department: 'Sales' })}`;
    const other = `/Users/${await employee(await scim.user())}`;
    const before = [await read(alone), await read(also), await read(other)].map((body) =>
      valueAt(body, 'meta', 'version'),
    );
    await scim.send('DELETE', `/Users/${boss}`);
    expect(valueAt(await read(alone), ENTERPRISE)).toBeUndefined();
    expect(valueAt(await read(alone), 'schemas')).toEqual([USER]);
    expect(valueAt(await read(also), ENTERPRISE)).toEqual({ department: 'Sales' });
    expect(valueAt(await read(other), ENTERPRISE, 'manager', 'value')).toEqual(expect.any(String));
    const after = [await read(alone), await read(also), await read(other)].map((body) =>
      valueAt(body, 'meta', 'version'),
    );
    expect(after.map((version, index) => version === before[index])).toEqual([false, false, true]);
    const filter = encodeURIComponent(`${ENTERPRISE}:manager.value eq "${boss}"`);
    expect(valueAt(await read(`/Users?filter=${filter}`), 'totalResults')).toBe(0);
  });

  it('is nobody’s manager any more, however many reported to it', async () => {
    const boss = await scim.user();
    const reports = await Promise.all(Array.from({ length: 450 }, () => employee(boss)));
    expect((await scim.send('DELETE', `/Users/${boss}`)).status).toBe(204);
    const filter = encodeURIComponent(`${ENTERPRISE}:manager.value pr and id eq "${reports.at(-1)}"`);
    expect(valueAt(await read(`/Users?filter=${filter}`), 'totalResults')).toBe(0);
    const all = encodeURIComponent(`${ENTERPRISE}:manager.value eq "${boss}"`);
    expect(valueAt(await read(`/Users?filter=${all}`), 'totalResults')).toBe(0);
  });

  it('is no member any more: the version and lastModified of its groups move', async () => {
    const id = await scim.user();
    const stays = await scim.user();
    const group = `/Groups/${await scim.group('With', [id, stays])}`;
    const without = `/Groups/${await scim.group('Without', [stays])}`;
    const before = [await read(group), await read(without)];
    await scim.send('DELETE', `/Users/${id}`);
    const after = [await read(group), await read(without)];
    expect(listAt(after[0], 'members').map((member) => valueAt(member, 'value'))).toEqual([stays]);
    expect(valueAt(after[0], 'meta', 'version')).not.toBe(valueAt(before[0], 'meta', 'version'));
    expect(
      String(valueAt(after[0], 'meta', 'lastModified')) >= String(valueAt(before[0], 'meta', 'lastModified')),
    ).toBe(true);
    expect(after[1]).toEqual(before[1]);
  });

  it('that is a group leaves its members, who then belong to it no longer', async () => {
    const id = await scim.user();
    const inner = await scim.group('Inner', [id]);
    const outer = await scim.group('Outer', [inner]);
    await scim.send('DELETE', `/Groups/${inner}`);
    expect(valueAt(await read(`/Users/${id}`), 'groups')).toBeUndefined();
    expect(valueAt(await read(`/Groups/${outer}`), 'members')).toEqual([]);
  });

  it('stands in the change feed with what it was, and so does each group that lost it', async () => {
    const own = await server.identityServer();
    const id = await own.user({ userName: 'noted', externalId: 'ext' });
    const group = await own.group('Noting', [id]);
    await own.send('DELETE', `/Users/${id}`);
    const newest = async () =>
      Object(await server.admin('GET', `/identity-servers/${own.slug}/changes`)).changes.slice(-2);
    await expect
      .poll(newest)
      .toEqual(
        expect.arrayContaining([
          expect.objectContaining({ kind: 'deleted', type: 'User', id, label: 'noted', externalId: 'ext' }),
          expect.objectContaining({ kind: 'members', type: 'Group', id: group, membersRemoved: [id] }),
        ]),
      );
  });
});
