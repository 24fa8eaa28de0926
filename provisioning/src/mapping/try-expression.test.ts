import { createCatalogue } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { tryExpression } from './try-expression.ts';

const catalogue = createCatalogue();
const environment = { now: 0, random: (bytes: number) => new Uint8Array(bytes) };
const mia = {
  type: 'User',
  id: 'u1',
  version: 1,
  label: 'mia',
  document: { userName: 'mia', name: { givenName: 'Mia', familyName: 'Ortiz' } },
} as const;

describe('Trying an expression', () => {
  it('gives its value and the attributes that it read', () => {
    expect(tryExpression('Join(" ", [givenName], [surname])', mia, false, catalogue, environment)).toEqual({
      value: 'Mia Ortiz',
      redacted: false,
      attributes: [
        { name: 'givenName', value: 'Mia' },
        { name: 'surname', value: 'Ortiz' },
      ],
    });
  });

  it('says what is wrong with it', () => {
    const tried = (text: string) => () => tryExpression(text, mia, false, catalogue, environment);
    expect(tried('Join(')).toThrow(expect.objectContaining({ position: 5 }));
    expect(tried('ToLower([givenNam])')).toThrow('Did you mean givenName?');
  });
});
