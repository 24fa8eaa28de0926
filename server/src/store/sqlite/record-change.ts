import type { ChangeKind, NewChange } from '../contract.ts';
import { compiled } from './compiled.ts';
import type { Connection } from './connection.ts';

/** Ids that one row of the feed names at most, so that a reader's page stays small. */
const MEMBERS_IN_CHANGE = 1000;

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

/** What a change names, as it is stored. */
export type ChangeData = Pick<NewChange, 'attributes' | 'membersAdded' | 'membersRemoved'>;

/** Appends a change to the feed: as several rows of the same kind when it names many members. */
export function recordChange(connection: Connection, change: NewChange): void {
  const { server, at, type, id, kind, label } = change;
  for (const data of inPieces(change)) {
    insertChange.run(connection, { server, at, type, id, kind, label, externalId: change.externalId ?? null, data });
  }
}

function* inPieces({ attributes, membersAdded = [], membersRemoved = [] }: NewChange): Generator<string | null> {
  const most = Math.max(membersAdded.length, membersRemoved.length);
  for (let from = 0; from === 0 || from < most; from += MEMBERS_IN_CHANGE) {
    const piece = (ids: readonly string[]) => ids.slice(from, from + MEMBERS_IN_CHANGE);
    const data = {
      ...(from === 0 && attributes !== undefined ? { attributes } : {}),
      ...(from < membersAdded.length ? { membersAdded: piece(membersAdded) } : {}),
      ...(from < membersRemoved.length ? { membersRemoved: piece(membersRemoved) } : {}),
    } satisfies ChangeData;
    yield Object.keys(data).length === 0 ? null : JSON.stringify(data);
  }
}
