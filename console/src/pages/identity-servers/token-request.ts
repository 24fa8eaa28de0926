import type { TokenView } from '@rollcall/server/contract';

export type Access = 'write' | 'read' | 'none';

/** What the form of a new token holds. `*` in `access` is any resource type without a row of its own. */
export interface TokenForm {
  readonly name: string;
  readonly expiresIn: string;
  readonly access: Readonly<Record<string, Access>>;
  readonly networks: string;
}

export interface TokenRequest {
  readonly name: string;
  readonly expiresIn: string;
  readonly scope: Readonly<Record<string, 'read' | 'write'>>;
  readonly networks: readonly string[];
}

export const newTokenForm = (types: readonly string[]): TokenForm => ({
  name: '',
  expiresIn: '365d',
  access: Object.fromEntries([...types, '*'].map((type) => [type, 'write'])),
  networks: '',
});

/** Whether the token may do anything at all; the server refuses one that may not. */
export const allowsSomething = ({ access }: TokenForm): boolean =>
  Object.values(access).some((granted) => granted !== 'none');

/** Lifetimes of a new token, as the contract writes durations. */
export const LIVES = ['90d', '180d', '365d', '730d', '1825d', '3650d'] as const;

/** What is sent. Where everything has the same access, `*` alone says so, for resource types to come as well. */
export function tokenRequest(form: TokenForm): TokenRequest {
  const granted = Object.entries(form.access);
  const [first] = granted.map(([, access]) => access);
  const isSame = granted.every(([, access]) => access === first);
  const entries = isSame && first !== undefined ? [['*', first] as const] : granted;
  const scope: Record<string, 'read' | 'write'> = {};
  for (const [type, access] of entries) if (access !== 'none') scope[type] = access;
  const networks = form.networks.split(/[\s,;]+/).filter((network) => network !== '');
  return { name: form.name.trim(), expiresIn: form.expiresIn, scope, networks };
}

const DAY = 86_400_000;
export const WARNING_DAYS = 30;

/** Days until a working token expires, when they are few; undefined when nothing is to be done. */
export function daysLeft(
  token: Pick<TokenView, 'state' | 'expiresAt' | 'replacedBy'>,
  now: number,
): number | undefined {
  if (token.state !== 'active' || token.replacedBy !== null) return undefined;
  const days = (Date.parse(token.expiresAt) - now) / DAY;
  return days < WARNING_DAYS ? Math.round(days) : undefined;
}

/** Whether a token is used although another took its place: whoever sends it was not given the new one. */
export const isUsedThoughReplaced = (
  token: Pick<TokenView, 'state' | 'lastUsedAt' | 'replacedBy'>,
  successorCreatedAt: string | undefined,
): boolean =>
  token.state === 'active' &&
  token.replacedBy !== null &&
  token.lastUsedAt !== null &&
  successorCreatedAt !== undefined &&
  Date.parse(token.lastUsedAt) > Date.parse(successorCreatedAt);
