import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import type { Rules } from '../rules.ts';
import { createCatalogue } from '../schema/catalogue.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/core/enterprise-user.ts';
import { USER_SCHEMA } from '../schema/core/user.ts';
import { checkSchemas } from './legacy-schemas.ts';

const user = createCatalogue().resourceTypes.get('User');

function notes(value: Json | undefined, compatibility: Rules['compatibility'] = 'tolerant') {
  const rules: Rules = { compatibility, notes: [] };
  if (user !== undefined) checkSchemas(user, value, rules);
  return rules.notes.map(({ detail }) => detail);
}

describe('checkSchemas', () => {
  it('has nothing to say of the base schema and known extensions, in any case (RFC 7643 §3)', () => {
    expect(notes([USER_SCHEMA, ENTERPRISE_USER_SCHEMA.toUpperCase()], 'strict')).toEqual([]);
  });

  it.each<[string, Json | undefined]>([
    ['missing (V18)', undefined],
    ['null', null],
    ['empty', []],
    ['a string', USER_SCHEMA],
  ])('notes that they are %s, and refuses that in strict', (_name, value) => {
    expect(notes(value)).toEqual([`schemas does not hold '${USER_SCHEMA}'`]);
    expect(() => notes(value, 'strict')).toThrow(expect.objectContaining({ scimType: 'invalidSyntax' }));
  });

  it("notes OneLogin's URNs, and refuses them in strict (V17)", () => {
    const schemas = ['urn:scim:schemas:core:2.0', 'urn:scim:schemas:extension:enterprise:2.0'];
    expect(notes(schemas)).toHaveLength(3);
    expect(() => notes(schemas, 'strict')).toThrow(expect.objectContaining({ scimType: 'invalidSyntax' }));
  });

  it('notes an unknown URI beside the base schema in both modes', () => {
    expect(notes([USER_SCHEMA, 'urn:x:y'])).toEqual(["schemas holds 'urn:x:y'"]);
    expect(notes([USER_SCHEMA, 'urn:x:y'], 'strict')).toEqual(["schemas holds 'urn:x:y'"]);
  });

  it('refuses elements that are no strings', () => {
    expect(() => notes([USER_SCHEMA, null])).toThrow(expect.objectContaining({ scimType: 'invalidSyntax' }));
  });
});
