import { ENTERPRISE_USER_SCHEMA } from '@rollcall/scim';
import type { AttributeMapping, MappingSource, Mappings, ObjectMapping } from './model.ts';

const ENTERPRISE = `${ENTERPRISE_USER_SCHEMA}:`;

/**
 * The mappings that an application begins with: those of an application that is not in Microsoft's gallery. One row
 * differs: Microsoft sends mailNickname as externalId, and at the same time advises against it, because it is neither
 * unique nor always there. The object's id is both.
 */
export function defaultMappings(): Mappings {
  return { users: objectMapping(USER_ROWS), groups: objectMapping(GROUP_ROWS) };
}

const objectMapping = (attributes: readonly AttributeMapping[]): ObjectMapping => ({
  enabled: true,
  create: true,
  update: true,
  delete: true,
  attributes,
  targetAttributes: [],
  filters: [],
});

const row = (target: string, source: MappingSource, matching = 0): AttributeMapping => ({
  target,
  source,
  matching,
  apply: 'always',
});
const direct = (attribute: string, target: string, matching = 0) =>
  row(target, { kind: 'direct', attribute }, matching);
const computed = (expression: string, target: string) => row(target, { kind: 'expression', expression });

const USER_ROWS: readonly AttributeMapping[] = [
  direct('userPrincipalName', 'userName', 1),
  computed('Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'active'),
  direct('displayName', 'displayName'),
  direct('jobTitle', 'title'),
  direct('mail', 'emails[type eq "work"].value'),
  direct('preferredLanguage', 'preferredLanguage'),
  direct('givenName', 'name.givenName'),
  direct('surname', 'name.familyName'),
  computed('Join(" ", [givenName], [surname])', 'name.formatted'),
  direct('physicalDeliveryOfficeName', 'addresses[type eq "work"].formatted'),
  direct('streetAddress', 'addresses[type eq "work"].streetAddress'),
  direct('city', 'addresses[type eq "work"].locality'),
  direct('state', 'addresses[type eq "work"].region'),
  direct('postalCode', 'addresses[type eq "work"].postalCode'),
  direct('country', 'addresses[type eq "work"].country'),
  direct('telephoneNumber', 'phoneNumbers[type eq "work"].value'),
  direct('mobile', 'phoneNumbers[type eq "mobile"].value'),
  direct('facsimileTelephoneNumber', 'phoneNumbers[type eq "fax"].value'),
  direct('objectId', 'externalId'),
  direct('employeeId', `${ENTERPRISE}employeeNumber`),
  direct('department', `${ENTERPRISE}department`),
  direct('manager', `${ENTERPRISE}manager`),
];

const GROUP_ROWS: readonly AttributeMapping[] = [
  direct('displayName', 'displayName', 1),
  direct('objectId', 'externalId'),
  direct('members', 'members'),
];
