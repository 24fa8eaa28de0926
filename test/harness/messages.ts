import type { JsonObject } from '@rollcall/scim';

/** A user as Entra ID creates one with all default mappings; `n` makes it another person. */
export function entraUser(n: number | string): JsonObject {
  const name = `person.${n}`;
  return {
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    ],
    externalId: name,
    userName: `${name}@acme.example`,
    active: true,
    displayName: `Person ${n} Ortiz`,
    title: 'Analyst',
    preferredLanguage: 'en-GB',
    emails: [{ primary: true, type: 'work', value: `${name}@mail.acme.example` }],
    phoneNumbers: [
      { primary: true, type: 'work', value: `+34 600 ${n}` },
      { type: 'mobile', value: `+34 700 ${n}` },
    ],
    addresses: [
      {
        primary: true,
        type: 'work',
        formatted: `B2/${n}`,
        streetAddress: `Calle ${n}`,
        locality: 'Madrid',
        region: 'MD',
        postalCode: '28001',
        country: 'ES',
      },
    ],
    name: { formatted: `Person ${n} Ortiz`, familyName: 'Ortiz', givenName: `Person ${n}` },
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
      department: 'Finance',
      employeeNumber: String(n),
    },
    meta: { resourceType: 'User' },
    roles: [],
  };
}

/** The smallest user there is. */
export const plainUser = (userName: string): JsonObject => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName,
});

export const group = (displayName: string, members: readonly string[] = []): JsonObject => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  displayName,
  ...(members.length > 0 ? { members: members.map((value) => ({ value })) } : {}),
});

export const patch = (...operations: readonly JsonObject[]): JsonObject => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: operations,
});
