import { expect, it } from 'vitest';
import { locationOf } from './location.ts';

it('joins base URL and path with one slash', () => {
  expect(locationOf('https://sp.example/scim/v2', 'Schemas')).toBe('https://sp.example/scim/v2/Schemas');
  expect(locationOf('https://sp.example/scim/v2/', 'Schemas')).toBe('https://sp.example/scim/v2/Schemas');
});
