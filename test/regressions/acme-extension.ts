import type { JsonObject } from '@rollcall/scim';

export const ACME = 'urn:example:params:scim:schemas:extension:acme:1.0:User';

/** An extension of User as an administrator adds it, with one attribute for each characteristic that the core lacks. */
export const acmeExtension: JsonObject = {
  resourceType: 'User',
  schema: {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id: ACME,
    name: 'AcmeUser',
    description: 'Data of Acme about a person',
    attributes: [
      attribute('tags', { multiValued: true }),
      attribute('badge', { mutability: 'immutable', uniqueness: 'server', caseExact: true }),
      attribute('hiredAt', { type: 'dateTime' }),
      attribute('quota', { type: 'integer' }),
      attribute('photoHash', { type: 'binary', caseExact: true }),
      attribute('notes', { returned: 'request' }),
      attribute('pin', { mutability: 'writeOnly', returned: 'never' }),
      attribute('level', { mutability: 'readOnly' }),
      // Names that begin with the words of the filter grammar.
      ...['primaryEmail', 'nextStep', 'equipment', 'orderNumber', 'android', 'pr', 'eqFactor', 'costar'].map((name) =>
        attribute(name),
      ),
    ],
  },
};

function attribute(name: string, characteristics: JsonObject = {}): JsonObject {
  return { name, type: 'string', multiValued: false, description: name, required: false, ...characteristics };
}
