import { describe, expect, it } from 'vitest';
import { readCredentials } from './credentials.ts';

const basic = (text: string, encoding: BufferEncoding = 'utf8') =>
  `Basic ${Buffer.from(text, encoding).toString('base64')}`;

describe('readCredentials', () => {
  it.each([
    ['Bearer abc.def-1_~+/==', { kind: 'bearer', token: 'abc.def-1_~+/==', doubled: false }],
    ['bearer abc', { kind: 'bearer', token: 'abc', doubled: false }],
    ['BEARER   abc ', { kind: 'bearer', token: 'abc', doubled: false }],
    ['Bearer Bearer abc', { kind: 'bearer', token: 'abc', doubled: true }],
    ['Bearer bearer  abc', { kind: 'bearer', token: 'abc', doubled: true }],
    ['Bearer', { kind: 'malformed', scheme: 'bearer' }],
    ['Bearer a b', { kind: 'malformed', scheme: 'bearer' }],
    ['Bearer "abc"', { kind: 'malformed', scheme: 'bearer' }],
    ['Bearer a=b', { kind: 'malformed', scheme: 'bearer' }],
    [`Bearer ${'a'.repeat(5000)}`, { kind: 'malformed', scheme: 'bearer' }],
  ])('reads a token (RFC 6750 §2.1): %s', (header, credentials) => {
    expect(readCredentials(header)).toEqual(credentials);
  });

  it.each([
    ['Basic c2NpbS1jbGllbnQ6cMOkJCQ=', { kind: 'basic', userName: 'scim-client', password: 'pä$$' }],
    [basic('a:b:c'), { kind: 'basic', userName: 'a', password: 'b:c' }],
    [basic('a:'), { kind: 'basic', userName: 'a', password: '' }],
    [basic('a:pä', 'latin1'), { kind: 'basic', userName: 'a', password: 'pä' }],
    [basic('a:pa\u0308'), { kind: 'basic', userName: 'a', password: 'p\u00e4' }],
    [basic('no colon'), { kind: 'malformed', scheme: 'basic' }],
    [basic('a:b\n'), { kind: 'malformed', scheme: 'basic' }],
    ['Basic ***', { kind: 'malformed', scheme: 'basic' }],
    ['basic', { kind: 'malformed', scheme: 'basic' }],
  ])('reads user name and password (RFC 7617 §2): %s', (header, credentials) => {
    expect(readCredentials(header)).toEqual(credentials);
  });

  it('tells apart nothing and another scheme, and never repeats what may be a secret', () => {
    expect(readCredentials(undefined)).toEqual({ kind: 'absent' });
    expect(readCredentials('  ')).toEqual({ kind: 'absent' });
    expect(readCredentials('Digest username="a"')).toEqual({ kind: 'other', scheme: 'Digest' });
    expect(readCredentials('eyJhbGciOi.eyJpc3Mi.c2ln')).toEqual({ kind: 'other', scheme: '(unknown)' });
  });
});
