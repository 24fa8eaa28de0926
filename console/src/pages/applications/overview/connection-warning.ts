import type { ApplicationView } from '@rollcall/server/contract';

const DAY = 86_400_000;
const WARNED_BEFORE = 30 * DAY;

export type ConnectionWarning =
  | { readonly kind: 'credentialsMissing' | 'credentialsExpired' | 'notTested' }
  | { readonly kind: 'credentialsExpire'; readonly days: number };

/** The most urgent thing to see to of a connection; undefined when there is none, or no connection yet. */
export function connectionWarning(
  { connection, hasSecret, profile }: Pick<ApplicationView, 'connection' | 'hasSecret' | 'profile'>,
  now: number,
): ConnectionWarning | undefined {
  if (connection === null) return undefined;
  if (connection.credentials.kind !== 'none' && !hasSecret) return { kind: 'credentialsMissing' };
  const left = connection.expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(connection.expiresAt) - now;
  if (left <= 0) return { kind: 'credentialsExpired' };
  if (left <= WARNED_BEFORE) return { kind: 'credentialsExpire', days: Math.floor(left / DAY) };
  return profile === null ? { kind: 'notTested' } : undefined;
}
