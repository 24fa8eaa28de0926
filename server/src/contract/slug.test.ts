import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slugOf, slugSchema } from './slug.ts';

describe('slugs', () => {
  it.each(['entra', 'a', '0', 'entra-2', 'a'.repeat(63)])('may be %s', (slug) => {
    expect(slugSchema.safeParse(slug).success).toBe(true);
  });

  it.each([
    '',
    'Entra',
    'ent ra',
    '-a',
    'a-',
    'a--b',
    'ä',
    'a/b',
    'a'.repeat(64),
    'v2',
    'v10',
    'api',
    'default',
    '01a20b6c-10d5-7892-84aa-82caa6df149c',
  ])('may not be %j', (slug) => {
    expect(slugSchema.safeParse(slug).success).toBe(false);
  });

  it.each([
    ['Entra', 'entra'],
    ['Entra (Europe)', 'entra-europe'],
    ['Ünïcode  Firma GmbH', 'unicode-firma-gmbh'],
    ['日本', 'identity-server'],
    ['V2', 'identity-server-v2'],
    ['...', 'identity-server'],
  ])('of the name %s is %s', (name, slug) => {
    expect(slugOf(name, () => false)).toBe(slug);
  });

  it('of a taken name get a number', () => {
    const taken = new Set(['entra', 'entra-2']);
    expect(slugOf('Entra', (slug) => taken.has(slug))).toBe('entra-3');
  });

  it('of any name are valid', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        expect(slugSchema.safeParse(slugOf(name, () => false)).success).toBe(true);
      }),
    );
  });
});
