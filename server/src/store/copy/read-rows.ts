import type { DatabaseSync } from 'node:sqlite';
import { indexKey } from '../postgres/index-key.ts';
import type { CopiedValue } from './checksum.ts';
import type { CopiedTable } from './copied-table.ts';

/** PostgreSQL's index entries are short: what it holds of a long key is its beginning and a hash. */
const INDEXED = new Set(['index_value', 'unique_value']);

/** How many rows a table has. */
export const countRows = (database: DatabaseSync, { name }: CopiedTable): number =>
  Number(database.prepare(`SELECT count(*) AS rows FROM "${name}"`).get()?.rows);

/** The rows of a table in the order of its key, as PostgreSQL is to hold them. */
export function* readRows(database: DatabaseSync, { name, columns }: CopiedTable): Generator<CopiedValue[]> {
  const key = INDEXED.has(name) ? columns.findIndex((column) => column.name === 'key') : -1;
  const names = columns.map((column) => `"${column.name}"`);
  const statement = database.prepare(`SELECT ${names.join(', ')} FROM "${name}"`, { returnArrays: true });
  for (const row of rowsOf(statement.iterate())) {
    for (let index = 0; index < row.length; index++) {
      const value = row[index];
      if (typeof value !== 'string') continue;
      row[index] = storable(index === key ? indexKey(value) : value);
    }
    yield row;
  }
}

/** U+0000 is in no text of PostgreSQL's. */
const storable = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text);

// The types of node:sqlite say objects; statements prepared with `returnArrays` answer with arrays.
const rowsOf = (rows: unknown): Iterable<CopiedValue[]> => rows as Iterable<CopiedValue[]>;
