import { changeOf } from '../change-of.ts';
import { createChangeWaiters } from '../change-waiters.ts';
import type { ChangeFeed } from '../contract.ts';
import { changesOfResource, membershipsOfResource } from './change-history.ts';
import { compiled, limitTo, ONE } from './compiled.ts';
import type { Connection } from './connection.ts';
import type { GroupCommit } from './group-commit.ts';
import { pruneChanges } from './prune-changes.ts';

interface Window {
  readonly server: number;
  readonly after: number;
  readonly until: number;
  readonly limit: number;
}

const changesAfter = compiled((db, { server, after, until, limit }: Window) =>
  db
    .selectFrom('change')
    .selectAll()
    .where('server', '=', server)
    .where('n', '>', after)
    .where('n', '<=', until)
    .orderBy('n')
    .limit(limitTo(limit))
    .compile(),
);

const oldestChange = compiled((db, { server, until }: { server: number; until: number }) =>
  db
    .selectFrom('change')
    .select('n')
    .where('server', '=', server)
    .where('n', '<=', until)
    .orderBy('n')
    .limit(ONE)
    .compile(),
);

const newestChange = compiled((db, { server, until }: { server: number; until: number }) =>
  db
    .selectFrom('change')
    .select('n')
    .where('server', '=', server)
    .where('n', '<=', until)
    .orderBy('n', 'desc')
    .limit(ONE)
    .compile(),
);

const prunedTo = compiled((db, { server }: { server: number }) =>
  db.selectFrom('change_pruned').select('n').where('server', '=', server).compile(),
);

const newestOfAll = compiled((db, _: Record<never, never>) =>
  db.selectFrom('change').select('n').orderBy('n', 'desc').limit(ONE).compile(),
);

export interface SqliteChangeFeed extends ChangeFeed {
  /** Notes that the feed of a server grows in the group of writes that runs. */
  grows(server: number): void;
  /** Shows what the group appended, now that it is on disk, and wakes who waits for it. */
  stored(): void;
}

/**
 * The change feed. Readers see positions up to the last synced group only: a change that a power failure could take
 * back would leave its position to another one, which the reader would then never see.
 */
export function createChangeFeed(reader: Connection, writer: Connection, run: GroupCommit['run']): SqliteChangeFeed {
  const waiters = createChangeWaiters();
  const growing = new Set<number>();
  let durable = newestOfAll.first(writer, {})?.n ?? 0;

  return {
    async after(server, n, limit) {
      return changesAfter.all(reader, { server, after: n, until: durable, limit }).map(changeOf);
    },
    async of(server, id, before, limit) {
      return changesOfResource(reader, { server, id, before: Math.min(before, durable + 1), limit });
    },
    memberships: (server, id, before, limit) =>
      membershipsOfResource(reader, { server, id, before: Math.min(before, durable + 1), limit }),
    async bounds(server) {
      const pruned = prunedTo.first(reader, { server })?.n;
      return {
        // Who stands where pruning ended has missed nothing, even though the next change kept has a higher position.
        oldest: pruned ?? oldestChange.first(reader, { server, until: durable })?.n ?? 0,
        newest: newestChange.first(reader, { server, until: durable })?.n ?? pruned ?? 0,
      };
    },
    wait: waiters.wait,
    watch: waiters.watch,
    prune: (before, limit) => run(async () => pruneChanges(writer, before, limit)),
    grows(server) {
      growing.add(server);
    },
    stored() {
      if (growing.size === 0) return;
      durable = newestOfAll.first(writer, {})?.n ?? durable;
      for (const server of growing) waiters.tell(server);
      growing.clear();
    },
  };
}
