import { sql } from 'kysely';
import type { IndexedDocument, NewResource, StoredResource } from '../contract.ts';
import { NO_VALUES, type Values } from '../value-difference.ts';
import { compiled } from './compiled.ts';
import type { Connection } from './connection.ts';
import { RESOURCE_COLUMNS } from './stored-resource.ts';
import { writeValues } from './values.ts';

const insertResource = compiled(
  (db, next: { server: number; type: string; id: string; at: number; label: string; document: string }) =>
    db
      .insertInto('resource')
      .values({
        server: next.server,
        type: next.type,
        id: next.id,
        version: 1,
        created: next.at,
        modified: next.at,
        label: next.label,
        document: next.document,
      })
      .compile(),
);

const updateResource = compiled((db, next: { seq: number; at: number; label: string; document: string }) =>
  db
    .updateTable('resource')
    .set({ version: sql`version + 1`, modified: next.at, label: next.label, document: next.document })
    .where('seq', '=', next.seq)
    .returning('version')
    .compile(),
);

const touchResource = compiled((db, { seq, at }: { seq: number; at: number }) =>
  db
    .updateTable('resource')
    .set({ version: sql`version + 1`, modified: at })
    .where('seq', '=', seq)
    .returning(RESOURCE_COLUMNS)
    .compile(),
);

const deleteRow = compiled((db, { seq }: { seq: number }) =>
  db.deleteFrom('resource').where('seq', '=', seq).compile(),
);

const count = compiled((db, { server, type, change }: { server: number; type: string; change: number }) =>
  db
    .insertInto('resource_count')
    .values({ server, type, count: change })
    .onConflict((conflict) => conflict.doUpdateSet({ count: sql`resource_count.count + excluded.count` }))
    .compile(),
);

/** Writes a new resource with its values. Throws UniqueConflict, and then has written nothing. */
export function insert(connection: Connection, resource: NewResource): StoredResource {
  const { server, type, id, at, label, document } = resource;
  return whole(connection, () => {
    const { lastInsertRowid: seq } = insertResource.run(connection, { server, type, id, at, label, document });
    writeValues(connection, { server, type, seq }, NO_VALUES, resource);
    count.run(connection, { server, type, change: 1 });
    return { seq, server, type, id, version: 1, created: at, modified: at, label, document };
  });
}

/** Writes a new document over the current one. Throws UniqueConflict, and then has written nothing. */
export function update(
  connection: Connection,
  current: StoredResource,
  previous: Values,
  next: IndexedDocument,
  at: number,
): StoredResource {
  const { document, label } = next;
  return whole(connection, () => {
    writeValues(connection, current, previous, next);
    const written = updateResource.first(connection, { seq: current.seq, at, label, document });
    if (written === undefined) throw new Error(`${current.id} is not stored`);
    return { ...current, version: written.version, modified: at, label, document };
  });
}

/** Raises a resource's version. */
export function touch(connection: Connection, seq: number, at: number): StoredResource {
  const touched = touchResource.first(connection, { seq, at });
  if (touched === undefined) throw new Error(`The resource ${seq} is not stored`);
  return touched;
}

/** Deletes a resource and its values; its member rows are `deleteMemberships`'. */
export function remove(connection: Connection, current: StoredResource, previous: Values): void {
  writeValues(connection, current, previous, NO_VALUES);
  deleteRow.run(connection, { seq: current.seq });
  count.run(connection, { server: current.server, type: current.type, change: -1 });
}

/** All of `write` or nothing of it: its caller may catch the conflict and go on in the same transaction. */
function whole<T>(connection: Connection, write: () => T): T {
  connection.run('SAVEPOINT statement', []);
  try {
    return write();
  } catch (error) {
    if (connection.database.isTransaction) connection.run('ROLLBACK TO statement', []);
    throw error;
  } finally {
    if (connection.database.isTransaction) connection.run('RELEASE statement', []);
  }
}
