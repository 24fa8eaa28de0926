import type { LogEntryView } from '@rollcall/server/contract';
import type { Catalogue } from '../../language/en/index.ts';

export type Advice = keyof Catalogue['identityServers']['connect']['light']['advice'];

/** What a 401's reason in the request log means for whoever pastes credentials. The first that fits counts. */
const UNAUTHORIZED: readonly (readonly [RegExp, Advice])[] = [
  [/^no credentials$/, 'noCredentials'],
  [/^credentials of the scheme /, 'scheme'],
  [/was revoked/, 'revoked'],
  [/expired/, 'expired'],
  [/is for another identity server/, 'otherServer'],
  [/may not be used from the network/, 'network'],
  [/user name|password|Basic/, 'password'],
  [/token|JWT|Bearer/, 'wrongToken'],
];

/**
 * What to do about a request that shows a wrong set-up; undefined for any other, also for a resource that is not there or
 * is there already: that is everyday talk between two ends that understand each other.
 */
export function adviceFor(entry: Pick<LogEntryView, 'status' | 'reason' | 'url'>): Advice | undefined {
  const { status, reason, url } = entry;
  if (status < 400 || status === 409 || status === 412) return undefined;
  if (status === 401) {
    // What a token is called must not be taken for the reason.
    const plain = (reason ?? '').replace(/".*"/, '""');
    return UNAUTHORIZED.find(([pattern]) => pattern.test(plain))?.[1] ?? 'unauthorized';
  }
  if (status === 403) return 'forbidden';
  if (status === 404) return /\/v2\/[A-Za-z]+\/[^/?]+(\?|$)/.test(url) ? undefined : 'notFound';
  if (status === 429) return 'tooMany';
  return status >= 500 ? 'server' : 'invalid';
}
