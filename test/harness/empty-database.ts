import { Client } from 'pg';

let made = 0;

/** A new database without tables, in the cluster that `TEST_DATABASE_URL` names; what drops it, whoever still uses it. */
export async function emptyDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const cluster = process.env.TEST_DATABASE_URL;
  if (cluster === undefined) throw new Error('TEST_DATABASE_URL names no database');
  const name = `empty_${process.pid}_${++made}`;
  const database = new URL(cluster);
  database.pathname = `/${name}`;
  await execute(cluster, `CREATE DATABASE ${name}`);
  return { url: database.href, drop: () => execute(cluster, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
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
