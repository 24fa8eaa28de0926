import { describe, expect, it } from 'vitest';
import { readAddress } from './address.ts';

describe('readAddress', () => {
  it('finds identity server, endpoint and query', () => {
    expect(readAddress('/scim/entra/v2/Users/42?attributes=userName')).toEqual({
      slug: 'entra',
      basePath: '/scim/entra/v2',
      segments: ['Users', '42'],
      query: 'attributes=userName',
      otherVersion: undefined,
    });
  });

  it('reads the default identity server’s address', () => {
    expect(readAddress('/scim/v2/Users')).toMatchObject({ slug: undefined, basePath: '/scim/v2', segments: ['Users'] });
  });

  it.each(['/scim/entra/v2//Users/', '//scim/entra/v2/Users', '/scim/entra/v2/Users?'])(
    'forgives slashes and a dangling question mark: %s',
    (url) => {
      expect(readAddress(url)).toMatchObject({ slug: 'entra', segments: ['Users'], query: '' });
    },
  );

  it('decodes segments, so that a schema’s URN may come encoded', () => {
    expect(readAddress('/scim/v2/Schemas/urn%3Aietf%3Ax')?.segments).toEqual(['Schemas', 'urn:ietf:x']);
  });

  it('keeps a slash that was encoded inside its segment', () => {
    expect(readAddress('/scim/v2/Users/a%2Fb')?.segments).toEqual(['Users', 'a/b']);
  });

  it('names another version, to be refused (RFC 7644 §3.13)', () => {
    expect(readAddress('/scim/entra/v1/Users')?.otherVersion).toBe('v1');
  });

  it.each(['/', '/scim', '/scim/entra', '/scim/entra/Users', '/scim/v2/Users/%E0%A4%A', '/other/v2/Users'])(
    'finds no identity server in %s',
    (url) => {
      expect(readAddress(url)).toBeUndefined();
    },
  );
});
