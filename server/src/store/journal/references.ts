import type { ObjectKey, Reference } from '@rollcall/provisioning';
import { sql } from 'kysely';
import { rowStatement } from '../row-statement.ts';
import { limitTo, statement } from '../statement.ts';
import type { Statements } from '../statements.ts';

interface Key {
  readonly application: number;
  readonly type: string;
  readonly id: string;
}

/** `keys` is a JSON array of `[type, id]`. */
const referencesOfKeys = statement(
  (db, { application, keys }: { application: number; keys: string }, { elements, field }) =>
    sql<ObjectKey & Reference>`
      SELECT reference.type, reference.id, reference.path, wanted, sent
      FROM ${elements(keys, 'asked')} CROSS JOIN reference
      WHERE application = ${application} AND reference.type = ${field('asked.value', 0)}
        AND reference.id = ${field('asked.value', 1)}
      ORDER BY reference.path`.compile(db),
);

const deleteReferences = rowStatement<Key>(
  { application: 'bigint', type: 'text', id: 'text' },
  (db, { application, type, id }, { using }) =>
    sql`
      DELETE FROM reference ${using}
      WHERE reference.application = ${application} AND reference.type = ${type} AND reference.id = ${id}`.compile(db),
);

const insertReferences = rowStatement<Key & Reference>(
  { application: 'bigint', type: 'text', id: 'text', path: 'text', wanted: 'text', sent: 'text' },
  (db, row, { values }) => {
    const pending = sql`coalesce((
      SELECT CASE WHEN link.target_id IS DISTINCT FROM ${row.sent} THEN 1 ELSE 0 END FROM link
      WHERE link.application = ${row.application} AND link.type IN ('User', 'Group') AND link.id = ${row.wanted} LIMIT 1
    ), 0)`;
    return sql`
      INSERT INTO reference (application, type, id, path, wanted, sent, pending)
      ${values(row.application, row.type, row.id, row.path, row.wanted, row.sent, pending)}`.compile(db);
  },
);

/** An object that is found at `target` from now on; null when it is not linked any more. */
export interface Moved extends ObjectKey {
  readonly target: string | null;
}

/** Without statistics SQLite's planner takes the first index that begins with the application: this one is named, as others are. */
const pointAt = rowStatement<{ application: number; id: string; target: string | null }>(
  { application: 'bigint', id: 'text', target: 'text' },
  (db, { application, id, target }, { from, indexedBy }) =>
    sql`
      UPDATE reference ${indexedBy('reference_wanted')}
      SET pending = CASE WHEN sent IS DISTINCT FROM ${target} THEN 1 ELSE 0 END
      ${from} WHERE reference.application = ${application} AND reference.wanted = ${id}`.compile(db),
);

const pointNowhere = rowStatement<{ application: number; id: string }>(
  { application: 'bigint', id: 'text' },
  (db, { application, id }, { from, indexedBy }) =>
    sql`
      UPDATE reference ${indexedBy('reference_wanted')} SET pending = 0
      ${from} WHERE reference.application = ${application} AND reference.wanted = ${id}`.compile(db),
);

const pendingKeys = statement((db, { application, type, id, limit }: Key & { limit: number }, { indexedBy }) =>
  sql<ObjectKey>`
    SELECT DISTINCT type, id FROM reference ${indexedBy('reference_pending')}
    WHERE application = ${application} AND pending = 1 AND (type, id) > (${type}, ${id})
    ORDER BY type, id LIMIT ${limitTo(limit)}`.compile(db),
);

export function findReferences(
  statements: Statements,
  application: number,
  keys: readonly ObjectKey[],
): Promise<(ObjectKey & Reference)[]> {
  const asked = JSON.stringify(keys.map(({ type, id }) => [type, id]));
  return referencesOfKeys.all(statements, { application, keys: asked });
}

/** Forgets the references of objects. */
export function dropReferences(statements: Statements, application: number, keys: readonly ObjectKey[]) {
  return deleteReferences.run(
    statements,
    keys.map(({ type, id }) => ({ application, type, id })),
  );
}

/** Stores the references of objects that have none; of two with one path the last. */
export function addReferences(
  statements: Statements,
  application: number,
  objects: readonly (ObjectKey & { readonly references: readonly Reference[] })[],
) {
  const rows = objects.flatMap(({ type, id, references }) => {
    const last = new Map(references.map((reference) => [reference.path, reference]));
    return [...last.values()].map(({ path, wanted, sent }) => ({ application, type, id, path, wanted, sent }));
  });
  return insertReferences.run(statements, rows);
}

/** Notes for the references to objects where they are found now. */
export function moveReferences(statements: Statements, application: number, moved: readonly Moved[]) {
  const gone = moved.filter(({ target }) => target === null).map(({ id }) => ({ application, id }));
  const found = moved.filter(({ target }) => target !== null).map(({ id, target }) => ({ application, id, target }));
  const sent = [pointNowhere.run(statements, gone), pointAt.run(statements, found)];
  return sent.some((answer) => answer !== undefined) ? Promise.all(sent) : undefined;
}

/** Objects with a pending reference in the order of type and id, after `after`. */
export function pageOfPendingReferences(
  statements: Statements,
  application: number,
  { type, id }: { type: string; id: string },
  limit: number,
): Promise<ObjectKey[]> {
  return pendingKeys.all(statements, { application, type, id, limit });
}
