import type { Json, JsonObject } from '@rollcall/scim';
import type { Company, Person } from './company.ts';

/** What a directory holds, by externalId and in sorted order, so that two of them compare with toEqual. */
export interface PlainDirectory {
  /** Without attributes that are empty, and without managers. */
  readonly users: readonly Readonly<Record<string, string | boolean>>[];
  readonly groups: readonly { readonly externalId: string; readonly name: string }[];
  /** `group: member`, direct members only. */
  readonly memberships: readonly string[];
  /** `person: manager`. */
  readonly managers: readonly string[];
}

/** What must be in a directory after an import; with `exists`, as if the other people were not there. */
export function expectedDirectory(
  { people, groups }: Company,
  exists: (person: Person) => boolean = () => true,
): PlainDirectory {
  const present = people.filter(exists);
  const known = new Set([...present, ...groups].map((one) => one.externalId));
  return {
    users: sortedById(present.map(({ manager: _, ...person }) => withoutEmpty(person))),
    groups: sortedById(groups.map(({ externalId, name }) => ({ externalId, name }))),
    memberships: groups
      .flatMap((team) => team.members.filter((id) => known.has(id)).map((id) => `${team.externalId}: ${id}`))
      .sort(),
    managers: present.flatMap((one) => (known.has(one.manager) ? [`${one.externalId}: ${one.manager}`] : [])).sort(),
  };
}

/** The same of User and Group resources as a SCIM server answers them; members without externalId keep their id. */
export function directoryOf(users: readonly JsonObject[], groups: readonly JsonObject[]): PlainDirectory {
  const names = new Map([...users, ...groups].map((one) => [String(one.id), String(one.externalId)]));
  const nameOf = (reference: Json | undefined) => {
    const id = String(object(reference).value);
    return names.get(id) ?? id;
  };
  return {
    users: sortedById(users.map(plainUser)),
    groups: sortedById(groups.map((one) => ({ externalId: String(one.externalId), name: String(one.displayName) }))),
    memberships: groups
      .flatMap((group) => list(group.members).map((member) => `${group.externalId}: ${nameOf(member)}`))
      .sort(),
    managers: users
      .flatMap((user) => {
        const { manager } = object(user[ENTERPRISE]);
        return manager === undefined ? [] : [`${user.externalId}: ${nameOf(manager)}`];
      })
      .sort(),
  };
}

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function plainUser(user: JsonObject): Record<string, string | boolean> {
  const name = object(user.name);
  const enterprise = object(user[ENTERPRISE]);
  return withoutEmpty({
    externalId: text(user.externalId),
    userName: text(user.userName),
    givenName: text(name.givenName),
    familyName: text(name.familyName),
    displayName: text(user.displayName),
    email: workValue(user.emails),
    phone: workValue(user.phoneNumbers),
    title: text(user.title),
    department: text(enterprise.department),
    employeeNumber: text(enterprise.employeeNumber),
    active: user.active !== false,
  });
}

const workValue = (values: Json | undefined): string =>
  text(
    list(values)
      .map(object)
      .find((one) => one.type === 'work')?.value,
  );

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const object = (value: Json | undefined): JsonObject =>
  // What is neither a list nor null is a JSON object.
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

function withoutEmpty(given: Readonly<Record<string, string | boolean>>): Record<string, string | boolean> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}

const sortedById = <T extends Readonly<Record<string, string | boolean>>>(list: readonly T[]): T[] =>
  [...list].sort((a, b) => (String(a.externalId) < String(b.externalId) ? -1 : 1));
