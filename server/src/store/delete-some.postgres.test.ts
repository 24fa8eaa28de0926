import { Client } from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { deleteRows } from './application/delete-rows.ts';
import { prune } from './application/prune.ts';
import { connectionOf, TYPES } from './postgres/connection.ts';
import { temporaryDatabase } from './postgres/database.fixture.ts';
import { emptyIdentityServer } from './settings/purge-identity-server.ts';
import type { Statements } from './statements.ts';

const NOW = 1_700_000_000_000;
const ROWS = 20_000;

/** Two identity servers and two applications with as many rows of each kind. */
const FILL = `
  INSERT INTO identity_server SELECT k, 'id' || k, 's' || k, 'n', 1, 0, '{}', null, null, 1, 1, 1, 1 FROM generate_series(1, 2) AS k;
  INSERT INTO resource (server, type, id, version, created, modified, label, document)
    SELECT n % 2 + 1, 'User', 'u' || n, 1, 1, n, 'u' || n, '{}' FROM generate_series(1, ${ROWS}) AS n;
  INSERT INTO index_value SELECT server, type, 'displayName', id, seq FROM resource;
  INSERT INTO unique_value SELECT server, type, 'userName', id, seq FROM resource;
  INSERT INTO member SELECT seq % 100 * 2 + 1, seq, id, type, null FROM resource;
  INSERT INTO change (n, server, at, type, id, kind, label) SELECT seq, server, 1, type, id, 'created', id FROM resource;
  INSERT INTO link (application, type, id, target_id, label, state, source_version, members_version, mappings_hash, adopted, linked_at, sent, echoed)
    SELECT server, type, id, id, id, 'active', 1, 1, 'h', 0, 1, '[]', '[]' FROM resource;
  INSERT INTO membership SELECT server, 'g' || seq % 100, id, type, 1, 1, 1 FROM resource;
  INSERT INTO provisioning_log (application, at, cycle, type, id, label, folded_label, action, status, duration_ms, attempts, reason, steps, modified, exchanges)
    SELECT server, ${NOW} + seq, 'c', type, id, id, id, 'create', 'success', 1, 1, 'r', '[]', '[]', '[]' FROM resource;
  ANALYZE`;

it('deletes some rows without reading whole tables, whatever limit the plan was made for', async () => {
  const { url, drop } = await temporaryDatabase();
  onTestFinished(drop);
  const client = new Client({ connectionString: url, types: TYPES });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query(FILL);
  const connection = connectionOf(client);
  const plans = new Set<string>();
  const explained: Statements = {
    dialect: 'postgres',
    async execute(sql, bindings) {
      const values = bindings.map((value) => (typeof value === 'string' ? `'${value}'` : String(value)));
      await client.query(`PREPARE explained AS ${sql}`);
      for (const mode of ['force_custom_plan', 'force_generic_plan']) {
        await client.query(`SET plan_cache_mode = ${mode}`);
        const { rows } = await client.query(`EXPLAIN EXECUTE explained (${values})`);
        plans.add([mode, sql.trim(), ...rows.map((row) => row['QUERY PLAN'])].join('\n'));
      }
      await client.query('DEALLOCATE explained');
      return connection.execute(sql, bindings, { prepare: false });
    },
  };

  while ((await emptyIdentityServer(explained, 1, 5000)) !== 'empty');
  for (const table of ['link', 'membership', 'provisioning_log'] as const) {
    expect(await deleteRows(table).run(explained, { application: 1, limit: 500 })).toBe(500);
  }
  expect(await prune(explained, NOW + 600, 500)).toBeGreaterThan(0);
  const large = /Seq Scan on (resource|index_value|unique_value|member|change|link|membership|provisioning_log)\b/;
  expect([...plans].filter((plan) => large.test(plan))).toEqual([]);
});
