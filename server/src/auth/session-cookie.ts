/** Where a cookie may be sent: `secure` is whether people reach Rollcall by https. */
export interface CookiePlace {
  readonly secure: boolean;
}

/**
 * The `Set-Cookie` of a session. `Strict`: no request that another site begins carries it, and the console's own pages
 * need none to load. `__Host-`: a neighbouring host name cannot put one of its own in its place.
 */
export function sessionCookie(token: string, place: CookiePlace): string {
  return `${cookieName('session', place)}=${token}; ${attributes('Strict', place)}`;
}

/** The `Set-Cookie` that removes it. */
export const noSessionCookie = (place: CookiePlace): string =>
  `${cookieName('session', place)}=; Max-Age=0; ${attributes('Strict', place)}`;

/**
 * The `Set-Cookie` of a sign-in that is under way at an OpenID provider. `Lax`: the provider's site sends the browser
 * back with it.
 */
export const flowCookie = (value: string, seconds: number, place: CookiePlace): string =>
  `${cookieName('oidc', place)}=${value}; Max-Age=${seconds}; ${attributes('Lax', place)}`;

/** The value of a cookie in a `Cookie` header. */
export function readCookie(
  header: string | undefined,
  kind: 'session' | 'oidc',
  place: CookiePlace,
): string | undefined {
  const begin = `${cookieName(kind, place)}=`;
  const pair = header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(begin));
  const value = pair?.slice(begin.length);
  return value === '' ? undefined : value;
}

const cookieName = (kind: 'session' | 'oidc', { secure }: CookiePlace): string =>
  `${secure ? '__Host-' : ''}rollcall-${kind}`;

const attributes = (sameSite: 'Strict' | 'Lax', { secure }: CookiePlace): string =>
  `Path=/; HttpOnly; SameSite=${sameSite}${secure ? '; Secure' : ''}`;
