import { describe, expect, it } from 'vitest';
import { enterpriseUserSchema } from './core/enterprise-user.ts';
import { groupSchema } from './core/group.ts';
import { resourceTypeSchema } from './core/resource-type.ts';
import { schemaSchema } from './core/schema.ts';
import { serviceProviderConfigSchema } from './core/service-provider-config.ts';
import { userSchema } from './core/user.ts';
import { CORE_RESOURCE_TYPES, CORE_SCHEMAS } from './core.ts';
import type { AttributeDefinition, SchemaDefinition } from './definition.ts';

// name, type, multi-valued, required, caseExact, mutability, returned, uniqueness; `-` where it has no meaning.
const USER = `
userName string n y n readWrite default server
name complex n n - readWrite default -
name.formatted string n n n readWrite default none
name.familyName string n n n readWrite default none
name.givenName string n n n readWrite default none
name.middleName string n n n readWrite default none
name.honorificPrefix string n n n readWrite default none
name.honorificSuffix string n n n readWrite default none
displayName string n n n readWrite default none
nickName string n n n readWrite default none
profileUrl reference n n y readWrite default none
title string n n n readWrite default none
userType string n n n readWrite default none
preferredLanguage string n n n readWrite default none
locale string n n n readWrite default none
timezone string n n n readWrite default none
active boolean n n - readWrite default -
password string n n n writeOnly never none
emails complex y n - readWrite default -
emails.value string n n n readWrite default none
emails.display string n n n readWrite default none
emails.type string n n n readWrite default none
emails.primary boolean n n - readWrite default -
phoneNumbers complex y n - readWrite default -
phoneNumbers.value string n n n readWrite default none
phoneNumbers.display string n n n readWrite default none
phoneNumbers.type string n n n readWrite default none
phoneNumbers.primary boolean n n - readWrite default -
ims complex y n - readWrite default -
ims.value string n n n readWrite default none
ims.display string n n n readWrite default none
ims.type string n n n readWrite default none
ims.primary boolean n n - readWrite default -
photos complex y n - readWrite default -
photos.value reference n n y readWrite default none
photos.display string n n n readWrite default none
photos.type string n n n readWrite default none
photos.primary boolean n n - readWrite default -
addresses complex y n - readWrite default -
addresses.formatted string n n n readWrite default none
addresses.streetAddress string n n n readWrite default none
addresses.locality string n n n readWrite default none
addresses.region string n n n readWrite default none
addresses.postalCode string n n n readWrite default none
addresses.country string n n n readWrite default none
addresses.type string n n n readWrite default none
addresses.primary boolean n n - readWrite default -
groups complex y n - readOnly default -
groups.value string n n y readOnly default none
groups.$ref reference n n y readOnly default none
groups.display string n n n readOnly default none
groups.type string n n n readOnly default none
entitlements complex y n - readWrite default -
entitlements.value string n n n readWrite default none
entitlements.display string n n n readWrite default none
entitlements.type string n n n readWrite default none
entitlements.primary boolean n n - readWrite default -
roles complex y n - readWrite default -
roles.value string n n n readWrite default none
roles.display string n n n readWrite default none
roles.type string n n n readWrite default none
roles.primary boolean n n - readWrite default -
x509Certificates complex y n - readWrite default -
x509Certificates.value binary n n y readWrite default -
x509Certificates.display string n n n readWrite default none
x509Certificates.type string n n n readWrite default none
x509Certificates.primary boolean n n - readWrite default -`;

const ENTERPRISE_USER = `
employeeNumber string n n n readWrite default none
costCenter string n n n readWrite default none
organization string n n n readWrite default none
division string n n n readWrite default none
department string n n n readWrite default none
manager complex n n - readWrite default -
manager.value string n n y readWrite default none
manager.$ref reference n n y readWrite default none
manager.displayName string n n n readOnly default none`;

const GROUP = `
displayName string n y n readWrite default none
members complex y n - readWrite default -
members.value string n n y immutable default none
members.$ref reference n n y immutable default none
members.type string n n n immutable default none
members.display string n n n immutable default none`;

const SERVICE_PROVIDER_CONFIG = `
documentationUri reference n n y readOnly default none
patch complex n y - readOnly default -
patch.supported boolean n y - readOnly default -
bulk complex n y - readOnly default -
bulk.supported boolean n y - readOnly default -
bulk.maxOperations integer n y - readOnly default none
bulk.maxPayloadSize integer n y - readOnly default none
filter complex n y - readOnly default -
filter.supported boolean n y - readOnly default -
filter.maxResults integer n y - readOnly default none
changePassword complex n y - readOnly default -
changePassword.supported boolean n y - readOnly default -
sort complex n y - readOnly default -
sort.supported boolean n y - readOnly default -
etag complex n y - readOnly default -
etag.supported boolean n y - readOnly default -
authenticationSchemes complex y y - readOnly default -
authenticationSchemes.type string n y n readOnly default none
authenticationSchemes.name string n y n readOnly default none
authenticationSchemes.description string n y n readOnly default none
authenticationSchemes.specUri reference n n y readOnly default none
authenticationSchemes.documentationUri reference n n y readOnly default none
authenticationSchemes.primary boolean n n - readOnly default -
pagination complex n n - readOnly default -
pagination.cursor boolean n y - readOnly default -
pagination.index boolean n y - readOnly default -
pagination.defaultPaginationMethod string n n n readOnly default none
pagination.defaultPageSize integer n n - readOnly default none
pagination.maxPageSize integer n n - readOnly default none
pagination.cursorTimeout integer n n - readOnly default none`;

