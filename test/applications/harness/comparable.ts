import type { Company, Person } from '../../people/company.ts';
import type { ComparableGroup, ComparableUser } from '../../targets/comparable.ts';
import type { Provisioned } from './provisioned.ts';

/** What a target must hold, as `TestTarget` shows what it does. */
export interface Comparable {
  readonly users: readonly ComparableUser[];
  readonly groups: readonly ComparableGroup[];
}

/** The same as `comparableUsers` and `comparableGroups` make of a target's resources. */
export function comparable({ people, groups }: Provisioned, company: Company): Comparable {
  const names = new Map<string, string>([
    ...people.map((person) => [person.externalId, person.userName] as const),
    ...company.groups.map((team) => [team.externalId, team.name] as const),
  ]);
  const present = new Set([...people, ...groups].map((one) => one.externalId));
  const nameOf = (id: string): string => names.get(id) ?? id;
  return {
    users: people
      .map((person) => comparableUser(person, nameOf))
      .toSorted((left, right) => compare(left.userName, right.userName)),
    groups: groups
      .map((team) => ({
        displayName: team.name,
        externalId: team.externalId,
        members: team.members
          .filter((id) => present.has(id))
          .map(nameOf)
          .toSorted(compare),
      }))
      .toSorted((left, right) => compare(left.displayName, right.displayName)),
  };
}

function comparableUser(person: Person, nameOf: (id: string) => string): ComparableUser {
  return {
    userName: person.userName,
    externalId: person.externalId,
    active: person.active,
    displayName: person.displayName,
    givenName: person.givenName,
    familyName: person.familyName,
    title: person.title || undefined,
    email: person.email,
    department: person.department || undefined,
    manager: person.manager === '' ? undefined : nameOf(person.manager),
  };
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
