import type { Chunk, ChunkOutcome } from '@rollcall/provisioning';
import { sql } from 'kysely';
import { createJournal } from '../journal/journal.ts';
import { ONE, statement } from '../statement.ts';
import type { Access, Statements } from '../statements.ts';
import { type Chunks, type HeldChunk, LeaseLost } from '../work-contract.ts';
import { clock } from './clock.ts';
import { fenced } from './fence.ts';

interface Named {
  readonly cycle: string;
  readonly n: number;
}

interface Held extends Named {
  readonly token: number;
}

const insert = statement(
  (db, { cycle, n, application, fence, chunk }: Named & { application: number; fence: number; chunk: string }) =>
    sql`
      INSERT INTO chunk (cycle, n, application, fence, chunk, token, stopping)
      VALUES (${cycle}, ${n}, ${application}, ${fence}, ${chunk}, 0, 0)`.compile(db),
);

const take = statement((db, { application, holder }: { application: number; holder: string }, { dialect }) =>
  sql<{ fence: number; token: number; chunk: string }>`
    UPDATE chunk SET holder = ${holder}, token = token + 1 WHERE (cycle, n) = (
      SELECT cycle, n FROM chunk AS free
      WHERE application = ${application} AND outcome IS NULL AND stopping = 0
        AND EXISTS (
          SELECT 1 FROM application_lease AS lease WHERE lease.application = free.application AND lease.fence = free.fence
        )
        AND NOT EXISTS (
          SELECT 1 FROM process WHERE process.id = free.holder AND process.expires > ${clock(dialect)}
        )
      ORDER BY n LIMIT ${ONE} ${dialect === 'sqlite' ? sql`` : sql`FOR UPDATE SKIP LOCKED`}
    )
    RETURNING fence, token, chunk`.compile(db),
);

const mine = statement((db, { cycle, n, token }: Held) =>
  sql<{ stopping: number }>`
    SELECT stopping FROM chunk JOIN application_lease USING (application, fence)
    WHERE cycle = ${cycle} AND n = ${n} AND token = ${token}`.compile(db),
);

const lockMine = statement((db, { cycle, n, token }: Held, { dialect }) =>
  sql<{ token: number }>`
    SELECT token FROM chunk WHERE cycle = ${cycle} AND n = ${n} AND token = ${token} AND outcome IS NULL
    ${dialect === 'sqlite' ? sql`` : sql`FOR SHARE`}`.compile(db),
);

const finish = statement((db, { cycle, n, token, outcome }: Held & { outcome: string }) =>
  sql`
    UPDATE chunk SET outcome = ${outcome} WHERE cycle = ${cycle} AND n = ${n} AND token = ${token}`.compile(db),
);

const giveBack = statement((db, { cycle, n, token }: Held) =>
  sql`UPDATE chunk SET holder = NULL WHERE cycle = ${cycle} AND n = ${n} AND token = ${token}`.compile(db),
);

const keepOnly = statement((db, { holder, kept }: { holder: string; kept: string }, { texts }) =>
  sql`
    UPDATE chunk SET holder = NULL WHERE holder = ${holder} AND outcome IS NULL
      AND cycle || ' ' || n || ' ' || token NOT IN (SELECT kept.value FROM ${texts(kept, 'kept')})`.compile(db),
);

const stop = statement((db, { cycle, n }: Named) =>
  sql`UPDATE chunk SET stopping = 1 WHERE cycle = ${cycle} AND n = ${n}`.compile(db),
);

const look = statement((db, { cycle, n }: Named, { dialect }) =>
  sql<{ outcome: string | null; holder: string | null }>`
    SELECT outcome, process.id AS holder FROM chunk
    LEFT JOIN process ON process.id = chunk.holder AND process.expires > ${clock(dialect)}
    WHERE cycle = ${cycle} AND n = ${n}`.compile(db),
);

const remove = statement((db, { cycle, n }: Named) =>
  sql`DELETE FROM chunk WHERE cycle = ${cycle} AND n = ${n}`.compile(db),
);

const forgetSought = statement((db, { cycle, n }: Named) =>
  sql`DELETE FROM sought WHERE cycle = ${cycle} AND n = ${n}`.compile(db),
);

const seek = statement(
  (db, { application, cycle, n, values }: Named & { application: number; values: string }, { texts }) =>
    sql`
      INSERT INTO sought (application, value, cycle, n)
      SELECT DISTINCT CAST(${application} AS bigint), wish.value, CAST(${cycle} AS text), CAST(${n} AS bigint)
      FROM ${texts(values, 'wish')} WHERE TRUE ORDER BY wish.value
      ON CONFLICT (application, value) DO NOTHING`.compile(db),
);

