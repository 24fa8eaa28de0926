import { attribute, complex } from '../attribute.ts';
import type { SchemaDefinition } from '../definition.ts';

export const ENTERPRISE_USER_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** RFC 7643 §4.3 and §8.7.1, with errata 6001 and 8472. */
export const enterpriseUserSchema: SchemaDefinition = {
  id: ENTERPRISE_USER_SCHEMA,
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  attributes: [
    attribute('employeeNumber', 'string', 'The number or code that the organisation gave to the person.'),
    attribute('costCenter', 'string', 'The name of the cost centre.'),
    attribute('organization', 'string', 'The name of the organisation.'),
    attribute('division', 'string', 'The name of the division.'),
    attribute('department', 'string', 'The name of the department.'),
    complex('manager', "The user's manager.", [
      attribute('value', 'string', "The id of the manager's user.", { caseExact: true }),
      attribute('$ref', 'reference', "The URI of the manager's user.", { referenceTypes: ['User'] }),
      attribute('displayName', 'string', "The manager's display name.", { mutability: 'readOnly' }),
    ]),
  ],
};
