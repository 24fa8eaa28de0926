import type {
  DriftJournal,
  DriftPass,
  DriftQuery,
  ObjectKey,
  StoredDrift,
  StoredDriftDecision,
} from '@rollcall/provisioning';
import { type Selectable, sql } from 'kysely';
import type { DriftDecisionTable, DriftTable } from '../application-tables.ts';
import { createPipeline } from '../pipeline.ts';
import { rowStatement } from '../row-statement.ts';
import { limitTo, statement } from '../statement.ts';
import type { Access } from '../statements.ts';
import { STEP, untilDone } from '../steps.ts';

interface Key {
  readonly application: number;
  readonly type: string;
  readonly id: string;
}

type Row = Selectable<DriftTable>;

const upsertDrift = rowStatement<Row>(
  {
    application: 'bigint',
    type: 'text',
    id: 'text',
    path: 'text',
    kind: 'text',
    label: 'text',
    folded_label: 'text',
    target_id: 'text',
    since: 'bigint',
    seen: 'bigint',
    mark: 'text',
    expected: 'text',
    found: 'text',
  },
  (db, row, { values }) =>
    sql`
      INSERT INTO drift (
        application, type, id, path, kind, label, folded_label, target_id, since, seen, mark, expected, found
      ) ${values(
        ...[row.application, row.type, row.id, row.path, row.kind, row.label, row.folded_label],
        ...[row.target_id, row.since, row.seen, row.mark, row.expected, row.found],
      )}
      ON CONFLICT (application, type, id, path) DO UPDATE SET kind = excluded.kind, label = excluded.label,
        folded_label = excluded.folded_label, target_id = excluded.target_id, seen = excluded.seen,
        mark = excluded.mark, expected = excluded.expected, found = excluded.found`.compile(db),
);

/** `paths` is a JSON array of those that stay. */
const deleteOthers = statement((db, { application, type, id, paths }: Key & { paths: string }, { among }) =>
  sql`
    DELETE FROM drift WHERE application = ${application} AND type = ${type} AND id = ${id}
      AND NOT path ${among(paths)}`.compile(db),
);

const anyOfObject = statement((db, { application, type, id }: Key) =>
  sql<{ path: string }>`
    SELECT path FROM drift WHERE application = ${application} AND type = ${type} AND id = ${id} LIMIT 1`.compile(db),
);

interface Page extends Key {
  readonly path: string;
  readonly limit: number;
  readonly onlyPath: string | null;
  readonly onlyType: string | null;
  readonly object: string | null;
  readonly label: string | null;
}

const driftPage = statement((db, page: Page) =>
  sql<Row>`
    SELECT * FROM drift
    WHERE application = ${page.application} AND (type, id, path) > (${page.type}, ${page.id}, ${page.path})
      AND (CAST(${page.onlyPath} AS text) IS NULL OR path = ${page.onlyPath})
      AND (CAST(${page.onlyType} AS text) IS NULL OR type = ${page.onlyType})
      AND (CAST(${page.object} AS text) IS NULL
        OR id = ${page.object} OR target_id = ${page.object} OR folded_label = ${page.label})
    ORDER BY type, id, path LIMIT ${limitTo(page.limit)}`.compile(db),
);

const countDrift = statement((db, { application }: { application: number }) =>
  sql<{ objects: number; items: number }>`
    SELECT count(*) AS items, count(DISTINCT type || ' ' || id) AS objects FROM drift
    WHERE application = ${application}`.compile(db),
);

const deletePath = statement((db, { application, path, limit }: { application: number; path: string; limit: number }) =>
  sql`
    DELETE FROM drift WHERE (application, type, id, path) IN (
      SELECT application, type, id, path FROM drift
      WHERE application = ${application} AND path = ${path} LIMIT ${limitTo(limit)}
    )`.compile(db),
);

const deleteUnlinked = statement((db, { application }: { application: number }) =>
  sql`
    DELETE FROM drift WHERE application = ${application} AND NOT EXISTS (
      SELECT 1 FROM link
      WHERE link.application = drift.application AND link.type = drift.type AND link.id = drift.id
    )`.compile(db),
);

type DecisionRow = Selectable<DriftDecisionTable>;

const decisionsOfObject = statement((db, { application, type, id }: Key) =>
  sql<DecisionRow>`
    SELECT * FROM drift_decision WHERE application = ${application} AND type = ${type} AND id = ${id}
    ORDER BY path`.compile(db),
);

const firstDecisions = statement((db, { application, limit }: { application: number; limit: number }) =>
  sql<DecisionRow>`
    SELECT * FROM drift_decision WHERE application = ${application}
    ORDER BY type, id, path LIMIT ${limitTo(limit)}`.compile(db),
);

