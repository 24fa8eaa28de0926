/** A path of this console, as the server reads it too (`?to=` of /api/oidc/start): it leads to no other host. */
const PATH = /^\/(?![/\\])[^\\\p{Cc}]{0,1000}$/u;

/** Where to go after signing in: only a path of this console, never an address elsewhere. */
export const wayBack = ({ to }: Record<string, unknown>): { to?: string } =>
  typeof to === 'string' && PATH.test(to) ? { to } : {};
