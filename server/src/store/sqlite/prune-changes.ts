import { sql } from 'kysely';
import { compiled, limitTo } from './compiled.ts';
import type { Connection } from './connection.ts';

const deleteOlder = compiled((db, { before, limit }: { before: number; limit: number }) =>
  db
    .deleteFrom('change')
    .where('n', 'in', (select) =>
      select.selectFrom('change').select('n').where('at', '<', before).orderBy('at').limit(limitTo(limit)),
    )
    .returning(['n', 'server'])
    .compile(),
);

const markPruned = compiled((db, { server, n }: { server: number; n: number }) =>
  db
    .insertInto('change_pruned')
    .values({ server, n })
    .onConflict((conflict) => conflict.doUpdateSet({ n: sql`max(change_pruned.n, excluded.n)` }))
    .compile(),
);

/** Deletes up to `limit` changes older than `before` and remembers how far each feed has lost its beginning. */
export function pruneChanges(connection: Connection, before: number, limit: number): number {
  const deleted = deleteOlder.all(connection, { before, limit });
  const last = new Map<number, number>();
  for (const { server, n } of deleted) last.set(server, Math.max(n, last.get(server) ?? 0));
  for (const [server, n] of last) markPruned.run(connection, { server, n });
  return deleted.length;
}
