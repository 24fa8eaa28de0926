import { describe, expect, it } from 'vitest';
import { CommandFailed } from './command-failed.ts';
import { dataDirectory, flagOf, readConfig, variableOf } from './read-config.ts';

describe('the configuration', () => {
  it('is made of flags, then environment, then defaults', () => {
    const environment = {
      ROLLCALL_LISTEN: '127.0.0.1:9000',
      ROLLCALL_LOG_DAYS: '7',
      ROLLCALL_PUBLIC_URL: '',
      PATH: '/bin',
    };
    const config = readConfig({ listen: '127.0.0.1:9001' }, environment);
    expect(config).toMatchObject({ listen: '127.0.0.1:9001', logDays: 7, data: './data', maxBody: 10 * 1024 * 1024 });
    expect(config.publicUrl).toBeUndefined();
    expect(readConfig({ publicUrl: 'https://scim.example.org/' }, {}).publicUrl).toBe('https://scim.example.org');
  });

  it('has one name per setting and place', () => {
    expect([flagOf('publicUrl'), variableOf('publicUrl')]).toEqual(['--public-url', 'ROLLCALL_PUBLIC_URL']);
    expect(dataDirectory(undefined, {})).toBe('./data');
    expect(dataDirectory('', { ROLLCALL_DATA: '' })).toBe('./data');
    expect(dataDirectory(undefined, { ROLLCALL_DATA: '/srv' })).toBe('/srv');
    expect(dataDirectory('/flag', { ROLLCALL_DATA: '/srv' })).toBe('/flag');
  });

  it.each([
    [
      { publicUrl: 'ftp://x' },
      '--public-url (ROLLCALL_PUBLIC_URL): must be an address such as https://scim.example.org',
    ],
    [{ readerThreads: '0' }, '--reader-threads (ROLLCALL_READER_THREADS): must be at least 1'],
    [{ maxBody: '10MB' }, '--max-body (ROLLCALL_MAX_BODY): must be a number'],
    [{ listen: '127.0.0.1:99999' }, '--listen (ROLLCALL_LISTEN): must have a port up to 65535'],
    [{ adminPassword: 'short' }, '--admin-password (ROLLCALL_ADMIN_PASSWORD): must have at least 12 characters'],
    [
      { oidcIssuer: 'https://login.example.org', oidcRoles: 'auditor=*' },
      '--oidc-client-id (ROLLCALL_OIDC_CLIENT_ID): is needed with --oidc-issuer',
    ],
    [
      { oidcIssuer: 'https://login.example.org', oidcClientId: 'x' },
      '--oidc-roles (ROLLCALL_OIDC_ROLES): is needed with --oidc-issuer: without roles, nobody gets in',
    ],
    [{ oidcIssuer: 'http://login.example.org' }, '--oidc-issuer (ROLLCALL_OIDC_ISSUER): must begin with https'],
    [
      { oidcRoles: 'Admins' },
      '--oidc-roles (ROLLCALL_OIDC_ROLES): must be roles and groups such as administrator=Rollcall Admins,auditor=*',
    ],
    [{ metricsListen: '9090' }, '--metrics-listen (ROLLCALL_METRICS_LISTEN): must be HOST:PORT'],
    [{ shutdownTimeout: '9999999999' }, '--shutdown-timeout (ROLLCALL_SHUTDOWN_TIMEOUT): must be at most'],
    [{ logLevel: 'loud' }, '--log-level (ROLLCALL_LOG_LEVEL)'],
  ])('is refused with exit code 2 where it is wrong: %j', (flags, words) => {
    expect(() => readConfig(flags, {})).toThrow(
      expect.objectContaining({ status: 2, message: expect.stringContaining(words) }),
    );
    expect(() => readConfig(flags, {})).toThrow(CommandFailed);
  });
});
