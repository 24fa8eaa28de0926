import { describe, expect, it } from 'vitest';
import { allowsSomething, daysLeft, isUsedThoughReplaced, newTokenForm, tokenRequest } from './token-request.ts';

const form = newTokenForm(['User', 'Group']);
const now = Date.parse('2026-03-01T00:00:00Z');
const token = { state: 'active', replacedBy: null, expiresAt: '2026-03-11T00:00:00Z' } as const;

describe('the form of a new token', () => {
  it('asks for everything with one entry', () => {
    expect(tokenRequest({ ...form, name: ' Entra ' })).toEqual({
      name: 'Entra',
      expiresIn: '365d',
      scope: { '*': 'write' },
      networks: [],
    });
  });

  it('names each resource type when they differ, and leaves out what is not allowed', () => {
    const access = { User: 'read', Group: 'write', '*': 'none' } as const;
    expect(tokenRequest({ ...form, access }).scope).toEqual({ User: 'read', Group: 'write' });
  });

  it('takes networks from lines, commas and spaces', () => {
    expect(tokenRequest({ ...form, networks: '192.0.2.0/24\n 2001:db8::/32, 198.51.100.7 ' }).networks).toEqual([
      '192.0.2.0/24',
      '2001:db8::/32',
      '198.51.100.7',
    ]);
  });

  it('must allow something', () => {
    expect(allowsSomething(form)).toBe(true);
    expect(allowsSomething({ ...form, access: { User: 'none', '*': 'none' } })).toBe(false);
  });
});

describe('the expiry of a token', () => {
  it('is warned of in its last 30 days', () => {
    expect(daysLeft(token, now)).toBe(10);
    expect(daysLeft({ ...token, expiresAt: '2026-03-31T00:00:00Z' }, now)).toBeUndefined();
    expect(daysLeft({ ...token, expiresAt: '2026-03-30T23:59:59Z' }, now)).toBe(30);
    expect(daysLeft({ ...token, expiresAt: '2026-03-01T09:00:00Z' }, now)).toBe(0);
  });

  it('needs nothing when the token is over or replaced', () => {
    expect(daysLeft({ ...token, state: 'revoked' }, now)).toBeUndefined();
    expect(daysLeft({ ...token, replacedBy: 'b' }, now)).toBeUndefined();
  });
});

describe('a token that was replaced', () => {
  const old = { state: 'active', replacedBy: 'b', lastUsedAt: '2026-03-02T00:00:00Z' } as const;

  it('is still used when it was last used after its successor was made', () => {
    expect(isUsedThoughReplaced(old, '2026-03-01T00:00:00Z')).toBe(true);
    expect(isUsedThoughReplaced(old, '2026-03-03T00:00:00Z')).toBe(false);
    expect(isUsedThoughReplaced({ ...old, lastUsedAt: null }, '2026-03-01T00:00:00Z')).toBe(false);
  });
});
