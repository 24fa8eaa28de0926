import type { Administrator, Administrators, Proof, Session } from '../store/administrator-contract.ts';
import { newRandomToken, sha256Of } from './random-token.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A session that is not used for this long has ended. */
export const SESSION_IDLE = 12 * HOUR;
/** No session lasts longer, however much it is used. */
export const SESSION_LIFE = 7 * 24 * HOUR;
/** How exactly the last use is known: a write for every request would be dear. */
const TOUCH_EVERY = MINUTE;

/** Somebody who has signed in. */
export interface SignedIn {
  readonly session: Session;
  /** As they are now: role and state are read for each request. */
  readonly administrator: Administrator;
}

/** Signs a person in; the session's token, or undefined when the proof no longer holds. */
export async function beginSession(
  administrators: Administrators,
  person: { readonly id: string },
  now: number,
  proof: Proof = {},
): Promise<string | undefined> {
  const { token, sha256 } = newRandomToken();
  const session: Session = { sha256, administrator: person.id, created: now, lastUsed: now };
  return (await administrators.signIn(session, proof)) ? token : undefined;
}

/** Whose session a token is; undefined when it is none, has ended, or its person is not active. */
export async function findSession(
  administrators: Administrators,
  token: string,
  now: number,
): Promise<SignedIn | undefined> {
  const found = await administrators.session(sha256Of(token));
  return found !== undefined && isOpen(found, now) ? found : undefined;
}

/** Whether somebody who had signed in still is. */
export async function stillSignedIn(
  administrators: Administrators,
  { session }: SignedIn,
  now: number,
): Promise<SignedIn | undefined> {
  const found = await administrators.session(session.sha256);
  return found !== undefined && isOpen(found, now) ? found : undefined;
}

/** Notes that a session is used; no request waits for it. */
export function noteUse(administrators: Administrators, { session }: SignedIn, now: number): void {
  if (now - session.lastUsed < TOUCH_EVERY) return;
  // It is noted with the next request; this one must not fail for it.
  administrators.touchSession(session.sha256, now).catch(() => undefined);
}

function isOpen({ session, administrator }: SignedIn, now: number): boolean {
  return administrator.active && now - session.lastUsed < SESSION_IDLE && now - session.created < SESSION_LIFE;
}
