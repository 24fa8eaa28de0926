import { Client } from 'pg';
import { connectionOf } from './connection.ts';
import { migrate } from './migrate.ts';

/** Whether tests run on PostgreSQL: the address of a database of a cluster in which they may make others. */
export const testDatabaseUrl = (): string | undefined => process.env.TEST_DATABASE_URL;

export interface TemporaryDatabase {
  readonly url: string;
  /** Drops it, whoever still uses it. */
  drop(): Promise<void>;
}

const TEMPLATE = `rollcall_template_${process.pid}`;
let template: Promise<void> | undefined;
let made = 0;

/** A new database with Rollcall's tables: a copy of one that was migrated once. */
export async function temporaryDatabase(): Promise<TemporaryDatabase> {
  template ??= makeTemplate(adminUrl());
  await template;
  return createDatabase(`TEMPLATE ${TEMPLATE}`);
}

/** A new database without tables. */
export const emptyDatabase = (): Promise<TemporaryDatabase> => createDatabase('');

async function createDatabase(options: string): Promise<TemporaryDatabase> {
  const admin = adminUrl();
  const name = `rollcall_${process.pid}_${++made}`;
  await execute(admin, `CREATE DATABASE ${name} ${options}`);
  return { url: named(admin, name), drop: () => execute(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

function adminUrl(): string {
  const admin = testDatabaseUrl();
  if (admin === undefined) throw new Error('TEST_DATABASE_URL names no database');
  return admin;
}

async function makeTemplate(admin: string): Promise<void> {
  await execute(admin, `DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
  await execute(admin, `CREATE DATABASE ${TEMPLATE}`);
  const client = new Client({ connectionString: named(admin, TEMPLATE) });
  await client.connect();
  await migrate(connectionOf(client));
  await client.end();
}

function named(url: string, name: string): string {
  const database = new URL(url);
  database.pathname = `/${name}`;
  return database.href;
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
