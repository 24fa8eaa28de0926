import { StoreUnavailable } from '../contract.ts';
import { isCancelled, isLockTimeout } from './error.ts';
import type { Connections } from './pool.ts';

/** Any number that nothing else in the database locks. */
const TURN_LOCK = 7_643_7645;
/** Milliseconds that a process waits for its turn. */
const PATIENCE = 10_000;

/** Lets bodies of this process take turns first, so that they wait on one connection and not on all. */
export function createTurns(connections: Connections): <T>(body: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (body) => {
    const turn = last.then(() => inTurn(connections, body));
    last = turn.catch(() => undefined);
    return turn;
  };
}

/**
 * Runs `body` under a lock of the whole database, which PostgreSQL releases when the connection ends, whatever becomes
 * of this process. The transaction that holds it writes nothing, so that it holds up neither change feed nor vacuum.
 */
function inTurn<T>(connections: Connections, body: () => Promise<T>): Promise<T> {
  return connections.use(async (connection) => {
    const run = (sql: string) => connection.execute(sql, [], { prepare: false });
    await run('BEGIN');
    try {
      await run(`SET LOCAL lock_timeout = ${PATIENCE}`);
      await run(`SELECT pg_advisory_xact_lock(${TURN_LOCK})`).catch((error: unknown) => {
        if (!isLockTimeout(error) && !isCancelled(error)) throw error;
        throw new StoreUnavailable('Another process has been changing settings for too long', { cause: error });
      });
      return await body();
    } finally {
      await run('ROLLBACK').catch(() => undefined);
    }
  });
}
