import { Refusal } from './refusal.ts';
import { type Complex, isComplex } from './value.ts';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Attributes of RFC 7643 §4 and, in their own list, those of the enterprise extension. */
const KNOWN: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    USER,
    words(
      'id externalId meta schemas userName name displayName nickName profileUrl title userType preferredLanguage locale timezone active password emails phoneNumbers ims photos addresses groups entitlements roles x509Certificates',
    ),
  ],
  [GROUP, words('id externalId meta schemas displayName members')],
  [ENTERPRISE, words('employeeNumber costCenter organization division department manager')],
]);

function words(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().split(' '));
}

/** Throws Refusal for an attribute that no schema of RFC 7643 defines. */
export function refuseUnknown(resource: Complex, schema: string): void {
  for (const [name, value] of Object.entries(resource)) {
    if (name.toLowerCase() === ENTERPRISE.toLowerCase() && schema === USER && isComplex(value)) {
      refuseUnknown(value, ENTERPRISE);
    } else if (KNOWN.get(schema)?.has(name.toLowerCase()) !== true) {
      throw new Refusal(400, `Unknown attribute ${name}`, 'invalidSyntax');
    }
  }
}
