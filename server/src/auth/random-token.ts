import { hash, randomBytes } from 'node:crypto';

/** A secret of 256 random bits, and the SHA-256 by which it is found again: only that is stored. */
export function newRandomToken(): { readonly token: string; readonly sha256: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, sha256: sha256Of(token) };
}

export const sha256Of = (token: string): string => hash('sha256', token, 'hex');
