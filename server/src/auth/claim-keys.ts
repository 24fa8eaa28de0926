import { unlink } from 'node:fs/promises';
import type { Store } from '../store/contract.ts';
import { type Keys, KeysUnusable } from './keys.ts';

/**
 * Makes sure that all processes on one database have the same keys: the first one leaves the fingerprint of its own
 * there. Errors: KeysUnusable when they are others; a keys file that was just made for nothing is removed again.
 */
export async function claimKeys(store: Pick<Store, 'claimKeys'>, keys: Keys): Promise<void> {
  if (await store.claimKeys(keys.signing.fingerprint)) return;
  if (keys.created) await unlink(keys.file);
  throw new KeysUnusable(
    `${keys.created ? `There is no ${keys.file}, and the` : `The keys in ${keys.file} are not those of this database. The`} ` +
      'processes that share a database need the same keys: copy the keys file of one that has served it to ' +
      `${keys.file}, or name it with --keys-file. If nobody has it any more, run in the database ` +
      'UPDATE installation SET keys = NULL; then the next start takes its own, and tokens and credentials must be made anew.',
  );
}
