import type { Json } from '@rollcall/scim';
import { sql } from 'kysely';
import { statement } from '../statement.ts';
import type { Access } from '../statements.ts';
import type { Requests } from '../work-contract.ts';
import { clock } from './clock.ts';
import { fenced } from './fence.ts';

interface NewRequest {
  readonly id: string;
  readonly application: number;
  readonly kind: string;
  readonly data: string;
}

const insert = statement((db, { id, application, kind, data }: NewRequest, { dialect }) =>
  sql`
    INSERT INTO application_request (id, application, kind, data, at)
    VALUES (${id}, ${application}, ${kind}, ${data}, ${clock(dialect)})`.compile(db),
);

const take = statement((db, { application, fence, ms }: { application: number; fence: number; ms: number }, sqlFor) =>
  sql<{ id: string; kind: string; data: string }>`
    UPDATE application_request SET fence = ${fence}
    WHERE application = ${application} AND outcome IS NULL AND coalesce(fence, 0) < ${fence}
      AND at > ${clock(sqlFor.dialect)} - CAST(${ms} AS bigint)
    RETURNING id, kind, data, at`.compile(db),
);

const answer = statement((db, { id, fence, outcome }: { id: string; fence: number; outcome: string }) =>
  sql<{ application: number }>`
    UPDATE application_request SET outcome = ${outcome} WHERE id = ${id} AND fence = ${fence}`.compile(db),
);

const applicationOf = statement((db, { id }: { id: string }) =>
  sql<{ application: number }>`SELECT application FROM application_request WHERE id = ${id}`.compile(db),
);

const look = statement((db, { id }: { id: string }) =>
  sql<{ fence: number | null; outcome: string | null }>`
    SELECT fence, outcome FROM application_request WHERE id = ${id}`.compile(db),
);

const remove = statement((db, { id }: { id: string }) =>
  sql`DELETE FROM application_request WHERE id = ${id}`.compile(db),
);

const prune = statement((db, { ms }: { ms: number }, { dialect }) =>
  sql`DELETE FROM application_request WHERE at < ${clock(dialect)} - CAST(${ms} AS bigint)`.compile(db),
);

export function createRequests({ read, write }: Access): Requests {
  return {
    add: ({ data, ...request }) =>
      write(async (db) => void (await insert.run(db, { ...request, data: JSON.stringify(data) }))),
    async take(application, fence, ms) {
      const rows = await write((db) => take.all(db, { application, fence, ms }));
      // Only `add` writes these.
      return rows.map(({ id, kind, data }) => ({ id, application, kind, data: JSON.parse(data) as Json }));
    },
    answer: (id, fence, outcome) =>
      write(async (db) => {
        const row = await applicationOf.first(db, { id });
        if (row === undefined) return;
        await fenced(row.application, fence)(db);
        await answer.run(db, { id, fence, outcome: JSON.stringify(outcome) });
      }),
    async look(id) {
      const row = await look.first(read, { id });
      if (row === undefined) return undefined;
      const outcome = row.outcome === null ? undefined : JSON.parse(row.outcome);
      return { outcome, taken: row.fence !== null };
    },
    remove: (id) => write(async (db) => void (await remove.run(db, { id }))),
    prune: (ms) => write(async (db) => void (await prune.run(db, { ms }))),
  };
}
