import { newRandomToken } from '../auth/random-token.ts';
import type { OneTimeLinkView } from '../contract/administrator.ts';
import type { AdminContext } from './context.ts';
import { iso } from './iso.ts';

const DAY = 24 * 60 * 60 * 1000;

/**
 * A new link that works once within a day; earlier ones for the same end. Its token stands behind the `#`, which
 * browsers send to no server and no log.
 */
export async function makeLink(
  context: Pick<AdminContext, 'store' | 'now' | 'publicUrl'>,
  purpose: 'setup' | 'reset',
  administrator: string | null,
): Promise<OneTimeLinkView> {
  const { token, sha256 } = newRandomToken();
  const expires = context.now() + DAY;
  await context.store.administrators.addLink({ sha256, purpose, administrator, expires });
  return { link: `${context.publicUrl()}/${purpose}#${token}`, expiresAt: iso(expires) };
}
