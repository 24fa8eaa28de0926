import { ENTERPRISE_USER_SCHEMA } from '@rollcall/scim';
import type { ObjectType } from '../source.ts';

/** Where one of Entra's attributes is found in a SCIM resource. */
export type AliasMeaning =
  /** The value of a SCIM path. */
  | { readonly kind: 'path'; readonly path: string }
  /**
   * A value of one element of a multi-valued attribute: of the first that one of the filters finds, in their order.
   * The element is chosen before the value, so that two parts of an address never come from two addresses.
   */
  | { readonly kind: 'element'; readonly attribute: string; readonly filters: readonly string[]; readonly sub: string }
  /** userName; of a guest, whose name is `alias_domain#EXT#@tenant`, the address that it was made of. */
  | { readonly kind: 'userPrincipalName' }
  /** What stands before the @ of userName. SCIM has no mail alias: nickName is what somebody is casually called. */
  | { readonly kind: 'mailNickname' }
  /** `active`; an account that does not say so is enabled. */
  | { readonly kind: 'accountEnabled' }
  /** Roles with their names, for the functions that make roles of them. */
  | { readonly kind: 'appRoleAssignments' }
  /** Whether the object is out of scope: computed, no attribute of the directory. */
  | { readonly kind: 'isSoftDeleted' };

export interface Alias {
  /** As Entra spells it; found in any case. */
  readonly name: string;
  readonly type: ObjectType;
  readonly meaning: AliasMeaning;
}

/** The names by which people who know Entra call attributes, and what they mean in a directory that speaks SCIM. */
export const ALIASES: readonly Alias[] = [
  ...user({
    objectId: path('id'),
    userPrincipalName: { kind: 'userPrincipalName' },
    originalUserPrincipalName: path('userName'),
    mailNickname: { kind: 'mailNickname' },
    accountEnabled: { kind: 'accountEnabled' },
    IsSoftDeleted: { kind: 'isSoftDeleted' },
    givenName: path('name.givenName'),
    surname: path('name.familyName'),
    jobTitle: path('title'),
    employeeType: path('userType'),
    employeeId: enterprise('employeeNumber'),
    companyName: enterprise('organization'),
    department: enterprise('department'),
    division: enterprise('division'),
    costCenter: enterprise('costCenter'),
    manager: enterprise('manager'),
    mail: element('emails', ['type eq "work"', 'primary eq true', 'value pr'], 'value'),
    otherMails: path('emails[type ne "work"].value'),
    proxyAddresses: path('emails.value'),
    telephoneNumber: element('phoneNumbers', ['type eq "work"', 'not (type pr)'], 'value'),
    mobile: element('phoneNumbers', ['type eq "mobile"'], 'value'),
    facsimileTelephoneNumber: element('phoneNumbers', ['type eq "fax"'], 'value'),
    physicalDeliveryOfficeName: address('formatted'),
    streetAddress: address('streetAddress'),
    city: address('locality'),
    state: address('region'),
    postalCode: address('postalCode'),
    country: address('country'),
    appRoleAssignments: { kind: 'appRoleAssignments' },
  }),
  { name: 'objectId', type: 'Group', meaning: path('id') },
  { name: 'IsSoftDeleted', type: 'Group', meaning: { kind: 'isSoftDeleted' } },
];

const byName = new Map(ALIASES.map((alias) => [`${alias.type} ${alias.name.toLowerCase()}`, alias]));

/** The alias of that name in any case. */
export function aliasOf(type: ObjectType, name: string): Alias | undefined {
  return byName.get(`${type} ${name.toLowerCase()}`);
}

function user(meanings: Readonly<Record<string, AliasMeaning>>): Alias[] {
  return Object.entries(meanings).map(([name, meaning]) => ({ name, type: 'User', meaning }));
}

function path(text: string): AliasMeaning {
  return { kind: 'path', path: text };
}

function enterprise(name: string): AliasMeaning {
  return path(`${ENTERPRISE_USER_SCHEMA}:${name}`);
}

function element(attribute: string, filters: readonly string[], sub: string): AliasMeaning {
  return { kind: 'element', attribute, filters, sub };
}

/** Of the work address, or of one that does not say what it is; never of somebody's home. */
function address(sub: string): AliasMeaning {
  return element('addresses', ['type eq "work"', 'not (type pr)'], sub);
}
