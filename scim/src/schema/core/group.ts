import { attribute, complex } from '../attribute.ts';
import type { SchemaDefinition } from '../definition.ts';

export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';

const immutable = { mutability: 'immutable' } as const;

/** RFC 7643 §4.2 and §8.7.1, with errata 5368 and 6001. */
export const groupSchema: SchemaDefinition = {
  id: GROUP_SCHEMA,
  name: 'Group',
  description: 'Group',
  attributes: [
    attribute('displayName', 'string', 'The name of the group.', { required: true }),
    complex(
      'members',
      'The users and groups that belong to the group.',
      [
        attribute('value', 'string', 'The id of the member.', { ...immutable, caseExact: true }),
        attribute('$ref', 'reference', 'The URI of the member.', { ...immutable, referenceTypes: ['User', 'Group'] }),
        attribute('type', 'string', 'The resource type of the member.', {
          ...immutable,
          canonicalValues: ['User', 'Group'],
        }),
        // Missing in the printed schema. §2.4 makes `display` immutable; erratum 6011 (reported only) readOnly. What a
        // client sends is kept as sent, so it is published as §2.4 has it.
        attribute('display', 'string', 'The name of the member.', immutable),
      ],
      { multiValued: true },
    ),
  ],
};
