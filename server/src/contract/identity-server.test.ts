import { describe, expect, it } from 'vitest';
import {
  defaultSettings,
  identityServerChangesSchema,
  newIdentityServerSchema,
  settingsSchema,
} from './identity-server.ts';

describe('the contract of identity servers', () => {
  it('has defaults that are valid', () => {
    expect(settingsSchema.parse(defaultSettings())).toEqual(defaultSettings());
  });

  it('wants a name and nothing else', () => {
    expect(newIdentityServerSchema.parse({ name: ' Entra ' })).toEqual({ name: 'Entra' });
    expect(newIdentityServerSchema.safeParse({ name: ' ' }).success).toBe(false);
    expect(newIdentityServerSchema.safeParse({}).success).toBe(false);
  });

  it.each([
    [{ rateLimt: 5 }],
    [{ rateLimit: '5' }],
    [{ rateLimit: -1 }],
    [{ rateLimit: 1.5 }],
    [{ maxPageSize: 0 }],
    [{ maxPageSize: 1_000_000 }],
    [{ security: 'digest' }],
    [{ groupPatchAnswer: 200 }],
    [{ slug: 'v2' }],
    [{ removing: true }],
    [{ id: 'x' }],
  ])('refuses the change %j', (change) => {
    expect(identityServerChangesSchema.safeParse(change).success).toBe(false);
  });
});
