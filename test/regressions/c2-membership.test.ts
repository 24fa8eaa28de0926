import { describe, expect, it } from 'vitest';
import { administer } from '../harness/admin.ts';
import { expectScimError } from '../harness/expect-scim-error.ts';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { oneServer } from '../harness/one-server.ts';
import { GROUP, memberIds } from '../harness/scim-client.ts';
import { valueAt } from '../harness/value-at.ts';

const { tolerant, strict, running } = oneServer();
const ABSENT = '00000000-0000-7000-8000-000000000000';

/** Three users and a group of all of them. */
async function withGroup(scim: TestIdentityServer) {
  const [a, b, c] = await Promise.all([scim.user(), scim.user(), scim.user()]);
  const group = await scim.group('Crew', [a, b, c]);
  return { a, b, c, group, path: `/Groups/${group}`, all: [a, b, c].toSorted() };
}

describe('group membership and rename in the field', () => {
  // simpleidserver/SimpleIdServer#164 and #244, apache/directory-scimple#436, AzureAD/SCIMReferenceCode#10
  it('C-11 removes only the members listed in the value of a remove', async () => {
    for (const make of [tolerant, strict]) {
      const scim = await make();
      const { a, b, c, path } = await withGroup(scim);
      const answer = await scim.patch(path, { op: 'remove', path: 'members', value: [{ value: a }] });
      expect([answer.status, memberIds(answer.body)]).toEqual([200, [b, c].toSorted()]);
    }
  });

  // pingidentity/scim2#174, ssoready/ssoready#182, pond/scimitar#43
  it('C-12 takes the value of a remove as an array, an object or an id', async () => {
    const scim = await tolerant();
    for (const shape of [(id: string) => [{ value: id }], (id: string) => ({ value: id }), (id: string) => id]) {
      const group = await withGroup(scim);
      const answer = await scim.patch(group.path, { op: 'Remove', path: 'members', value: shape(group.b) });
      expect([answer.status, memberIds(answer.body)]).toEqual([200, [group.a, group.c].toSorted()]);
      await scim.delete(group.path);
    }
  });

  // simpleidserver/SimpleIdServer#696
  it('C-13 removes exactly the member that members[value eq "id"] names', async () => {
    const scim = await strict();
    const { a, b, c, path } = await withGroup(scim);
    const answer = await scim.patch(path, { op: 'remove', path: `members[value eq "${b}"]` });
    expect([answer.status, memberIds(answer.body)]).toEqual([200, [a, c].toSorted()]);
  });

  // Captain-P-Goldfish/SCIM-SDK#757
  it('C-14 empties a group by replace of members with an empty array', async () => {
    const scim = await strict();
    const { path } = await withGroup(scim);
    const answer = await scim.patch(path, { op: 'replace', path: 'members', value: [] });
    expect([answer.status, memberIds(answer.body)]).toEqual([200, []]);
    const again = await scim.patch(path, { op: 'replace', path: 'members', value: [] });
    expect([again.status, again.headers.etag]).toEqual([200, answer.headers.etag]);
  });

  // Captain-P-Goldfish/scim-for-keycloak#144
  it('C-15 replaces all members by a replace of members', async () => {
    const scim = await strict();
    const { c, path } = await withGroup(scim);
    const d = await scim.user();
    const answer = await scim.patch(path, { op: 'replace', path: 'members', value: [{ value: c }, { value: d }] });
    expect([answer.status, memberIds(answer.body)]).toEqual([200, [c, d].toSorted()]);
  });

  // Metatavu/keycloak-scim-server#101 and #97
  it('C-16 replaces members without a path as with one', async () => {
    const scim = await strict();
    const { a, path } = await withGroup(scim);
    const answer = await scim.patch(path, { op: 'replace', value: { members: [{ value: a }] } });
    expect([answer.status, memberIds(answer.body)]).toEqual([200, [a]]);
  });

  // langwatch/langwatch#7131
  it('C-17 touches members only when an operation names them', async () => {
    const scim = await tolerant();
    const { path, all } = await withGroup(scim);
    await scim.patch(path, { op: 'replace', path: 'displayName', value: 'Renamed' });
    await scim.patch(path, { op: 'replace', path: 'externalId', value: 'e-1' });
    const answer = await scim.patch(path, { op: 'replace', value: { externalId: 'e-2', unheardOf: true } });
    expect([valueAt(answer.body, '$.displayName'), memberIds(answer.body)]).toEqual(['Renamed', all]);
  });

  // langwatch/langwatch#7141
  it('C-18 updates the externalId of a group with and without a path', async () => {
    const scim = await strict();
    const { path } = await withGroup(scim);
    const pathed = await scim.patch(path, { op: 'add', path: 'externalId', value: 'one' });
    expect(valueAt(pathed.body, '$.externalId')).toBe('one');
    const pathless = await scim.patch(path, { op: 'replace', value: { externalId: 'two' } });
    expect(valueAt(pathless.body, '$.externalId')).toBe('two');
    expect(valueAt((await scim.find('/Groups', 'externalId eq "two"')).body, '$.totalResults')).toBe(1);
    expect(valueAt((await scim.find('/Groups', 'externalId eq "one"')).body, '$.totalResults')).toBe(0);
  });

  // jelhub/scimgateway#95
  it('C-19 renames a group by PUT and ignores null sub-attributes of members', async () => {
    const scim = await strict();
    const { a, path, group } = await withGroup(scim);
    const members = [{ value: a, display: null, $ref: null }];
    const answer = await scim.put(path, { schemas: [GROUP], id: group, displayName: 'Renamed', members });
    expect(answer).toMatchObject({ status: 200, body: { displayName: 'Renamed', members: [{ value: a }] } });
    expect(Object.keys(valueAt(answer.body, '$.members[0]') ?? {})).toEqual(['value']);
  });

  // simpleidserver/SimpleIdServer#247
  it('C-20 replaces the members by PUT again and again: immutable is the element, not the list', async () => {
    const scim = await strict();
    const { a, b, c, path } = await withGroup(scim);
    for (const ids of [[a], [b, c], [a, b], []]) {
      const members = ids.map((value) => ({ value }));
      const answer = await scim.put(path, { schemas: [GROUP], displayName: 'Crew', members });
      expect([answer.status, memberIds(answer.body)]).toEqual([200, ids.toSorted()]);
    }
  });

  // Captain-P-Goldfish/SCIM-SDK#419
  it('C-21 adds a member without a type, be it a user or a group', async () => {
    const scim = await strict();
    const { a, group } = await withGroup(scim);
    const parent = await scim.group('Parent');
    const answer = await scim.patch(`/Groups/${parent}`, {
      op: 'add',
      path: 'members',
      value: [{ value: a }, { value: group }],
    });
    expect([answer.status, memberIds(answer.body)]).toEqual([200, [a, group].toSorted()]);
    const user = await scim.get(`/Users/${a}`);
    expect(valueAt(user.body, '$.groups')).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ value: parent, type: 'direct' })]),
    );
  });

  // wso2/product-is#5333, AzureAD/SCIMReferenceCode#10
  it('C-22 keeps one entry when a present member is added (RFC 7644 §3.5.2.1)', async () => {
    const scim = await strict();
    const { a, path, all } = await withGroup(scim);
    const before = await scim.get(path);
    const answer = await scim.patch(path, { op: 'add', path: 'members', value: [{ value: a }, { value: a }] });
    expect([answer.status, memberIds(answer.body)]).toEqual([200, all]);
    expect(answer.body).toEqual(before.body);
  });

  // Infisical/infisical#2138
  it('C-23 succeeds however often an add or a remove is repeated', async () => {
    const scim = await tolerant();
    const { a, b, path } = await withGroup(scim);
    for (let round = 0; round < 3; round++) {
      expect((await scim.patch(path, { op: 'add', path: 'members', value: [{ value: a }] })).status).toBe(200);
      expect((await scim.patch(path, { op: 'remove', path: 'members', value: [{ value: b }] })).status).toBe(200);
    }
    expect(await scim.members(path.slice('/Groups/'.length))).not.toContain(b);
  });

  // wso2/product-is#7475
  it('C-24 answers a remove with the members that are left', async () => {
    const scim = await tolerant();
    const { a, b, c, path } = await withGroup(scim);
    const first = await scim.patch(path, { op: 'remove', path: `members[value eq "${a}"]` });
    expect(memberIds(first.body)).toEqual([b, c].toSorted());
    const second = await scim.patch(path, { op: 'remove', path: 'members', value: [{ value: b }] });
    expect(memberIds(second.body)).toEqual([c]);
  });

  // Infisical/infisical#6552
  it('C-25 needs of a member its value alone, and no schemas in a PATCH', async () => {
    const scim = await tolerant();
    const [a, b] = [await scim.user(), await scim.user()];
    const created = await scim.post('/Groups', { schemas: [GROUP], displayName: 'Plain', members: [{ value: a }] });
    expect([created.status, memberIds(created.body)]).toEqual([201, [a]]);
    const path = `/Groups/${valueAt(created.body, '$.id')}`;
    const Operations = [{ op: 'add', path: 'members', value: [{ value: b }] }];
    const answer = await scim.request('PATCH', path, { Operations });
    expect([answer.status, memberIds(answer.body)]).toEqual([200, [a, b].toSorted()]);
  });

  // BerriAI/litellm#14581, pulumi/docs#13236
  it('C-26 skips unknown members and says which (tolerant), or refuses the whole request (strict)', async () => {
    const scim = await tolerant();
    const group = await withGroup(scim);
    const d = await scim.user();
    const value = [{ value: d }, { value: ABSENT }];
    const answer = await scim.patch(group.path, { op: 'add', path: 'members', value });
    expect([answer.status, memberIds(answer.body)]).toEqual([200, [...group.all, d].toSorted()]);
    expect(answer.headers['rollcall-members-skipped']).toBe(`1; ${ABSENT}`);
    const log = () => administer(running().admin, 'GET', `/identity-servers/${scim.slug}/log?limit=1`);
    const skipped = async () => valueAt((await log()).body, '$.entries[0].membersSkipped');
    await expect.poll(skipped, { timeout: 10_000 }).toBe(1);

    const exact = await strict();
    const other = await withGroup(exact);
    const refused = await exact.patch(other.path, { op: 'add', path: 'members', value: [{ value: ABSENT }] });
    expect(expectScimError(refused, 400, 'invalidValue')).toContain(ABSENT);
    const mixed = [{ value: ABSENT }, { value: await exact.user() }];
    expectScimError(
      await exact.patch(other.path, { op: 'replace', path: 'members', value: mixed }),
      400,
      'invalidValue',
    );
    expect(await exact.members(other.group)).toEqual(other.all);
  });

  // fleetdm/fleet#50724
  it('C-51 loses no member when one request adds while another removes', async () => {
    const scim = await tolerant();
    const stay = await Promise.all(Array.from({ length: 20 }, () => scim.user()));
    const leave = await Promise.all(Array.from({ length: 20 }, () => scim.user()));
    const group = await scim.group('Busy', leave);
    await Promise.all([
      ...stay.map((value) => scim.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value }] })),
      ...leave.map((id) => scim.patch(`/Groups/${group}`, { op: 'remove', path: `members[value eq "${id}"]` })),
    ]);
    expect(await scim.members(group)).toEqual(stay.toSorted());
  });

  // Captain-P-Goldfish/scim-for-keycloak#90 and #107
  it('C-52 ends with N members after N parallel PATCHes that add one each', async () => {
    const scim = await tolerant();
    const users = await Promise.all(Array.from({ length: 60 }, () => scim.user()));
    const group = await scim.group('Crowd');
    const answers = await Promise.all(
      users.map((value) => scim.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value }] })),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(await scim.members(group)).toEqual(users.toSorted());
  });

  // AzureAD/SCIMReferenceCode#20
  it('C-56 ignores an unknown sub-attribute of a member', async () => {
    const scim = await tolerant();
    const id = await scim.user();
    const group = await scim.group('Named');
    const value = [{ value: id, displayName: 'Ann', department: { code: 7 } }];
    const answer = await scim.patch(`/Groups/${group}`, { op: 'add', path: 'members', value });
    expect(answer).toMatchObject({ status: 200, body: { members: [{ value: id }] } });
    expect(valueAt(answer.body, '$.members[0].displayName')).toBeUndefined();
  });
});
