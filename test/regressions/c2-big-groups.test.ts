import type { JsonObject } from '@rollcall/scim';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { oneServer } from '../harness/one-server.ts';
import { GROUP, memberIds, USER } from '../harness/scim-client.ts';
import { objectsAt } from '../harness/value-at.ts';

const { tolerant } = oneServer();
const CROWD = 3500;
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

let scim: TestIdentityServer;
let users: readonly string[];
beforeAll(async () => {
  scim = await tolerant();
  for (let from = 0; from < CROWD; from += 500) {
    const Operations = Array.from({ length: 500 }, (_, index) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `u${from + index}`,
      data: { schemas: [USER], userName: `crowd-${from + index}` },
    }));
    await scim.post('/Bulk', { schemas: [BULK], Operations });
  }
  users = await allIds(scim);
});

/** Ids of all users, page by page. */
async function allIds(client: TestIdentityServer): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const { body } = await client.get(`/Users?startIndex=${ids.length + 1}&count=1000&attributes=id`);
    const page = objectsAt(body, '$.Resources').map((resource) => String(resource.id));
    ids.push(...page);
    if (page.length === 0) return ids;
  }
}

const refer = (ids: readonly string[]): JsonObject[] => ids.map((value) => ({ value }));

describe('groups of hundreds and thousands in the field', () => {
  // FusionAuth/fusionauth-issues#2784
  it('C-53 neither truncates a big group nor removes more than it was told', async () => {
    expect(users).toHaveLength(CROWD);
    for (const size of [101, 1001]) {
      const ids = users.slice(0, size);
      const group = await scim.group(`Of ${size}`, ids);
      expect(await scim.members(group)).toEqual(ids.toSorted());
      const [first] = ids;
      const answer = await scim.patch(`/Groups/${group}`, { op: 'remove', path: `members[value eq "${first}"]` });
      expect([200, 204]).toContain(answer.status);
      expect(await scim.members(group)).toEqual(ids.slice(1).toSorted());
      const renamed = await scim.patch(`/Groups/${group}`, {
        op: 'replace',
        path: 'displayName',
        value: `Was ${size}`,
      });
      expect([200, 204]).toContain(renamed.status);
      expect(await scim.members(group)).toHaveLength(size - 1);
      await scim.delete(`/Groups/${group}`);
    }
  });

  // FusionAuth/fusionauth-issues#3307
  it('C-54 lists a group of 3,500 members, with them and without', async () => {
    const group = await scim.group('Everybody', users);
    const whole = await scim.get('/Groups');
    expect(whole.status).toBe(200);
    expect(objectsAt(whole.body, '$.Resources').map((resource) => memberIds(resource).length)).toEqual([CROWD]);
    const lean = await scim.get('/Groups?excludedAttributes=members');
    expect(objectsAt(lean.body, '$.Resources').map((resource) => 'members' in resource)).toEqual([false]);
    await scim.delete(`/Groups/${group}`);
  });

  // goauthentik/authentik#20410
  it('C-55 takes 1,000 operations and 3,500 values in one PATCH', async () => {
    const group = await scim.group('Pushed');
    const path = `/Groups/${group}`;
    const one = users.slice(0, 1000).map((value) => ({ op: 'add', path: 'members', value: [{ value }] }));
    expect((await scim.patch(path, ...one)).status).toBe(204);
    expect(await scim.members(group)).toHaveLength(1000);
    expect((await scim.patch(path, { op: 'add', path: 'members', value: refer(users) })).status).toBe(204);
    expect(await scim.members(group)).toHaveLength(CROWD);
    const put = await scim.put(path, { schemas: [GROUP], displayName: 'Pushed', members: refer(users.slice(1)) });
    expect([put.status, memberIds(put.body).length]).toEqual([200, CROWD - 1]);
  });
});
