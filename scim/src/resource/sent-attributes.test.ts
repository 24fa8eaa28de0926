import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../schema/catalogue.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/core/enterprise-user.ts';
import { USER_SCHEMA } from '../schema/core/user.ts';
import { sentAttributes } from './sent-attributes.ts';

const user = createCatalogue().resourceTypes.get('User');
if (user === undefined) throw new Error('no resource type User');

describe('sentAttributes', () => {
  it('names attributes and sub-attributes in full', () => {
    const document = {
      schemas: [USER_SCHEMA],
      name: { givenName: 'M' },
      [ENTERPRISE_USER_SCHEMA]: { department: 'F' },
    };
    expect([...sentAttributes(user, document)]).toEqual([
      'schemas',
      'name',
      'name.givenName',
      `${ENTERPRISE_USER_SCHEMA}:department`,
    ]);
  });
});
