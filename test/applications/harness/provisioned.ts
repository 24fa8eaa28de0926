import type { Company, Person, Team } from '../../people/company.ts';

/**
 * What an application must hold, by the generator's own model: people as they were last sent. Whoever left is there with
 * `active` false and everything else as it was; whoever was never there is not. `expectedDirectory` takes it as it is.
 */
export interface Provisioned {
  readonly people: readonly Person[];
  readonly groups: readonly Team[];
}

/** Who of a company is provisioned; everybody unless said. */
export interface Reach {
  /** By externalId: people and groups, and whether the groups in a group count too. */
  readonly assigned?: readonly { readonly externalId: string; readonly nested: boolean }[];
  /** Values that are gone from the directory stay at the target. */
  readonly keepsEmpty?: boolean;
}

export const NOBODY: Provisioned = { people: [], groups: [] };

/** What is there after the company has become what it is, where `before` was there. */
export function provisioned(before: Provisioned, company: Company, reach: Reach = {}): Provisioned {
  const inReach = reachOf(company, reach);
  const held = new Map(before.people.map((person) => [person.externalId, person]));
  const present = company.people.filter((person) => person.active && inReach.has(person.externalId));
  const there = new Set([...held.keys(), ...present.map((person) => person.externalId)]);
  const after = new Map([...held].map(([id, person]) => [id, { ...person, active: false }]));
  for (const person of present) after.set(person.externalId, sent(person, held.get(person.externalId), there, reach));
  const teams = company.groups.filter((team) => inReach.has(team.externalId));
  const known = new Set([...there, ...teams.map((team) => team.externalId)]);
  return {
    people: [...after.values()],
    groups: teams.map((team) => ({ ...team, members: team.members.filter((id) => known.has(id)) })),
  };
}

function sent(person: Person, last: Person | undefined, there: ReadonlySet<string>, reach: Reach): Person {
  // A manager that is not there yet is waited for, and the one before stays.
  const isWaiting = person.manager !== '' && !there.has(person.manager);
  const manager = isWaiting ? (last?.manager ?? '') : person.manager;
  if (reach.keepsEmpty !== true || last === undefined) return { ...person, manager };
  return {
    ...person,
    manager,
    phone: person.phone || last.phone,
    title: person.title || last.title,
    department: person.department || last.department,
  };
}

function reachOf({ people, groups }: Company, { assigned }: Reach): ReadonlySet<string> {
  if (assigned === undefined) return new Set([...people, ...groups].map((one) => one.externalId));
  const teams = new Map(groups.map((team) => [team.externalId, team]));
  const reached = new Set<string>();
  function take(id: string, nested: boolean): void {
    if (reached.has(id)) return;
    reached.add(id);
    for (const member of teams.get(id)?.members ?? []) {
      if (nested) take(member, nested);
      else reached.add(member);
    }
  }
  for (const { externalId, nested } of assigned) take(externalId, nested);
  return reached;
}
