import { attribute, complex } from '../attribute.ts';
import type { SchemaDefinition } from '../definition.ts';
import { multiValued } from '../multi-valued.ts';

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';

const readOnly = { mutability: 'readOnly' } as const;
const external = { referenceTypes: ['external'] };

/** RFC 7643 §4.1 and §8.7.1, with errata 6001, 6004, 6005, 8470 and 8471. */
export const userSchema: SchemaDefinition = {
  id: USER_SCHEMA,
  name: 'User',
  description: 'User Account',
  attributes: [
    attribute('userName', 'string', 'The name by which the user signs in, unique among all users.', {
      required: true,
      uniqueness: 'server',
    }),
    complex('name', "The parts of the user's name.", [
      attribute('formatted', 'string', 'The full name, ready for display.'),
      attribute('familyName', 'string', 'The family name, or last name.'),
      attribute('givenName', 'string', 'The given name, or first name.'),
      attribute('middleName', 'string', 'The middle name or names.'),
      attribute('honorificPrefix', 'string', 'A title that stands before the name, such as Dr.'),
      attribute('honorificSuffix', 'string', 'A suffix that stands after the name, such as III.'),
    ]),
    attribute('displayName', 'string', 'The name normally shown for the user.'),
    attribute('nickName', 'string', 'What the user is casually called.'),
    attribute('profileUrl', 'reference', "The address of the user's online profile.", external),
    attribute('title', 'string', "The user's job title, such as Vice President."),
    attribute(
      'userType',
      'string',
      'The relation between the organisation and the user, such as Employee or Contractor.',
    ),
    attribute('preferredLanguage', 'string', 'Preferred languages, in the form of the Accept-Language header.'),
    attribute('locale', 'string', 'The locale for dates, numbers and currency, such as en-US.'),
    attribute('timezone', 'string', 'The time zone, as an IANA name such as Europe/Stockholm.'),
    attribute('active', 'boolean', 'Whether the user may use the service.'),
    attribute('password', 'string', 'A password in clear, to set only; never returned.', {
      mutability: 'writeOnly',
      returned: 'never',
    }),
    multiValued('emails', 'E-mail addresses.', attribute('value', 'string', 'The address.'), ['work', 'home', 'other']),
    multiValued('phoneNumbers', 'Phone numbers.', attribute('value', 'string', 'The number.'), [
      'work',
      'home',
      'mobile',
      'fax',
      'pager',
      'other',
    ]),
    multiValued(
      'ims',
      'Instant messaging addresses.',
      attribute('value', 'string', 'The address.'),
      // `other` stands in the prose of §4.1.2 and not in the printed schema.
      ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo', 'other'],
    ),
    multiValued(
      'photos',
      'Pictures of the user.',
      attribute('value', 'reference', 'The address of an image file.', external),
      ['photo', 'thumbnail'],
    ),
    complex(
      'addresses',
      'Postal addresses.',
      [
        attribute('formatted', 'string', 'The full address, ready for a label; may hold line breaks.'),
        attribute('streetAddress', 'string', 'Street, house number, apartment; may hold line breaks.'),
        attribute('locality', 'string', 'The city or locality.'),
        attribute('region', 'string', 'The state or region.'),
        attribute('postalCode', 'string', 'The postal code.'),
        attribute('country', 'string', 'The country, in ISO 3166-1 alpha-2 form such as SE.'),
        attribute('type', 'string', 'What the address is used for.', { canonicalValues: ['work', 'home', 'other'] }),
        attribute('primary', 'boolean', 'Whether this is the preferred address; true at most once.'),
      ],
      { multiValued: true },
    ),
    complex(
      'groups',
      'The groups the user belongs to, directly or through other groups; changed only through the groups.',
      [
        attribute('value', 'string', 'The id of the group.', { ...readOnly, caseExact: true }),
        attribute('$ref', 'reference', 'The URI of the group.', { ...readOnly, referenceTypes: ['Group'] }),
        attribute('display', 'string', 'The name of the group.', readOnly),
        attribute('type', 'string', 'Whether the membership is direct or indirect.', {
          ...readOnly,
          canonicalValues: ['direct', 'indirect'],
        }),
      ],
      { ...readOnly, multiValued: true },
    ),
    multiValued('entitlements', 'Things the user has.', attribute('value', 'string', 'The entitlement.')),
    multiValued('roles', 'What the user is, in roles.', attribute('value', 'string', 'The role.')),
    multiValued(
      'x509Certificates',
      'Certificates of the user.',
      attribute('value', 'binary', 'One DER certificate, in base64.'),
    ),
  ],
};
