import { foldUserName } from '@rollcall/scim';
import type { Administrator } from '../store/administrator-contract.ts';
import { CHOSEN_PASSWORD, hashPassword, verifyPassword } from './password.ts';

/** The hash of no password, at the cost of one: to check it takes as long as to check a right one. */
const NOBODY = ['scrypt', CHOSEN_PASSWORD.N, CHOSEN_PASSWORD.r, CHOSEN_PASSWORD.p, 'A'.repeat(22), 'A'.repeat(43)].join(
  '$',
);

/** The hash of a password that a person has chosen. Errors: 503 when too many wait to be hashed already. */
export const hashChosenPassword = (password: string): Promise<string> =>
  hashPassword(normalised(password), CHOSEN_PASSWORD);

/**
 * Whether a person may sign in with a password. It takes the same time for nobody, for who is not active, and for who
 * has no password. Errors: as above.
 */
export async function isRightPassword(person: Administrator | undefined, password: string): Promise<boolean> {
  const hash = person?.active === true && person.source === 'password' ? person.passwordHash : null;
  const isRight = await verifyPassword(normalised(password), hash ?? NOBODY);
  return isRight && hash !== null;
}

/** Whether a password is no more than the user name. */
export const isUserName = (password: string, userName: string): boolean =>
  foldUserName(password) === foldUserName(userName);

// Keyboards differ in how they compose letters; the same password must have the same bytes everywhere (RFC 8265 §4.2).
const normalised = (password: string): string => password.normalize('NFC');
