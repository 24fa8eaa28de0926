import { describe, expect, it } from 'vitest';
import { adviceFor } from './request-advice.ts';

describe('advice about a refused request', () => {
  it.each([
    ['no credentials', 'noCredentials'],
    ['credentials of the scheme basic where bearer is asked for', 'scheme'],
    ['credentials of the scheme bearer where basic is asked for', 'scheme'],
    ['malformed token', 'wrongToken'],
    ['token signed with another key: of another installation, or from before the keys file was replaced', 'wrongToken'],
    ["the word Bearer twice: put the token alone into the identity provider's secret field", 'wrongToken'],
    ['expired token', 'expired'],
    ['token "Entra" (id 7) expired on 2026-01-01T00:00:00.000Z; token 8 has replaced it', 'expired'],
    ['token "Entra" (id 7) was revoked on 2026-01-01T00:00:00.000Z', 'revoked'],
    ['token "Entra" (id 7) is for another identity server', 'otherServer'],
    ['token "Entra" (id 7) may not be used from the network of 192.0.2.9', 'network'],
    ['wrong user name', 'password'],
    ['no password yet: run rollcall identity-server credentials entra', 'password'],
    ['token "expired" (id 7) was revoked on 2026-01-01T00:00:00.000Z', 'revoked'],
    [null, 'unauthorized'],
  ])('401 because of %j: %s', (reason, advice) => {
    expect(adviceFor({ status: 401, reason, url: '/scim/entra/v2/Users' })).toBe(advice);
  });

  it.each([
    [200, undefined],
    [201, undefined],
    [400, 'invalid'],
    [403, 'forbidden'],
    [404, 'notFound'],
    [409, undefined],
    [429, 'tooMany'],
    [503, 'server'],
  ])('%d: %s', (status, advice) => {
    expect(adviceFor({ status, reason: null, url: '/scim/entra/v2/Users' })).toBe(advice);
  });

  it('takes a user that is not there for everyday talk, and a wrong address not', () => {
    const at = (url: string) => adviceFor({ status: 404, reason: null, url });
    expect(at('/scim/entra/v2/Users/7?attributes=id')).toBeUndefined();
    expect(at('/scim/entra/v2/v2/Users')).toBe('notFound');
  });
});
