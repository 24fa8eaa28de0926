import { describe, expect, it } from 'vitest';
import { connectionWarning } from './connection-warning.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const connection = {
  baseUrl: 'https://crm.example.org/scim/v2',
  credentials: { kind: 'token' },
  dialect: 'rfc',
  expiresAt: null,
} as const;
const warning = (expiresAt: string | null, more: { hasSecret?: boolean; profile?: null } = {}) =>
  connectionWarning({ connection: { ...connection, expiresAt }, hasSecret: true, profile: {}, ...more }, NOW);

describe('The warning about a connection', () => {
  it('is of the credentials first: missing, expired, about to expire', () => {
    expect(warning('2026-01-01T00:00:00Z', { hasSecret: false })).toEqual({ kind: 'credentialsMissing' });
    expect(warning('2026-11-29T12:00:00Z')).toEqual({ kind: 'credentialsExpired' });
    expect(warning('2026-12-06T13:00:00Z')).toEqual({ kind: 'credentialsExpire', days: 7 });
  });

  it('is silent more than 30 days ahead, and without a date', () => {
    expect(warning('2027-01-01T00:00:00Z')).toBeUndefined();
    expect(warning(null)).toBeUndefined();
  });

  it('says that nothing was tested', () => {
    expect(warning(null, { profile: null })).toEqual({ kind: 'notTested' });
  });

  it('says nothing before there is a connection', () => {
    expect(connectionWarning({ connection: null, hasSecret: false, profile: null }, NOW)).toBeUndefined();
  });
});
