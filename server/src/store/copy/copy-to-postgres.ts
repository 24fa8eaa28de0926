import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { connected } from '../postgres/connected.ts';
import { type PostgresConnection, runCommand } from '../postgres/connection.ts';
import { migrateWithin } from '../postgres/migrate.ts';
import { type CopiedValue, checksumSql, createChecksum, shown } from './checksum.ts';
import { type CopiedTable, copiedTables } from './copied-table.ts';
import { finish } from './finish.ts';
import { countRows, readRows } from './read-rows.ts';
import { writeRows } from './write-rows.ts';

export interface CopyOptions {
  /** The database, and the request log's file where it goes along; both of the newest version, and used by nobody else. */
  readonly file: string;
  readonly logFile: string | undefined;
  readonly url: string;
  /** What tells whether a process has the keys of the installation, where they are known. */
  readonly fingerprint: string | undefined;
  readonly progress: (progress: CopyProgress) => void;
}

/** How far it is: rows of a table that are written, or `checking` at the end. */
export interface CopyProgress {
  readonly step: 'writing' | 'checking';
  readonly table: string;
  readonly rows: number;
  readonly of: number;
}

/** What was copied of a table, the same on both sides. */
export interface CopiedRows {
  readonly table: string;
  readonly rows: number;
  readonly checksum: string;
}

/** The target cannot be copied to as it is. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';
}

/** What arrived is not what was read. */
export class CopyDiffers extends Error {
  override readonly name = 'CopyDiffers';
}

/**
 * Copies a data directory's databases into a PostgreSQL database that has nothing of Rollcall's in it, and compares both
 * sides. All of it is one transaction, which ends when everything is compared: whatever breaks it leaves nothing behind.
 * Errors: TargetRefused, CopyDiffers, the databases'.
 */
export async function copyToPostgres(options: CopyOptions): Promise<CopiedRows[]> {
  const sources = [options.file, ...(options.logFile === undefined ? [] : [options.logFile])]
    .filter(existsSync)
    .map((file) => new DatabaseSync(file, { readOnly: true }));
  try {
    return await connected(options.url, 'copy', (connection) => copyAll(sources, connection, options));
  } finally {
    for (const source of sources) source.close();
  }
}

interface Part {
  readonly table: CopiedTable;
  readonly from: DatabaseSync;
  readonly rows: number;
}

async function copyAll(
  sources: readonly DatabaseSync[],
  connection: PostgresConnection,
  options: CopyOptions,
): Promise<CopiedRows[]> {
  await runCommand(connection, 'BEGIN');
  try {
    await migrateWithin(connection);
    await runCommand(connection, "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = '10s'");
    // A Rollcall that starts on it meanwhile waits here, and starts on what was copied or gives up.
    await runCommand(connection, 'LOCK TABLE installation IN ACCESS EXCLUSIVE MODE');
    const parts: Part[] = [];
    for (const from of sources) {
      for (const table of await copiedTables(from, connection)) {
        parts.push({ table, from, rows: countRows(from, table) });
      }
    }
    await refuseUnlessEmpty(connection, parts);
    const read = new Map<CopiedTable, CopiedRows>();
    for (const part of parts) read.set(part.table, await copyRows(part, connection, options));
    if (options.fingerprint !== undefined) {
      await connection.execute('UPDATE installation SET keys = $1', [options.fingerprint]);
    }
    await finish(connection, parts);
    for (const { table } of parts) {
      const copied = read.get(table);
      if (copied !== undefined) await compare(connection, table, copied, options);
    }
    await runCommand(connection, 'COMMIT');
    return [...read.values()];
  } catch (error) {
    await runCommand(connection, 'ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function refuseUnlessEmpty(connection: PostgresConnection, parts: readonly Part[]): Promise<void> {
  for (const { target } of parts.map(({ table }) => table)) {
    const { rows } = await runCommand(connection, `SELECT 1 FROM ${target} LIMIT 1`);
    if (rows.length > 0) {
      throw new TargetRefused(
        `The database is not empty: a Rollcall has used it (there are rows in ${target}). Nothing of it was changed.`,
      );
    }
  }
}

async function copyRows(part: Part, connection: PostgresConnection, { progress }: CopyOptions): Promise<CopiedRows> {
  const { table, from, rows: of } = part;
  const checksum = createChecksum(table.columns);
  let read = 0;
  function* summedUp(): Generator<CopiedValue[]> {
    for (const row of readRows(from, table)) {
      checksum.add(row);
      read++;
      yield row;
    }
  }
  await writeRows(connection, table, summedUp(), (rows) =>
    progress({ step: 'writing', table: table.target, rows, of }),
  );
  if (read !== of) throw new CopyDiffers(`${table.name} has ${of} rows, and ${read} could be read.`);
  return { table: table.target, rows: read, checksum: checksum.value() };
}

async function compare(
  connection: PostgresConnection,
  table: CopiedTable,
  { rows, checksum }: CopiedRows,
  { progress }: CopyOptions,
): Promise<void> {
  progress({ step: 'checking', table: table.target, rows: 0, of: rows });
  const [there] = (await runCommand(connection, checksumSql(table))).rows;
  const sum = shown(Number(there?.sum));
  if (Number(there?.rows) === rows && sum === checksum) return;
  throw new CopyDiffers(
    `${table.target}: ${rows} rows with the checksum ${checksum} were read, and ${there?.rows} with ${sum} are there. ` +
      'Nothing of it was kept.',
  );
}
