import type { JsonObject } from '@rollcall/scim';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { createRandom } from '../harness/random.ts';
import { ENTERPRISE } from '../harness/scim-client.ts';
import { textAt } from '../harness/value-at.ts';
import type { PlainDirectory } from '../people/directory.ts';
import { allResources } from './harness/feed.ts';

/**
 * A directory without those who are not active, and what is said of them: whether they were ever sent is chance. With
 * `assigned` (externalIds of groups), without those who are in none of these groups, however deep.
 */
export function activeOnly(
  { users, groups, memberships, managers }: PlainDirectory,
  assigned?: readonly string[],
): PlainDirectory {
  const inReach = assigned === undefined ? undefined : below(assigned, memberships);
  const isIn = (one: { readonly externalId?: string | boolean }) => inReach?.has(String(one.externalId)) ?? true;
  const present = users.filter((user) => user.active === true && isIn(user));
  const teams = groups.filter(isIn);
  const ids = new Set([...present, ...teams].map((one) => one.externalId));
  const isBetween = (pair: string) => pair.split(': ').every((id) => ids.has(id));
  return {
    users: present,
    groups: teams,
    memberships: memberships.filter(isBetween),
    managers: managers.filter(isBetween),
  };
}

function below(assigned: readonly string[], memberships: readonly string[]): ReadonlySet<string> {
  const members = Map.groupBy(memberships, (pair) => pair.split(': ')[0]);
  const reached = new Set(assigned);
  // A set that grows while it is walked is walked to its end.
  for (const id of reached) for (const pair of members.get(id) ?? []) reached.add(pair.split(': ')[1] ?? '');
  return reached;
}

/** Changes people, memberships and groups at random, some at a time. */
export async function liveAtRandom(hr: TestIdentityServer, seed: number, operations: number): Promise<void> {
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
  // Groups that come and go; none of them is assigned.
  const passing = groups.slice(-3);
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
    // Groups nest, in circles too.
    () =>
      hr.patch(`/Groups/${random.pick(groups)}`, {
        op: 'add',
        path: 'members',
        value: [{ value: random.pick(groups) }],
      }),
    () =>
      hr.patch(`/Groups/${random.pick(groups)}`, { op: 'remove', path: `members[value eq "${random.pick(groups)}"]` }),
    () => hr.patch(`/Groups/${random.pick(groups)}`, { op: 'replace', path: 'members', value: members() }),
    () => hr.delete(`/Groups/${random.pick(passing)}`),
    async (n) => {
      const { body } = await hr.post('/Groups', {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
        displayName: `New ${seed}.${n}`,
        externalId: `new.${seed}.${n}`,
        members: members(),
      });
      passing.push(textAt(body, '$.id'));
    },
  ];
  for (let done = 0; done < operations; done += 4) {
    await Promise.all(Array.from({ length: 4 }, (_, n) => random.pick(acts)(done + n)));
  }
}
