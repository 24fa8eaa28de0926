import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from '../http/expect-error.fixture.ts';
import { type RunningServer, runServer, type TestClient } from '../http/running-server.fixture.ts';
import { listAt, textAt, valueAt } from '../http/value-at.fixture.ts';

let server: RunningServer;
let scim: TestClient;
beforeAll(async () => {
  server = await runServer();
  scim = await server.identityServer({ uniqueGroupNames: false });
});
afterAll(() => server.stop());

/** `display: type` of each group that a user belongs to. */
async function groupsOf(user: string): Promise<string[]> {
  const { body } = await scim.send('GET', `/Users/${user}`);
  const groups = valueAt(body, 'groups') === undefined ? [] : listAt(body, 'groups');
  return groups.map((group) => `${textAt(group, 'display')}: ${textAt(group, 'type')}`);
}
const add = (group: string, member: string) =>
  scim.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: member }] });

describe('the groups of a user', () => {
  it('are direct, and indirect through groups in groups, each once (RFC 7643 §4.1.2)', async () => {
    const user = await scim.user();
    const team = await scim.group('Team', [user]);
    const unit = await scim.group('Unit', [team]);
    const whole = await scim.group('Whole', [unit, user]);
    await scim.group('Elsewhere', [await scim.user()]);
    expect(await groupsOf(user)).toEqual(['Team: direct', 'Unit: indirect', 'Whole: direct']);
    const { body } = await scim.send('GET', `/Users/${user}`);
    expect(listAt(body, 'groups').at(-1)).toEqual({
      value: whole,
      $ref: `${server.origin}${scim.base}/Groups/${whole}`,
      display: 'Whole',
      type: 'direct',
    });
  });

  it('are the same in a list as on their own', async () => {
    const user = await scim.user({ userName: 'listed' });
    await scim.group('Upper', [await scim.group('Lower', [user])]);
    const alone = valueAt((await scim.send('GET', `/Users/${user}`)).body, 'groups');
    const listed = await scim.send('GET', '/Users?filter=userName%20eq%20%22listed%22');
    expect(valueAt(listed.body, 'Resources', 0, 'groups')).toEqual(alone);
    expect(listAt(alone)).toHaveLength(2);
  });

  it('follow whoever joins or leaves in between, at any distance', async () => {
    const user = await scim.user();
    const low = await scim.group('Low', [user]);
    const middle = await scim.group('Middle', [low]);
    await scim.group('High', [middle]);
    expect(await groupsOf(user)).toEqual(['Low: direct', 'Middle: indirect', 'High: indirect']);
    await scim.patch(`/Groups/${middle}`, { op: 'remove', path: `members[value eq "${low}"]` });
    expect(await groupsOf(user)).toEqual(['Low: direct']);
    await add(middle, low);
    await scim.patch(`/Groups/${low}`, { op: 'replace', path: 'displayName', value: 'Lowest' });
    expect(await groupsOf(user)).toEqual(['Lowest: direct', 'Middle: indirect', 'High: indirect']);
  });

  it('are read only: a POST ignores them, and a PATCH of them is refused or ignored (RFC 7643 §4.1.2)', async () => {
    const group = await scim.group('Closed');
    const user = await scim.user({ groups: [{ value: group }] });
    expect(await groupsOf(user)).toEqual([]);
    const answer = await scim.patch(`/Users/${user}`, { op: 'add', path: 'groups', value: [{ value: group }] });
    expectError(answer, 400, 'mutability');
    expect(await groupsOf(user)).toEqual([]);
  });

  it('find users by filter, direct membership only', async () => {
    const user = await scim.user();
    const group = await scim.group('Filtered', [user]);
    const filter = encodeURIComponent(`groups.value eq "${group}"`);
    const found = await scim.send('GET', `/Users?filter=${filter}`);
    expect(listAt(found.body, 'Resources').map((resource) => valueAt(resource, 'id'))).toEqual([user]);
  });
});

describe('groups that are members of each other', () => {
  it('are answered all the same: every group of a circle is indirect or direct, and none twice', async () => {
    const user = await scim.user();
    const one = await scim.group('One', [user]);
    const two = await scim.group('Two', [one]);
    const three = await scim.group('Three', [two]);
    expect((await add(one, three)).status).toBe(200);
    expect(await groupsOf(user)).toEqual(['One: direct', 'Two: indirect', 'Three: indirect']);
    const members = listAt((await scim.send('GET', `/Groups/${one}`)).body, 'members').map((each) =>
      valueAt(each, 'value'),
    );
    expect(members).toEqual([user, three]);
    expect((await scim.send('DELETE', `/Groups/${two}`)).status).toBe(204);
    expect(await groupsOf(user)).toEqual(['One: direct']);
  });

  it('may be as many as they like: a ring of 200', async () => {
    const user = await scim.user();
    const ring: string[] = [];
    for (let n = 0; n < 200; n++) ring.push(await scim.group(`Ring ${n}`, [ring.at(-1) ?? user]));
    await add(ring[0] ?? '', ring.at(-1) ?? '');
    const groups = await groupsOf(user);
    expect([groups.length, new Set(groups).size]).toEqual([200, 200]);
    expect(groups.filter((group) => group.endsWith(': direct'))).toEqual(['Ring 0: direct']);
  });

  it('but not of themselves: 400', async () => {
    const group = await scim.group('Self');
    expect(expectError(await add(group, group), 400, 'invalidValue')).toContain('itself');
  });
});
