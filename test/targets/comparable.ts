import { ENTERPRISE } from './protocol/schemas.ts';
import { type Complex, isComplex, read, type Value } from './protocol/value.ts';

/** A user without what each server says in its own way: ids, dates, order. Undefined is unassigned. */
export interface ComparableUser {
  readonly userName: string;
  readonly externalId: string | undefined;
  readonly active: boolean | undefined;
  readonly displayName: string | undefined;
  readonly givenName: string | undefined;
  readonly familyName: string | undefined;
  readonly title: string | undefined;
  /** Value of the work address. */
  readonly email: string | undefined;
  readonly department: string | undefined;
  /** userName of the manager; the id itself when it is nobody's. */
  readonly manager: string | undefined;
}

export interface ComparableGroup {
  readonly displayName: string;
  readonly externalId: string | undefined;
  /** userNames of users, displayNames of groups, the id itself when it is nobody's; sorted. */
  readonly members: readonly string[];
}

/** Sorted by userName. */
export function comparableUsers(users: readonly Complex[]): ComparableUser[] {
  const names = namesOf(users);
  return users
    .map((user) => {
      const extension = complexAt(user, ENTERPRISE);
      const name = complexAt(user, 'name');
      const manager = textAt(complexAt(extension, 'manager'), 'value');
      const active = read(user, 'active');
      return {
        userName: textAt(user, 'userName') ?? '',
        externalId: textAt(user, 'externalId'),
        active: typeof active === 'boolean' ? active : undefined,
        displayName: textAt(user, 'displayName'),
        givenName: textAt(name, 'givenName'),
        familyName: textAt(name, 'familyName'),
        title: textAt(user, 'title'),
        email: listAt(user, 'emails')
          .filter((email) => read(email, 'type') === 'work')
          .map((email) => textAt(email, 'value'))[0],
        department: textAt(extension, 'department'),
        manager: manager === undefined ? undefined : (names.get(manager) ?? manager),
      };
    })
    .toSorted((left, right) => compare(left.userName, right.userName));
}

/** Sorted by displayName. */
export function comparableGroups(groups: readonly Complex[], users: readonly Complex[]): ComparableGroup[] {
  const names = namesOf([...users, ...groups]);
  return groups
    .map((group) => ({
      displayName: textAt(group, 'displayName') ?? '',
      externalId: textAt(group, 'externalId'),
      members: listAt(group, 'members')
        .map((member) => textAt(member, 'value') ?? '')
        .map((id) => names.get(id) ?? id)
        .toSorted(compare),
    }))
    .toSorted((left, right) => compare(left.displayName, right.displayName));
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

function namesOf(resources: readonly Complex[]): Map<string, string> {
  const nameOf = (one: Complex): string => textAt(one, 'userName') ?? textAt(one, 'displayName') ?? '';
  return new Map(resources.map((one) => [textAt(one, 'id') ?? '', nameOf(one)]));
}

function textAt(object: Complex, name: string): string | undefined {
  const value = read(object, name);
  return typeof value === 'string' ? value : undefined;
}

function complexAt(object: Complex, name: string): Complex {
  const value: Value | undefined = read(object, name);
  return isComplex(value) ? value : {};
}

function listAt(object: Complex, name: string): Complex[] {
  const value = read(object, name);
  return Array.isArray(value) ? value.filter(isComplex) : [];
}