const RESOURCE_TYPE = `
id string n n y readOnly default server
name string n y y readOnly default server
description string n n n readOnly default none
endpoint reference n y y readOnly default server
schema reference n y y readOnly default none
schemaExtensions complex y n - readOnly default -
schemaExtensions.schema reference n y y readOnly default none
schemaExtensions.required boolean n y - readOnly default -`;

const SCHEMA = `
id string n y y readOnly always server
name string n n n readOnly default none
description string n n n readOnly default none
attributes complex y y - readOnly default -
attributes.name string n y y readOnly default none
attributes.type string n y n readOnly default none
attributes.multiValued boolean n y - readOnly default -
attributes.description string n n y readOnly default none
attributes.required boolean n n - readOnly default -
attributes.canonicalValues string y n y readOnly default none
attributes.caseExact boolean n n - readOnly default -
attributes.mutability string n n y readOnly default none
attributes.returned string n n y readOnly default none
attributes.uniqueness string n n y readOnly default none
attributes.referenceTypes string y n y readOnly default none
attributes.subAttributes complex y n - readOnly default -`;

function rows(definitions: readonly AttributeDefinition[], prefix = ''): string[] {
  return definitions.flatMap((definition) => [
    row(definition, prefix),
    ...(prefix === '' ? rows(definition.subAttributes ?? [], `${definition.name}.`) : []),
  ]);
}

function row(definition: AttributeDefinition, prefix: string): string {
  const { name, type, multiValued, required, caseExact, mutability, returned, uniqueness } = definition;
  const cased = ['string', 'reference', 'binary'].includes(type);
  const unique = !['boolean', 'complex', 'binary'].includes(type);
  return [
    `${prefix}${name}`,
    type,
    yes(multiValued),
    yes(required),
    cased ? yes(caseExact) : '-',
    mutability,
    returned,
    unique ? uniqueness : '-',
  ].join(' ');
}

const yes = (value: boolean) => (value ? 'y' : 'n');

function find(schema: SchemaDefinition, path: string): AttributeDefinition | undefined {
  const [name, sub] = path.split('.');
  const found = schema.attributes.find((definition) => definition.name === name);
  return sub === undefined ? found : found?.subAttributes?.find((definition) => definition.name === sub);
}

describe('the core schemas', () => {
  it.each([
    ['User (RFC 7643 §4.1, §8.7.1)', userSchema, USER],
    ['EnterpriseUser (RFC 7643 §4.3, §8.7.1)', enterpriseUserSchema, ENTERPRISE_USER],
    ['Group (RFC 7643 §4.2, §8.7.1)', groupSchema, GROUP],
    ['ServiceProviderConfig (RFC 7643 §5, RFC 9865 §4)', serviceProviderConfigSchema, SERVICE_PROVIDER_CONFIG],
    ['ResourceType (RFC 7643 §6)', resourceTypeSchema, RESOURCE_TYPE],
    ['Schema (RFC 7643 §7)', schemaSchema, SCHEMA],
  ])('have every characteristic of %s', (_name, schema, table) => {
    expect(rows(schema.attributes).toSorted()).toEqual(table.trim().split('\n').toSorted());
  });

  it.each([
    ['emails.type', ['work', 'home', 'other']],
    ['phoneNumbers.type', ['work', 'home', 'mobile', 'fax', 'pager', 'other']],
    ['ims.type', ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo', 'other']],
    ['photos.type', ['photo', 'thumbnail']],
    ['addresses.type', ['work', 'home', 'other']],
    ['groups.type', ['direct', 'indirect']],
    ['roles.type', undefined],
    ['entitlements.type', undefined],
    ['x509Certificates.type', undefined],
  ])('suggest the canonical values of %s (RFC 7643 §4.1.2)', (path, values) => {
    expect(find(userSchema, path)?.canonicalValues).toEqual(values);
  });

  it.each([
    [userSchema, 'profileUrl', ['external']],
    [userSchema, 'photos.value', ['external']],
    [userSchema, 'groups.$ref', ['Group']],
    [enterpriseUserSchema, 'manager.$ref', ['User']],
    [groupSchema, 'members.$ref', ['User', 'Group']],
    [resourceTypeSchema, 'endpoint', ['uri']],
    [resourceTypeSchema, 'schema', ['uri']],
  ])('say what $name references refer to: %#', (schema, path, types) => {
    expect(find(schema, path)?.referenceTypes).toEqual(types);
  });

  it('describe every attribute in words', () => {
    const described = (definition: AttributeDefinition): boolean =>
      definition.description !== '' && (definition.subAttributes ?? []).every(described);
    expect(CORE_SCHEMAS.flatMap((schema) => schema.attributes).filter((definition) => !described(definition))).toEqual(
      [],
    );
  });

  it('name their own sub-attributes in the Schema schema, never complex ones (errata 5606, 8415)', () => {
    const sub = find(schemaSchema, 'attributes.subAttributes')?.subAttributes;
    expect(sub?.find(({ name }) => name === 'type')?.canonicalValues).not.toContain('complex');
    expect(find(schemaSchema, 'attributes.type')?.canonicalValues).toContain('binary');
  });

  it('stand behind the resource types User and Group', () => {
    expect(CORE_RESOURCE_TYPES.map(({ name, endpoint, schema }) => [name, endpoint, schema])).toEqual([
      ['User', '/Users', userSchema.id],
      ['Group', '/Groups', groupSchema.id],
    ]);
  });
});