const refused = statement(
  (db, { application, cycle, n, values }: Named & { application: number; values: string }, { texts }) =>
    sql<{ value: string }>`
      SELECT sought.value FROM ${texts(values, 'wish')} JOIN sought ON sought.value = wish.value
      WHERE sought.application = ${application} AND NOT (sought.cycle = ${cycle} AND sought.n = ${n})`.compile(db),
);

const clear = statement((db, { application, fence }: { application: number; fence: number }, { dialect }) =>
  sql`
    DELETE FROM chunk WHERE application = ${application} AND fence < ${fence} AND NOT EXISTS (
      SELECT 1 FROM process
      WHERE process.id = chunk.holder AND chunk.outcome IS NULL AND process.expires > ${clock(dialect)}
    )`.compile(db),
);

const left = statement((db, { application, fence }: { application: number; fence: number }) =>
  sql<{ count: number }>`
    SELECT count(*) AS count FROM chunk WHERE application = ${application} AND fence < ${fence}`.compile(db),
);

const clearSought = statement((db, { application }: { application: number }) =>
  sql`
    DELETE FROM sought WHERE application = ${application} AND NOT EXISTS (
      SELECT 1 FROM chunk WHERE chunk.cycle = sought.cycle AND chunk.n = sought.n
    )`.compile(db),
);

const heldOf = ({ token, chunk: { cycle, n } }: HeldChunk): Held => ({ cycle, n, token });

/** What a worker's transaction awaits first. */
function guardOf(held: HeldChunk): (statements: Statements) => Promise<void> {
  const coordinated = fenced(held.application, held.fence);
  return async (statements) => {
    await coordinated(statements);
    if ((await lockMine.first(statements, heldOf(held))) === undefined) {
      throw new LeaseLost('Another process works on this part of the cycle now.');
    }
  };
}

export function createChunks(access: Access): Chunks {
  const { read, write } = access;
  return {
    add: (application, fence, chunk) =>
      write(async (db) => {
        await fenced(application, fence)(db);
        const { cycle, n } = chunk;
        await insert.run(db, { cycle, n, application, fence, chunk: JSON.stringify(chunk) });
      }),
    async take(application, holder) {
      const row = await write((db) => take.first(db, { application, holder }));
      if (row === undefined) return undefined;
      const { fence, token } = row;
      // Only `add` writes these.
      return { application, fence, token, chunk: JSON.parse(row.chunk) as Chunk };
    },
    async state(held) {
      const row = await mine.first(read, heldOf(held));
      if (row === undefined) return 'lost';
      return row.stopping === 1 ? 'stopping' : 'goesOn';
    },
    finish: (held, outcome) =>
      write(async (db) => {
        await guardOf(held)(db);
        await forgetSought.run(db, held.chunk);
        await finish.run(db, { ...heldOf(held), outcome: JSON.stringify(outcome) });
      }),
    giveBack: (held) => write(async (db) => void (await giveBack.run(db, heldOf(held)))),
    keepOnly: (holder, held) =>
      write(async (db) => {
        const kept = held.map(({ token, chunk: { cycle, n } }) => `${cycle} ${n} ${token}`);
        await keepOnly.run(db, { holder, kept: JSON.stringify(kept) });
      }),
    journal: (held) => createJournal(access, held.application, guardOf(held)),
    seek: (held, values) =>
      write(async (db) => {
        const { application, chunk } = held;
        const named = { application, cycle: chunk.cycle, n: chunk.n, values: JSON.stringify(values) };
        await guardOf(held)(db);
        await seek.run(db, named);
        return new Set((await refused.all(db, named)).map(({ value }) => value));
      }),
    stop: (cycle, n) => write(async (db) => void (await stop.run(db, { cycle, n }))),
    async look(cycle, n) {
      const row = await look.first(read, { cycle, n });
      if (row === undefined) throw new LeaseLost('The part of the cycle is gone.');
      // Only `finish` writes these.
      if (row.outcome !== null) return JSON.parse(row.outcome) as ChunkOutcome;
      return row.holder === null ? 'free' : 'inHand';
    },
    remove: (cycle, n) => write(async (db) => void (await remove.run(db, { cycle, n }))),
    clear: (application, fence) =>
      write(async (db) => {
        await clear.run(db, { application, fence });
        const rows = await left.first(db, { application, fence });
        await clearSought.run(db, { application });
        return rows?.count ?? 0;
      }),
  };
}
