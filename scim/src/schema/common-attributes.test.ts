import { expect, it } from 'vitest';
import { COMMON_ATTRIBUTES } from './common-attributes.ts';

it('has the characteristics of RFC 7643 §3 and §3.1', () => {
  const rows = COMMON_ATTRIBUTES.flatMap((definition) => [definition, ...(definition.subAttributes ?? [])]);
  expect(rows.map((row) => [row.name, row.type, row.caseExact, row.mutability, row.returned])).toEqual([
    ['schemas', 'reference', false, 'readWrite', 'always'],
    ['id', 'string', true, 'readOnly', 'always'],
    ['externalId', 'string', true, 'readWrite', 'default'],
    ['meta', 'complex', false, 'readOnly', 'default'],
    ['resourceType', 'string', true, 'readOnly', 'default'],
    ['created', 'dateTime', false, 'readOnly', 'default'],
    ['lastModified', 'dateTime', false, 'readOnly', 'default'],
    ['location', 'reference', true, 'readOnly', 'default'],
    ['version', 'string', true, 'readOnly', 'default'],
  ]);
});
