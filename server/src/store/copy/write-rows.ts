import type { PostgresConnection } from '../postgres/connection.ts';
import { byteArray, doubleArray, integerArray, textArray } from '../postgres/log/binary-array.ts';
import type { CopiedValue } from './checksum.ts';
import type { ColumnKind, CopiedColumn, CopiedTable } from './copied-table.ts';

/** What one statement writes at most. */
const ROWS = 5000;
const CHARACTERS = 1024 * 1024;
/** Statements on their way: PostgreSQL has something to do while the next one is made. */
const UNDER_WAY = 2;

const ARRAYS: Readonly<Record<ColumnKind, string>> = {
  text: 'text[]',
  json: 'text[]',
  integer: 'bigint[]',
  double: 'double precision[]',
  bytes: 'bytea[]',
};

/** Writes rows in their order. `written` is told how many there are so far. */
export async function writeRows(
  connection: PostgresConnection,
  table: CopiedTable,
  rows: Iterable<readonly CopiedValue[]>,
  written: (rows: number) => void,
): Promise<void> {
  const sql = insertInto(table);
  const underWay: Promise<unknown>[] = [];
  let batch: (readonly CopiedValue[])[] = [];
  let characters = 0;
  let count = 0;

  const send = async () => {
    if (batch.length === 0) return;
    const bindings = table.columns.map((column, index) => arrayOf(column, batch, index));
    const sent = connection.execute(sql, bindings);
    // Its failure shows where it is waited for.
    sent.catch(() => undefined);
    underWay.push(sent);
    count += batch.length;
    batch = [];
    characters = 0;
    if (underWay.length > UNDER_WAY) await underWay.shift();
    written(count);
  };

  for (const row of rows) {
    batch.push(row);
    for (const value of row) characters += typeof value === 'object' ? (value?.length ?? 0) : String(value).length;
    if (batch.length >= ROWS || characters >= CHARACTERS) await send();
  }
  await send();
  await Promise.all(underWay);
}

function insertInto({ target, columns, filled }: CopiedTable): string {
  const names = columns.map(({ name }) => `"${name}"`);
  const values = columns.map(({ name, kind }) => (kind === 'json' ? `CAST("${name}" AS json)` : `"${name}"`));
  const arrays = columns.map(({ kind }, index) => `CAST($${index + 1} AS ${ARRAYS[kind]})`);
  return `
    INSERT INTO ${target} (${[...names, ...filled.keys()].join(', ')})
    SELECT ${[...values, ...filled.values()].join(', ')}
    FROM unnest(${arrays.join(', ')}) AS given(${names.join(', ')})`;
}

function arrayOf({ kind }: CopiedColumn, rows: readonly (readonly CopiedValue[])[], index: number): Buffer {
  const values = rows.map((row) => row[index] ?? null);
  // A column's values are all of its kind: the tables of both databases are strict.
  switch (kind) {
    case 'text':
    case 'json':
      return textArray(values as (string | null)[]); // see above
    case 'integer':
      return integerArray(values as (number | null)[]); // see above
    case 'double':
      return doubleArray(values as (number | null)[]); // see above
    case 'bytes':
      return byteArray(values as (Uint8Array | null)[]); // see above
  }
}
