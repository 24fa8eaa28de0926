import { slugOf } from '@rollcall/server/contract';
import { describe, expect, it } from 'vitest';
import { suggestSlug } from './suggest-slug.ts';

describe('the suggested slug', () => {
  it.each([
    ['Entra (Europe)', 'entra-europe'],
    ['Société Générale', 'societe-generale'],
    ['New', 'identity-server-new'],
    ['v2', 'identity-server-v2'],
    ['日本', 'identity-server'],
    ['Okta', 'okta-2'],
    ['x'.repeat(80), 'x'.repeat(57)],
  ])('of %j is %j, as the server makes it', (name, slug) => {
    const taken = (one: string) => one === 'okta';
    expect(suggestSlug(name, taken)).toBe(slug);
    expect(slugOf(name, taken)).toBe(slug);
  });
});