const upsertDecision = statement((db, row: DecisionRow) =>
  sql`
    INSERT INTO drift_decision (application, type, id, path, rule, mark, label, at)
    VALUES (${row.application}, ${row.type}, ${row.id}, ${row.path}, ${row.rule}, ${row.mark}, ${row.label}, ${row.at})
    ON CONFLICT (application, type, id, path) DO UPDATE SET rule = excluded.rule, mark = excluded.mark, label = excluded.label,
      at = excluded.at`.compile(db),
);

const deleteDecision = statement((db, { application, type, id, path }: Key & { path: string }) =>
  sql`
    DELETE FROM drift_decision
    WHERE application = ${application} AND type = ${type} AND id = ${id} AND path = ${path}`.compile(db),
);

const passOf = statement((db, { application }: { application: number }) =>
  sql<{ pass: string }>`SELECT pass FROM drift_pass WHERE application = ${application}`.compile(db),
);

const upsertPass = statement((db, { application, pass }: { application: number; pass: string }) =>
  sql`
    INSERT INTO drift_pass (application, pass) VALUES (${application}, ${pass})
    ON CONFLICT (application) DO UPDATE SET pass = excluded.pass`.compile(db),
);

/** Where the drift of one application is kept. Reads see the last commit. */
export function createDriftJournal({ read, write }: Access, application: number): DriftJournal {
  return {
    keep: (object, items, now) =>
      write(async (statements) => {
        const { type, id, label, targetId } = object;
        const rows = items.map(({ path, kind, mark, expected, found }) => ({
          ...{ application, type, id, path, kind, label, mark, since: now, seen: now },
          folded_label: label.toLowerCase(),
          target_id: targetId,
          expected: JSON.stringify(expected),
          found: JSON.stringify(found),
        }));
        const pipeline = createPipeline();
        const paths = JSON.stringify(items.map(({ path }) => path));
        pipeline.send(deleteOthers.run(statements, { application, type, id, paths }));
        pipeline.send(upsertDrift.run(statements, [...new Map(rows.map((row) => [row.path, row])).values()]));
        await pipeline.answered();
      }),
    list: async ({ limit, ...query }) => {
      const rows = await driftPage.all(read, { application, limit: limit + 1, ...conditionsOf(query) });
      const last = rows[limit - 1];
      const next =
        rows.length <= limit || last === undefined ? undefined : JSON.stringify([last.type, last.id, last.path]);
      return { items: rows.slice(0, limit).map(driftOf), next };
    },
    has: async ({ type, id }) => (await anyOfObject.first(read, { application, type, id })) !== undefined,
    count: async () => ({ objects: 0, items: 0, ...(await countDrift.first(read, { application })) }),
    dropPath: (path) =>
      write((statements) => untilDone(() => deletePath.run(statements, { application, path, limit: STEP }))),
    sweep: () => write(async (statements) => void (await deleteUnlinked.run(statements, { application }))),

    decisions: async ({ type, id }) => (await decisionsOfObject.all(read, { application, type, id })).map(decisionOf),
    listDecisions: async (limit) => (await firstDecisions.all(read, { application, limit })).map(decisionOf),
    decide: ({ type, id, label, path, rule, mark, at }) =>
      write(async (statements) => {
        await upsertDecision.run(statements, { application, type, id, label, path, rule, mark, at });
      }),
    undecide: ({ type, id }: ObjectKey, path) =>
      write(async (statements) => void (await deleteDecision.run(statements, { application, type, id, path }))),

    async pass() {
      const row = await passOf.first(read, { application });
      if (row === undefined) return undefined;
      // Only `savePass` writes it.
      return JSON.parse(row.pass) as DriftPass;
    },
    savePass: (pass) =>
      write(async (statements) => {
        await upsertPass.run(statements, { application, pass: JSON.stringify(pass) });
      }),
  };
}

function conditionsOf({ after, path, type, object }: Omit<DriftQuery, 'limit'>) {
  const [afterType = '', afterId = '', afterPath = ''] = positionOf(after);
  return {
    type: afterType,
    id: afterId,
    path: afterPath,
    onlyPath: path ?? null,
    onlyType: type ?? null,
    object: object ?? null,
    label: object?.toLowerCase() ?? null,
  };
}

/** What `list` gave as `next`; of anything else the beginning. */
function positionOf(after: string | undefined): readonly string[] {
  if (after === undefined) return [];
  try {
    const parts: unknown = JSON.parse(after);
    return Array.isArray(parts) ? parts.filter((part) => typeof part === 'string') : [];
  } catch {
    return [];
  }
}

// `expected` and `found` were written by `keep`.
const driftOf = ({ type, id, path, kind, label, target_id, since, seen, mark, expected, found }: Row): StoredDrift => ({
  ...{ type, id, path, kind, label, since, seen, mark },
  targetId: target_id,
  expected: JSON.parse(expected),
  found: JSON.parse(found),
});

const decisionOf = ({ type, id, path, rule, mark, label, at }: DecisionRow): StoredDriftDecision => ({
  ...{ type, id, path, rule, mark, label, at },
});
