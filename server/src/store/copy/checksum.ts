import { hash } from 'node:crypto';
import type { CopiedColumn, CopiedTable } from './copied-table.ts';

/** A value of a row as it goes to PostgreSQL. */
export type CopiedValue = string | number | Uint8Array | null;

/** Between two values, and in the place of none. */
const BETWEEN = '\x1f';
const NONE = '\x1e';
/** Hexadecimal digits of each row's hash that count: sums of two are still exact numbers. */
const DIGITS = 13;
const MODULUS = 2 ** (4 * DIGITS);

/** The sum of all rows' hashes, whatever their order: each row is one text of its values, hashed by MD5. */
export interface Checksum {
  add(row: readonly CopiedValue[]): void;
  value(): string;
}

/** Sums up what is read here; `checksumSql` sums up what PostgreSQL has. */
export function createChecksum(columns: readonly CopiedColumn[]): Checksum {
  const isDouble = columns.map(({ kind }) => kind === 'double');
  let sum = 0;
  return {
    add(row) {
      let text = '';
      for (let index = 0; index < row.length; index++) {
        if (index > 0) text += BETWEEN;
        text += textOf(row[index] ?? null, isDouble[index] === true);
      }
      sum = (sum + Number.parseInt(hash('md5', text).slice(0, DIGITS), 16)) % MODULUS;
    },
    value: () => shown(sum),
  };
}

/** As PostgreSQL writes them: a floating-point number by its bits, because the shortest decimals differ. */
function textOf(value: CopiedValue, isDouble: boolean): string {
  if (value === null) return NONE;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return isDouble ? bitsOf(value) : String(value);
  return Buffer.from(value).toString('hex');
}

const bits = Buffer.alloc(8);
function bitsOf(value: number): string {
  bits.writeDoubleBE(value);
  return bits.toString('hex');
}

/** One row: `rows`, and `sum` to be shown by `shown`. */
export function checksumSql({ target, columns }: CopiedTable): string {
  const row = columns.map(({ name, kind, nullable }) => {
    const text = sqlTextOf(`"${name}"`, kind);
    return nullable ? `coalesce(${text}, chr(${NONE.charCodeAt(0)}))` : text;
  });
  const digest = `md5(${row.join(` || chr(${BETWEEN.charCodeAt(0)}) || `)})`;
  const number = `CAST(CAST('x' || left(${digest}, ${DIGITS}) AS bit(${4 * DIGITS})) AS bigint)`;
  return `SELECT count(*) AS rows, coalesce(mod(sum(${number}), ${MODULUS}), 0) AS sum FROM ${target}`;
}

function sqlTextOf(column: string, kind: CopiedColumn['kind']): string {
  switch (kind) {
    case 'text':
      return column;
    case 'json':
    case 'integer':
      return `CAST(${column} AS text)`;
    case 'double':
      return `encode(float8send(${column}), 'hex')`;
    case 'bytes':
      return `encode(${column}, 'hex')`;
  }
}

/** A sum as people compare it. */
export const shown = (sum: number): string => sum.toString(16).padStart(DIGITS, '0');
