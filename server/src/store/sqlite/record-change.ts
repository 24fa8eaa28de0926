import { changePieces } from '../change-pieces.ts';
import type { ChangeKind, NewChange } from '../contract.ts';
import { compiled } from './compiled.ts';
import type { Connection } from './connection.ts';

interface ChangeRow {
  readonly server: number;
  readonly at: number;
  readonly type: string;
  readonly id: string;
  readonly kind: ChangeKind;
  readonly label: string;
  readonly externalId: string | null;
  readonly data: string | null;
}

const insertChange = compiled((db, row: ChangeRow) =>
  db
    .insertInto('change')
    .values({
      server: row.server,
      at: row.at,
      type: row.type,
      id: row.id,
      kind: row.kind,
      label: row.label,
      external_id: row.externalId,
      data: row.data,
    })
    .compile(),
);

/** Appends a change to the feed: as several rows of the same kind when it names many members. */
export function recordChange(connection: Connection, change: NewChange): void {
  const { server, at, type, id, kind, label } = change;
  for (const data of changePieces(change)) {
    insertChange.run(connection, { server, at, type, id, kind, label, externalId: change.externalId ?? null, data });
  }
}
