import type { JsonObject } from '@rollcall/scim';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { createRandom } from '../harness/random.ts';
import { ENTERPRISE } from '../harness/scim-client.ts';
import { startServer, type TestServer } from '../harness/server.ts';
import { makeCompany, step } from '../people/company.ts';
import type { PlainDirectory } from '../people/directory.ts';
import { joinBothEnds, writesOfASecondRun } from './both-ends-flow.ts';
import { allResources, feed, plainDirectory } from './harness/feed.ts';

let first: TestServer;
let second: TestServer;
beforeAll(async () => {
  [first, second] = await Promise.all([startServer(), startServer()]);
});
afterAll(() => Promise.all([first.stop(), second.stop()]));

const company = makeCompany({ people: 120, groups: 10, seed: 51 });

/** A directory without those who are not active, and what is said of them: whether they were ever sent is chance. */
function activeOnly({ users, groups, memberships, managers }: PlainDirectory): PlainDirectory {
  const present = users.filter((user) => user.active === true);
  const ids = new Set([...present.map((user) => user.externalId), ...groups.map((group) => group.externalId)]);
  const isBetween = (pair: string) => pair.split(': ').every((id) => ids.has(id));
  return { users: present, groups, memberships: memberships.filter(isBetween), managers: managers.filter(isBetween) };
}

/** Changes people, memberships and groups at random, some at a time. */
async function live(hr: TestIdentityServer, seed: number, operations: number): Promise<void> {
  const random = createRandom(seed);
  const idsOf = async (endpoint: string) => (await allResources(hr, endpoint)).map(({ id }) => String(id));
  const [people, groups] = [await idsOf('/Users'), await idsOf('/Groups')];
  // Nobody's manager leaves, because the last manager that was sent stays until there is another one.
  const managers = people.slice(0, 17);
  const others = people.slice(17);
  const person = (userName: string): JsonObject => ({
    userName,
    externalId: userName,
    active: true,
    displayName: userName,
  });
  const members = () => [{ value: random.pick(others) }, { value: random.pick(others) }];
  const acts: readonly ((n: number) => Promise<unknown>)[] = [
    () => hr.patch(`/Users/${random.pick(others)}`, { op: 'replace', path: 'active', value: random.chance(0.5) }),
    (n) => hr.patch(`/Users/${random.pick(others)}`, { op: 'replace', path: 'displayName', value: `Person ${n}` }),
    (n) => hr.patch(`/Users/${random.pick(others)}`, { op: 'replace', path: 'userName', value: `other.${seed}.${n}` }),
    () =>
      hr.patch(`/Users/${random.pick(others)}`, {
        op: 'replace',
        path: `${ENTERPRISE}:manager`,
        value: { value: random.pick(managers) },
      }),
    () => hr.patch(`/Groups/${random.pick(groups)}`, { op: 'add', path: 'members', value: members() }),
    () =>
      hr.patch(`/Groups/${random.pick(groups)}`, { op: 'remove', path: `members[value eq "${random.pick(others)}"]` }),
    (n) =>
      hr.patch(`/Groups/${random.pick(groups)}`, { op: 'replace', path: 'displayName', value: `Team ${seed}.${n}` }),
    async (n) => others.push(await hr.user(person(`joiner.${seed}.${n}`))),
    () => hr.delete(`/Users/${random.pick(others)}`),
    async (n) => {
      const { body } = await hr.post('/Groups', {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
        displayName: `New ${seed}.${n}`,
        externalId: `new.${seed}.${n}`,
        members: members(),
      });
      return body;
    },
  ];
  for (let done = 0; done < operations; done += 4) {
    await Promise.all(Array.from({ length: 4 }, (_, n) => random.pick(acts)(done + n)));
  }
}

describe('a directory that changes while it is provisioned', () => {
  it('is in the target in the end, however the imports fell into the first cycle', async () => {
    const { hr, crm, application } = await joinBothEnds(first, second, { settings: { guard: { enabled: false } } });
    let now = company;
    await feed(first.admin, hr.slug, now);
    await application.start();
    for (let steps = 0; steps < 4; steps += 1) {
      now = step(now, 6);
      await feed(first.admin, hr.slug, now);
    }
    await application.steady();
    expect(activeOnly(await plainDirectory(crm))).toEqual(activeOnly(await plainDirectory(hr)));
    expect(await application.failures()).toEqual([]);
  });

  it.each([61, 62, 63])(
    'is in the target in the end, whatever single requests change meanwhile (seed %i)',
    async (seed) => {
      const { hr, crm, application } = await joinBothEnds(first, second, { settings: { guard: { enabled: false } } });
      await feed(first.admin, hr.slug, company);
      await application.start();
      await live(hr, seed, 200);
      await application.steady();
      expect(activeOnly(await plainDirectory(crm))).toEqual(activeOnly(await plainDirectory(hr)));
      await live(hr, seed + 100, 200);
      await application.steady();
      expect(activeOnly(await plainDirectory(crm))).toEqual(activeOnly(await plainDirectory(hr)));
      expect(await application.failures()).toEqual([]);
      expect(await writesOfASecondRun(second, { hr, crm, application })).toEqual([]);
    },
  );
});
