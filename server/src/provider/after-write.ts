import { unavailable } from '@rollcall/scim';
import { StoreUnavailable } from '../store/contract.ts';

/**
 * Reads what the answer to a write holds beside what was written. A database that is lost by then has stored the write,
 * and the 503 has to say so: whoever believed that nothing was changed would do it twice.
 */
export async function afterWrite<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    throw unavailable('The change was stored, but the database was lost before the answer was whole. Read it.', 5);
  }
}
