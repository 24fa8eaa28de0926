import { expect, it } from 'vitest';
import { refusal } from '../../test/patching.ts';
import { namesSchema, readFields } from './fields.ts';

it('reads the members of a message in any case (ATT-01)', () => {
  const fields = readFields({ Operations: [], SCHEMAS: ['URN:A'] });
  expect([...fields.keys()]).toEqual(['operations', 'schemas']);
  expect(namesSchema(fields, 'urn:a')).toBe(true);
  expect(namesSchema(fields, 'urn:b')).toBe(false);
  expect(namesSchema(readFields({ schemas: 'urn:a' }), 'urn:a')).toBe(false);
});

it('refuses names that differ only in case with invalidSyntax (ATT-03)', () => {
  expect(refusal(() => readFields({ op: 'add', OP: 'add' })).scimType).toBe('invalidSyntax');
});

it('keeps __proto__ a name like any other', () => {
  expect(readFields(JSON.parse('{"__proto__": 1}')).get('__proto__')).toBe(1);
});
