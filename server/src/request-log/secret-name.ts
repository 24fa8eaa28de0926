// Nearly all names hold none of these; the test spares them the rest.
const POSSIBLY_SECRET = /pwd|pass|secret|token|assertion|key|authorization|cookie/i;
const SECRET_ENDING = /(?:password|passwd|passphrase|secret|token|assertion|apikey|privatekey|authorization)s?$/;
const SECRET_WORD = /pass(?:word|wd|phrase)|secret|token|assertion|api[-_]?key/i;

/**
 * Whether a member, parameter or header of this name carries a secret: `password`, `client_secret`, `X-Api-Key`,
 * `newPassword`, and dotted or URN-qualified names that end in one.
 */
export function isSecretName(name: string): boolean {
  if (!POSSIBLY_SECRET.test(name)) return false;
  const last = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1);
  const plain = last.trim().toLowerCase().replaceAll(/[-_]/g, '');
  return plain === 'pwd' || plain.endsWith('cookie') || SECRET_ENDING.test(plain);
}

/** Whether a filter or a PATCH path speaks of a secret anywhere, so that its values may be one. */
export function mentionsSecret(text: string): boolean {
  return SECRET_WORD.test(text);
}
