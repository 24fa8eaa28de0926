import type { Role } from '../../store/administrator-contract.ts';

/** Who is in the group has the role; `*` is any group, and none. */
export interface RoleOfGroup {
  readonly role: Role;
  readonly group: string;
}

const HIGHEST_FIRST: readonly Role[] = ['administrator', 'operator', 'auditor'];
const PART = /^\s*(administrator|operator|auditor)\s*=\s*(.*\S)\s*$/s;

/**
 * Reads `administrator=Rollcall Admins,auditor=*`; undefined when it cannot be read. A comma in the name of a group
 * (`CN=Admins,DC=example`) is one of the name where no role follows it.
 */
export function readRolesOfGroups(text: string): RoleOfGroup[] | undefined {
  const parts = text.split(/,(?=\s*(?:administrator|operator|auditor)\s*=)/).filter((part) => part.trim() !== '');
  const roles = parts.map((part): RoleOfGroup | undefined => {
    const [, role, group] = PART.exec(part) ?? [];
    const known = HIGHEST_FIRST.find((one) => one === role);
    return known === undefined || group === undefined ? undefined : { role: known, group };
  });
  const read = roles.filter((one) => one !== undefined);
  return read.length === roles.length && read.length > 0 ? read : undefined;
}

/** The highest role of somebody in these groups; undefined when they have none. Names are compared letter by letter. */
export function roleOfGroups(roles: readonly RoleOfGroup[], groups: readonly string[]): Role | undefined {
  const theirs = roles.filter(({ group }) => group === '*' || groups.includes(group)).map(({ role }) => role);
  return HIGHEST_FIRST.find((role) => theirs.includes(role));
}
