import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityServerSchema } from '../contract/identity-server.ts';
import { schemaListSchema } from '../contract/schema-list.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

let rollcall: TestRollcall;
beforeAll(async () => {
  rollcall = await openTestRollcall();
  await rollcall.ask(identityServerSchema, 'POST', '/identity-servers', { name: 'Entra' });
});
afterAll(() => rollcall.close());

describe('the schemas of an identity server', () => {
  it('are there by resource type, with attributes as filters name them (RFC 7644 §3.4.2.2)', async () => {
    const { resourceTypes } = await rollcall.ask(schemaListSchema, 'GET', '/identity-servers/entra/schemas');
    expect(resourceTypes.map(({ name, endpoint }) => [name, endpoint])).toEqual([
      ['User', '/Users'],
      ['Group', '/Groups'],
    ]);
    const [user] = resourceTypes;
    expect(user?.extensions).toEqual([ENTERPRISE]);
    const paths = user?.attributes.map(({ path }) => path) ?? [];
    const named = ['id', 'meta.created', 'userName', 'name.familyName', 'emails', 'emails.type'];
    const extended = [`${ENTERPRISE}:department`, `${ENTERPRISE}:manager.value`];
    expect(paths).toEqual(expect.arrayContaining([...named, ...extended]));
    expect(new Set(paths).size).toBe(paths.length);
    expect(user?.attributes.find(({ path }) => path === 'emails')).toMatchObject({
      type: 'complex',
      multiValued: true,
      mutability: 'readWrite',
    });
    expect(user?.attributes.find(({ path }) => path === 'emails.type')?.canonicalValues).toContain('work');
  });
});
