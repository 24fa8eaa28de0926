import type { JsonObject } from '../src/json.ts';
import type { Rules } from '../src/rules.ts';
import { attribute, complex } from '../src/schema/attribute.ts';
import { createCatalogue } from '../src/schema/catalogue.ts';
import type { SchemaDefinition } from '../src/schema/definition.ts';
import type { ResourceType } from '../src/schema/resource-type.ts';

/** An extension of User with an attribute of every type, of every shape, and with awkward names. */
export const HR_SCHEMA = 'urn:example:schemas:hr:2.0:User';

const hr: SchemaDefinition = {
  id: HR_SCHEMA,
  name: 'HR',
  description: 'What a personnel office knows.',
  attributes: [
    attribute('quota', 'integer', ''),
    attribute('ratio', 'decimal', ''),
    attribute('hiredAt', 'dateTime', ''),
    attribute('badge', 'binary', ''),
    attribute('homepage', 'reference', ''),
    attribute('tags', 'string', '', { multiValued: true }),
    attribute('levels', 'integer', '', { multiValued: true }),
    attribute('constructor', 'string', ''),
    attribute('prefix', 'string', ''),
    attribute('department', 'string', ''),
    attribute('secret', 'string', '', { returned: 'never' }),
    attribute('token', 'string', '', { mutability: 'writeOnly' }),
    complex('contract', '', [
      attribute('start', 'dateTime', ''),
      attribute('pin', 'string', '', { returned: 'never' }),
      attribute('notes', 'string', '', { multiValued: true }),
    ]),
  ],
};

const catalogue = createCatalogue({
  schemas: [hr],
  extensions: [{ resourceType: 'User', schema: HR_SCHEMA, required: false }],
});

/** User with the enterprise extension and HR_SCHEMA. */
export const userType: ResourceType = typeNamed('User');
export const groupType: ResourceType = typeNamed('Group');

function typeNamed(name: string): ResourceType {
  const type = catalogue.resourceTypes.get(name);
  if (type === undefined) throw new Error(`The catalogue has no ${name}.`);
  return type;
}

export const strict = (): Rules => ({ compatibility: 'strict', notes: [] });
export const tolerant = (): Rules => ({ compatibility: 'tolerant', notes: [] });

/** The user of the filter vectors: no title, two e-mail addresses, no manager. */
export const mira: JsonObject = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', HR_SCHEMA],
  id: '7d0c2f9e-52a1-7a57-9f0e-6d1b7f0a9c11',
  externalId: 'hr-000417-A',
  userName: 'mira',
  name: { givenName: 'Mira', familyName: 'Okafor' },
  nickName: '',
  active: true,
  emails: [
    { value: 'm@acme.example', type: 'work', primary: true },
    { value: 'm@home.example', type: 'home' },
  ],
  phoneNumbers: [{ value: 'tel:+1' }],
  [HR_SCHEMA]: {
    quota: 3,
    ratio: 1.5,
    hiredAt: '2026-03-01T08:30:00+01:00',
    badge: 'AQID',
    homepage: 'https://acme.example/Mira',
    tags: ['Blue', 'green'],
    levels: [1, 5],
    contract: { start: '2026-03-01T00:00:00Z', notes: ['first', 'second'] },
  },
  meta: {
    resourceType: 'User',
    created: '2026-03-01T08:30:00.000Z',
    lastModified: '2026-03-02T10:00:00.000Z',
    location: 'https://sp.example/scim/v2/Users/7d0c2f9e-52a1-7a57-9f0e-6d1b7f0a9c11',
    version: 'W/"1"',
  },
};
