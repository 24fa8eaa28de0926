import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLogFile } from '../log/open-file.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../postgres/database.fixture.ts';
import { indexKey } from '../postgres/index-key.ts';
import { migrate } from '../sqlite/migrate.ts';
import { copyToPostgres } from './copy-to-postgres.ts';

let directory: string;
let target: TemporaryDatabase;
let file: string;
let logFile: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'copy-'));
  target = await temporaryDatabase();
  const columns = await ask(
    "SELECT table_name, column_name FROM information_schema.columns WHERE data_type = 'smallint'",
  );
  // 0 or 1 where it comes from Rollcall.
  const small = new Set(columns.map((column) => `${column.table_name}.${column.column_name}`));
  file = join(directory, 'rollcall.db');
  logFile = join(directory, 'log.db');
  const database = new DatabaseSync(file);
  migrate(database);
  fill(database, small);
  database.close();
  const log = openLogFile(logFile);
  fill(log, small);
  log.close();
});
afterEach(async () => {
  await target.drop();
  await rm(directory, { recursive: true, force: true });
});

const TEXTS = ['plain', 'Zoë 🎈 "quoted", \\ and \x1f', `NUL \0 and ${'long '.repeat(200)}`];
const NUMBERS = [1, 2, 2 ** 53 - 1];
const DOUBLES = [0.1, 1e-7, 123456789012345680];

/** Three rows in each table, with something in each column, and nothing in each that may be empty. */
function fill(database: DatabaseSync, small: ReadonlySet<string>): void {
  for (const name of tablesOf(database)) {
    const columns = database.prepare(`SELECT name, type, "notnull", pk FROM pragma_table_info('${name}')`).all();
    const insert = database.prepare(
      `INSERT INTO "${name}" (${columns.map((column) => `"${column.name}"`).join(', ')})
       VALUES (${columns.map(() => '?').join(', ')})`,
    );
    for (const row of [0, 1, 2]) {
      insert.run(
        ...columns.map((column, index): SQLInputValue => {
          if (column.notnull === 0 && column.pk === 0 && (row + index) % 2 === 0) return null;
          if (column.name === 'document') return JSON.stringify({ text: TEXTS[row], n: 1.0 }, null, row);
          if (column.type === 'TEXT') return `${row} ${TEXTS[row]}`;
          if (column.type === 'BLOB') return Buffer.from([0, row, 255]);
          if (column.type === 'REAL') return DOUBLES[row] ?? 0;
          return small.has(`${name}.${column.name}`) ? row : (NUMBERS[row] ?? 0);
        }),
      );
    }
  }
}

const tablesOf = (database: DatabaseSync): string[] =>
  database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .all()
    .map(({ name }) => String(name));

const options = () => ({ file, logFile, url: target.url, fingerprint: 'the keys', progress: () => undefined });

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: target.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const LOG_NAMES: Readonly<Record<string, string>> = {
  entry: 'log_entry',
  mention: 'log_mention',
  minute: 'log_minute',
};
const COUNTED = ['resource_count', 'kept'];

/** As both sides show it: numbers and bytes as texts, NUL as PostgreSQL has it. */
function comparable(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (value instanceof Uint8Array) return [name, Buffer.from(value).toString('hex')];
      if (typeof value === 'string') return [name, value.replaceAll('\0', '\ufffd')];
      return [name, value === null ? null : String(value)];
    }),
  );
}

