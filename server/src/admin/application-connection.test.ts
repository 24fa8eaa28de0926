import { describe, expect, it } from 'vitest';
import type { Connection } from '../store/application-contract.ts';
import { changedConnection, newConnection } from './application-connection.ts';

const saved: Connection = {
  baseUrl: 'https://crm.example.org/scim/v2',
  credentials: { kind: 'token' },
  dialect: 'rfc',
  expires: 1000,
};
const oauth = (tokenUrl: string) =>
  ({ kind: 'clientCredentials', tokenUrl, clientId: 'rollcall', scope: null }) as const;

describe('the secret of a changed connection', () => {
  it.each([
    ['another path on the same host', { baseUrl: 'https://crm.example.org/v3' }],
    ['another dialect', { dialect: 'entra' as const }],
    ['another date', { expiresAt: null }],
  ])('stays with %s', (_, changes) => {
    expect(changedConnection(saved, changes).secret).toBeUndefined();
  });

  it.each([
    ['another host', { baseUrl: 'https://evil.example.org/scim/v2' }],
    ['another port', { baseUrl: 'https://crm.example.org:8443/scim/v2' }],
    ['no TLS', { baseUrl: 'http://crm.example.org/scim/v2' }],
    ['other credentials', { credentials: { kind: 'basic' as const, userName: 'x' } }],
    ['credentials of none', { credentials: { kind: 'none' as const } }],
    ['null', { secret: null }],
  ])('goes with %s', (_, changes) => {
    expect(changedConnection(saved, changes).secret).toBeNull();
  });

  it('goes with another token endpoint', () => {
    const before = { ...saved, credentials: oauth('https://login.example.org/a') };
    expect(changedConnection(before, { credentials: oauth('https://login.example.org/b') }).secret).toBeUndefined();
    expect(changedConnection(before, { credentials: oauth('https://evil.example.org/a') }).secret).toBeNull();
  });

  it('is the new one when one is given, wherever the connection leads', () => {
    expect(changedConnection(saved, { baseUrl: 'https://new.example.org', secret: 's' }).secret).toBe('s');
    expect(newConnection({ ...newInput, secret: 's' }).secret).toBe('s');
  });

  it('has a date of its own: a new one without a date has none', () => {
    expect(changedConnection(saved, { secret: 's' }).connection.expires).toBeNull();
    expect(changedConnection(saved, { dialect: 'entra' }).connection.expires).toBe(1000);
  });

  it('is refused where there are no credentials', () => {
    expect(() => newConnection({ ...newInput, credentials: { kind: 'none' }, secret: 's' })).toThrow('no secret');
  });
});

const newInput = {
  baseUrl: 'https://crm.example.org/scim/v2',
  credentials: { kind: 'token' },
  dialect: 'rfc',
  expiresAt: null,
} as const;
