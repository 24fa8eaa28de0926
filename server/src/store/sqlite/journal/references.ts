import type { ObjectKey, Reference } from '@rollcall/provisioning';
import { sql } from 'kysely';
import { compiled, limitTo } from '../compiled.ts';
import type { Connection } from '../connection.ts';

interface Key {
  readonly application: number;
  readonly type: string;
  readonly id: string;
}

/** `keys` is a JSON array of `[type, id]`. */
const referencesOfKeys = compiled((db, { application, keys }: { application: number; keys: string }) =>
  sql<ObjectKey & Reference>`
    SELECT reference.type, reference.id, reference.path, wanted, sent FROM json_each(${keys}) AS asked CROSS JOIN reference
    WHERE application = ${application} AND reference.type = asked.value ->> 0 AND reference.id = asked.value ->> 1
    ORDER BY reference.path`.compile(db),
);

const deleteReferences = compiled((db, { application, type, id }: Key) =>
  sql`DELETE FROM reference WHERE application = ${application} AND type = ${type} AND id = ${id}`.compile(db),
);

const insertReference = compiled((db, row: Key & Reference) =>
  sql`
    INSERT INTO reference (application, type, id, path, wanted, sent, pending)
    VALUES (${row.application}, ${row.type}, ${row.id}, ${row.path}, ${row.wanted}, ${row.sent}, coalesce((
      SELECT target_id IS NOT ${row.sent} FROM link
      WHERE application = ${row.application} AND type IN ('User', 'Group') AND link.id = ${row.wanted} LIMIT 1
    ), 0))
    ON CONFLICT DO UPDATE SET wanted = excluded.wanted, sent = excluded.sent, pending = excluded.pending`.compile(db),
);

/** Without statistics the planner takes the first index that begins with the application: this one is named, as others are. */
const pointAt = compiled((db, { application, id, target }: { application: number; id: string; target: string }) =>
  sql`
    UPDATE reference INDEXED BY reference_wanted SET pending = (sent IS NOT ${target})
    WHERE application = ${application} AND wanted = ${id}`.compile(db),
);

const pointNowhere = compiled((db, { application, id }: { application: number; id: string }) =>
  sql`
    UPDATE reference INDEXED BY reference_wanted SET pending = 0
    WHERE application = ${application} AND wanted = ${id}`.compile(db),
);

const pendingKeys = compiled((db, { application, type, id, limit }: Key & { limit: number }) =>
  sql<ObjectKey>`
    SELECT DISTINCT type, id FROM reference INDEXED BY reference_pending
    WHERE application = ${application} AND pending = 1 AND (type, id) > (${type}, ${id})
    ORDER BY type, id LIMIT ${limitTo(limit)}`.compile(db),
);

export function findReferences(
  connection: Connection,
  application: number,
  keys: readonly ObjectKey[],
): (ObjectKey & Reference)[] {
  return referencesOfKeys.all(connection, {
    application,
    keys: JSON.stringify(keys.map(({ type, id }) => [type, id])),
  });
}

/** Makes `references` all that the object has. */
export function replaceReferences(
  connection: Connection,
  application: number,
  { type, id }: ObjectKey,
  references: readonly Reference[],
): void {
  deleteReferences.run(connection, { application, type, id });
  for (const { path, wanted, sent } of references) {
    insertReference.run(connection, { application, type, id, path, wanted, sent });
  }
}

/** Notes for the references to an object where it is found now; undefined when it is not linked any more. */
export function moveReferencesTo(
  connection: Connection,
  application: number,
  id: string,
  target: string | undefined,
): void {
  if (target === undefined) pointNowhere.run(connection, { application, id });
  else pointAt.run(connection, { application, id, target });
}

/** Objects with a pending reference in the order of type and id, after `after`. */
export function pageOfPendingReferences(
  connection: Connection,
  application: number,
  { type, id }: { type: string; id: string },
  limit: number,
): ObjectKey[] {
  return pendingKeys.all(connection, { application, type, id, limit });
}