describe('copying SQLite’s databases into PostgreSQL', () => {
  it('brings every row of every table with every value', async () => {
    const copied = await copyToPostgres(options());
    for (const source of [file, logFile]) {
      const database = new DatabaseSync(source, { readOnly: true });
      for (const name of tablesOf(database).filter((table) => !COUNTED.includes(table))) {
        const there = LOG_NAMES[name] ?? name;
        const read = database.prepare(`SELECT * FROM "${name}"`).all();
        if (/_value$/.test(name)) for (const row of read) row.key = indexKey(String(row.key));
        const rows = read.map(comparable);
        const columns = Object.keys(rows[0] ?? {}).map((column) =>
          column === 'document' ? 'CAST(document AS text) AS document' : `"${column}"`,
        );
        const arrived = (await ask(`SELECT ${columns.join(', ')} FROM ${there}`)).map(comparable);
        expect(new Set(arrived.map((row) => JSON.stringify(row))), name).toEqual(
          new Set(rows.map((row) => JSON.stringify(row))),
        );
        expect(copied.find(({ table }) => table === there)).toMatchObject({ rows: 3 });
      }
      database.close();
    }
  });

  it('counts anew what PostgreSQL counts otherwise, and gives no number twice', async () => {
    const database = new DatabaseSync(file);
    database.exec("UPDATE resource SET server = 7, type = 'User', seq = seq + 10 WHERE seq < 3");
    database.exec(
      "UPDATE sqlite_sequence SET seq = 99 WHERE name = 'identity_server'; DELETE FROM identity_server WHERE key > 2",
    );
    database.exec('UPDATE change SET n = 5000000 WHERE n > 2; DELETE FROM link WHERE seq > 2');
    database.exec('DELETE FROM change_pruned; DELETE FROM resource WHERE seq > 1000');
    database.close();
    await copyToPostgres(options());
    expect(await ask('SELECT server, type, count FROM resource_count')).toEqual([
      { server: '7', type: 'User', count: '2' },
    ]);
    expect(await ask('SELECT last_value, is_called FROM identity_server_key_seq')).toEqual([
      { last_value: '99', is_called: true },
    ]);
    expect(await ask('SELECT last_value FROM link_seq_seq')).toEqual([{ last_value: '2' }]);
    expect(await ask('SELECT n, entries, bytes = (SELECT sum(bytes) FROM log_entry) AS same FROM log_total')).toEqual([
      { n: String(2 ** 53 - 1), entries: '3', same: true },
    ]);
    // The position of a change that is written now: beyond all that are kept.
    const [next] = await ask(
      'SELECT (CAST(CAST(pg_current_xact_id() AS text) AS bigint) + feed_base) * 1024 > 5000000 AS "isBeyond" FROM installation',
    );
    expect(next).toEqual({ isBeyond: true });
    expect(await ask('SELECT seq = n AS same, keys FROM change CROSS JOIN installation GROUP BY 1, 2')).toEqual([
      { same: true, keys: 'the keys' },
    ]);
  });

  it('leaves the request log behind where it is not wanted', async () => {
    await copyToPostgres({ ...options(), logFile: undefined });
    expect(await ask('SELECT (SELECT count(*) FROM log_entry) AS entries, (SELECT n FROM log_total) AS n')).toEqual([
      { entries: '0', n: '0' },
    ]);
  });

  it('refuses a database that is not empty, and changes nothing in it', async () => {
    await copyToPostgres(options());
    await ask("DELETE FROM installation; UPDATE token SET name = 'mine'");
    await expect(copyToPostgres(options())).rejects.toThrow('The database is not empty: a Rollcall has used it');
    expect(await ask('SELECT count(*) AS tokens, min(name) AS name FROM token')).toEqual([
      { tokens: '3', name: 'mine' },
    ]);
  });

  it('leaves nothing behind when it breaks, or when what arrives is not what was read; the next one begins anew', async () => {
    await ask(`
      CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN new.label := new.label || '!'; RETURN new; END $$;
      CREATE TRIGGER spoil BEFORE INSERT ON link FOR EACH ROW WHEN (new.seq = 2) EXECUTE FUNCTION spoil()`);
    await expect(copyToPostgres(options())).rejects.toThrow(
      /^link: 3 rows with the checksum \w+ were read, and 3 with/,
    );
    await ask('CREATE OR REPLACE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$');
    await expect(copyToPostgres(options())).rejects.toThrow(/^link: 3 rows with .*, and 2 with/);
    expect(await ask('SELECT (SELECT count(*) FROM resource) + (SELECT count(*) FROM installation) AS rows')).toEqual([
      { rows: '0' },
    ]);
    await ask('DROP FUNCTION spoil CASCADE');
    expect(await copyToPostgres(options())).toContainEqual(expect.objectContaining({ table: 'link', rows: 3 }));
  });
});
