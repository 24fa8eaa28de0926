import type { AttentionView } from '../../contract/overview.ts';
import { iso } from '../iso.ts';
import type { TokenFacts } from './facts.ts';

const DAY = 86_400_000;
const EXPIRY_WARNING = 30 * DAY;
const EXPIRY_URGENT = 3 * DAY;
/** A token that was used within these days before its end was needed then. */
const STILL_USED = 7 * DAY;
/** Nobody needs to hear of a token that ended longer ago. */
const EXPIRED_LONG_AGO = 30 * DAY;

/**
 * Tokens that expire soon, and those that expired while they were used. One that was replaced may expire; that it is
 * still used says that the new one has not reached everybody.
 */
export function tokenAttention(tokens: readonly TokenFacts[], now: number): AttentionView[] {
  const byId = new Map(tokens.map((token) => [token.id, token]));
  return tokens.flatMap((token) => {
    if (token.revoked !== null) return [];
    const successor = token.replacedBy === null ? undefined : byId.get(token.replacedBy);
    return token.replacedBy === null ? expiry(token, now) : replaced(token, successor, now);
  });
}

const about = ({ id, name, identityServer, expires }: TokenFacts, kind: AttentionView['kind']) => ({
  id: `${kind}:${id}`,
  kind,
  subject: { kind: 'token' as const, slug: id, name },
  link: identityServer === null ? '/settings/api-tokens' : `/identity-servers/${identityServer}/tokens`,
  values: { name, identityServer: identityServer ?? '', expiresAt: iso(expires) },
  since: null,
});

const called = ({ name, identityServer }: TokenFacts): string =>
  identityServer === null ? `The API token "${name}"` : `The token "${name}" of ${identityServer}`;

function expiry(token: TokenFacts, now: number): AttentionView[] {
  const { expires, lastUsed, identityServer } = token;
  const day = iso(expires).slice(0, 10);
  const next =
    identityServer === null
      ? 'Make a new one and give it to the program that used it.'
      : 'Rotate it and paste the new one into the identity provider.';
  if (expires > now) {
    if (expires - now > EXPIRY_WARNING) return [];
    return [
      {
        ...about(token, 'tokenExpires'),
        severity: expires - now <= EXPIRY_URGENT && lastUsed !== null ? 'error' : 'warning',
        message: `${called(token)} expires on ${day}.`,
        advice: next,
      },
    ];
  }
  if (lastUsed === null || lastUsed < expires - STILL_USED || expires < now - EXPIRED_LONG_AGO) return [];
  return [
    {
      ...about(token, 'tokenExpired'),
      severity: 'error',
      message: `${called(token)} expired on ${day} while it was in use: its requests are refused now.`,
      advice:
        identityServer === null ? next : 'Issue a new one and paste it into the identity provider; revoke this one.',
      since: iso(expires),
    },
  ];
}

function replaced(token: TokenFacts, successor: TokenFacts | undefined, now: number): AttentionView[] {
  const { expires, lastUsed } = token;
  if (expires <= now || lastUsed === null || successor === undefined || lastUsed <= successor.created) return [];
  return [
    {
      ...about(token, 'replacedTokenUsed'),
      severity: expires - now <= EXPIRY_URGENT ? 'error' : 'warning',
      message: `${called(token)} was replaced, and is still used; it expires on ${iso(expires).slice(0, 10)}.`,
      advice: 'Paste the new token wherever the old one is.',
      since: iso(lastUsed),
    },
  ];
}
