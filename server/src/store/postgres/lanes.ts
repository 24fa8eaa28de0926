import type { PostgresConnection } from './connection.ts';
import { isCancelled, isLockTimeout, isUnavailable } from './error.ts';
import { asStoreError, type Connections } from './pool.ts';

/** Statements that one connection has under way before another one is taken. */
const DEPTH = 16;

interface Lane {
  readonly connection: Promise<PostgresConnection>;
  underWay: number;
  /** Gives the connection back, or gives it up because of an error. */
  readonly end: (error?: unknown) => void;
}

/**
 * A connection for short statements, index lookups of few rows: they share connections of the pool, each sent without
 * waiting for the answers to those before. What comes in one turn is one write, one wake-up of the database and one read,
 * and nobody waits for a connection of its own. A connection is given back when nothing is under way on it; when all are
 * full, a statement gets one of its own from the pool, which refuses what is too much. Errors: as the pool's.
 */
export function openLanes(pool: Pick<Connections, 'use' | 'read'>, most: number): PostgresConnection {
  const lanes = new Set<Lane>();

  function open(): Lane {
    const opened = Promise.withResolvers<PostgresConnection>();
    const used = Promise.withResolvers<void>();
    const lane: Lane = {
      connection: opened.promise,
      underWay: 0,
      end(error) {
        if (!lanes.delete(lane)) return;
        if (error === undefined) used.resolve();
        else used.reject(error);
      },
    };
    lanes.add(lane);
    const body = (connection: PostgresConnection) => {
      opened.resolve(connection);
      return used.promise;
    };
    // A failure before it is open is told to those who wait for it, a later one to those whose statements it ended.
    pool.use(body).catch(opened.reject);
    opened.promise.catch(() => undefined);
    return lane;
  }

  function laneFor(): Lane | undefined {
    for (const lane of lanes) if (lane.underWay < DEPTH) return lane;
    return lanes.size < most ? open() : undefined;
  }

  return {
    dialect: 'postgres',
    async execute(sql, bindings, options) {
      const lane = laneFor();
      if (lane === undefined) return pool.read.execute(sql, bindings, options);
      lane.underWay++;
      try {
        const connection = await lane.connection;
        return await connection.execute(sql, bindings, options);
      } catch (error) {
        if (isUnavailable(error)) lane.end(error);
        // It has kept those behind it waiting, who may be sent again: the connection goes, with all that is under way.
        if (isCancelled(error) || isLockTimeout(error)) lane.end(new Error('Connection terminated', { cause: error }));
        throw asStoreError(error);
      } finally {
        lane.underWay--;
        if (lane.underWay === 0) lane.end();
      }
    },
  };
}
