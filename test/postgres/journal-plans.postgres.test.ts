import type { ObjectKey } from '@rollcall/provisioning';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findRecord, lastRecordAt, searchRecords } from '../../server/src/store/application/provisioning-log.ts';
import {
  group,
  linkTo,
  newEscrow,
  newRecord,
  newStaged,
  pages,
  user,
} from '../../server/src/store/contract-suite/provisioning-world-suite.ts';
import { NOW } from '../../server/src/store/contract-suite/world-suite.ts';
import { createDriftJournal } from '../../server/src/store/journal/drift.ts';
import { createJournal } from '../../server/src/store/journal/journal.ts';
import type { PostgresConnection } from '../../server/src/store/postgres/connection.ts';
import { migrate } from '../../server/src/store/postgres/migrate.ts';
import { type Connections, openPool } from '../../server/src/store/postgres/pool.ts';
import { inTransaction } from '../../server/src/store/postgres/transaction.ts';
import type { Access, Binding, Statements } from '../../server/src/store/statements.ts';
import { startPostgres } from '../harness/postgres-cluster.ts';

/** 100,000 links and references, a group of 200,000 members and 4,000 of 200; 100,000 records; a second application beside. */
const FILL = [
  `INSERT INTO link (application, type, id, target_id, label, state, source_version, members_version, mappings_hash,
     adopted, delete_at, linked_at, sent, echoed)
   SELECT 1 + n % 2, CASE WHEN n < 8002 THEN 'Group' ELSE 'User' END, 'o' || n, 't' || n, 'o' || n, 'active', 1, 1, 'h', 0,
     CASE WHEN n % 1000 = 0 THEN n END, 1, '[]', '[]' FROM generate_series(0, 199999) AS n`,
  `INSERT INTO membership (application, group_id, member_id, member_type, wanted, present, linked)
   SELECT 1, 'o0', 'o' || n, 'User', 1, CASE WHEN n % 100 = 0 THEN 0 ELSE 1 END, 1
   FROM generate_series(8002, 208001) AS n`,
  `INSERT INTO membership (application, group_id, member_id, member_type, wanted, present, linked)
   SELECT 1, 'o' || 2 * (1 + n / 200), 'o' || 8002 + 2 * ((n * 131) % 96000), 'User', 1, 1, 1
   FROM generate_series(0, 799999) AS n ON CONFLICT DO NOTHING`,
  `INSERT INTO reference (application, type, id, path, wanted, sent, pending)
   SELECT 1 + n % 2, 'User', 'o' || n, 'manager', 'o' || 8002 + n / 10, 't', CASE WHEN n % 1000 = 2 THEN 1 ELSE 0 END
   FROM generate_series(8002, 199999) AS n`,
  `INSERT INTO escrow (application, type, id, kind, code, message, attempts, first_at, next_at)
   SELECT 1, 'User', 'o' || n, 'entry', 'BadRequest', 'no', 1, n, n FROM generate_series(1, 20000) AS n`,
  `INSERT INTO intent (application, type, id, verb, at)
   SELECT CASE WHEN n % 20 = 0 THEN 1 ELSE 2 END, 'User', 'o' || n, 'create', n FROM generate_series(1, 20000) AS n`,
  `INSERT INTO staged (application, type, id, action, label, reason, at, state)
   SELECT 1 + n % 2, 'User', 'o' || n, 'delete', 'l', 'r', n, CASE WHEN n % 100 = 0 THEN 'waiting' ELSE 'rejected' END
   FROM generate_series(1, 20000) AS n`,
  `INSERT INTO drift (application, type, id, path, kind, label, folded_label, target_id, since, seen, mark, expected, found)
   SELECT 1 + n % 2, 'User', 'o' || n, 'p', 'changed', 'l', 'l', 't', 1, 1, 'm', '1', '2' FROM generate_series(1, 20000) AS n`,
  `INSERT INTO provisioning_log (application, at, cycle, type, id, target_id, label, folded_label, action, status,
     duration_ms, attempts, reason, steps, modified, exchanges)
   SELECT 1 + n % 2, n, 'c', 'User', 'o' || n % 100000, 't', 'l', 'l', 'create',
     CASE WHEN n % 1000 = 1 THEN 'failure' ELSE 'success' END, 1, 0, 'r', '[]', '[]', '[]'
   FROM generate_series(1, 100000) AS n`,
  'ANALYZE',
];

/** Small tables that one page holds, or a few: reading them whole is the best plan. */
const BIG = new Set(['link', 'membership', 'reference', 'escrow', 'intent', 'staged', 'drift', 'provisioning_log']);

describe('the statements of the journal, with 100,000 links and 1,000,000 memberships in PostgreSQL', () => {
  let connections: Connections;
  const seen = new Map<string, readonly Binding[]>();

  beforeAll(async () => {
    // A cluster of its own: in another's, readers of changes would wait for these long transactions.
    const cluster = await startPostgres();
    connections = openPool({ url: cluster.url, connections: 4, patience: 20_000, statementTimeout: 120_000 });
    await connections.use(migrate);
    for (const sql of FILL) await connections.read.execute(sql, [], { prepare: false });
    return async () => {
      await connections.close();
      await cluster.close();
    };
  }, 400_000);

  const recorded = (statements: PostgresConnection): Statements => ({
    dialect: 'postgres',
    execute: (sql, bindings, options) => {
      seen.set(sql, bindings);
      return statements.execute(sql, bindings, options);
    },
  });
  const access = (): Access => ({
    read: recorded(connections.read),
    write: (body) => inTransaction(connections, (connection) => body(recorded(connection))),
  });

  /** What each statement since reads whole, as PostgreSQL plans it for any bindings. */
  async function readWhole(): Promise<string[]> {
    const found: string[] = [];
    for (const [sql, bindings] of seen) {
      const rows = await connections.use(async (connection) => {
        await connection.execute('BEGIN', [], { prepare: false });
        await connection.execute('SET LOCAL plan_cache_mode = force_generic_plan', [], { prepare: false });
        const explained = await connection.execute(`EXPLAIN (COSTS OFF) ${sql}`, bindings);
        await connection.execute('ROLLBACK', [], { prepare: false });
        return explained.rows.map((row) => String(row['QUERY PLAN']));
      });
      for (const row of rows) {
        const [, table = ''] = /Seq Scan on (\w+)/.exec(row) ?? [];
        if (BIG.has(table)) found.push(`${sql}\n${rows.join('\n')}`);
      }
    }
    seen.clear();
    return found;
  }

  it('go by an index when settlements are written', async () => {
    onTestFinished(() => seen.clear());
    const journal = createJournal(access(), 1);
    const full = (key: ObjectKey, targetId: string) => ({
      ...key,
      link: linkTo(key, targetId),
      references: [{ path: 'manager', wanted: 'o9000', sent: null }],
      entryEscrow: newEscrow(key),
      referenceEscrow: null,
      staged: newStaged(key),
      removedAt: NOW,
      done: true,
      record: newRecord(key),
    });
    await journal.intend([{ ...user('o10000'), verb: 'create', at: NOW }]);
    await journal.settle([
      full(user('o10000'), 'elsewhere'),
      full(user('new'), 'new'),
      { ...user('o10002'), link: null, staged: null, entryEscrow: null },
      full(group('o2'), 'elsewhere'),
      { ...group('o0'), membersAdded: ['o10000', 'o10002'], membersRemoved: ['o10004', 'o10006'] },
      { ...group('o4'), link: null },
    ]);
    await journal.changeMembers('o0', [user('o10008'), user('o10010')], ['o10012', 'o10014']);
    await journal.noteMembers('o0', ['o10008', 'o10010']);
    await journal.dropEscrows(1);
    expect(seen.size).toBeGreaterThan(25);
    expect(await readWhole()).toEqual([]);
  });

  it('go by an index when they are read', async () => {
    const journal = createJournal(access(), 1);
    await journal.links('User', ['o10000', 'o10016']);
    await journal.linkOfTarget('User', 't10016');
    await journal.listLinks('User', 'o10016', 100);
    await journal.dueDeletions(1_000_000, 100);
    await journal.unsettled(100);
    await journal.escrows([user('o10000')]);
    await journal.dueEscrows(50, 100);
    await journal.references([user('o10000')]);
    await journal.pendingReferences(undefined, 100);
    await journal.pendingMembers('o0', 'add', undefined, 100);
    await journal.presentMembers('o0', undefined, 100);
    await journal.groupsWithPendingMembers(undefined, 100);
    await journal.wantMembers('o6', pages([user('o10000')]));
    await journal.staged([user('o10000')]);
    await journal.listStaged('waiting', 100);
    await journal.countStaged();
    await journal.window(0);
    const { read } = access();
    await lastRecordAt(read, 1, 'o2');
    await findRecord(read, 1, 2);
    await searchRecords(read, { application: 1, limit: 20 });
    await searchRecords(read, { application: 1, status: 'failure', limit: 20 });
    await searchRecords(read, { application: 1, object: 'o2', limit: 20 });
    await searchRecords(read, { application: 1, object: 'nobody', limit: 20 });
    expect(seen.size).toBeGreaterThan(20);
    expect(await readWhole()).toEqual([]);
  });

  it('go by an index when drift is kept and read', async () => {
    const drift = createDriftJournal(access(), 1);
    const key = { ...user('o10000'), label: 'o', targetId: 't' };
    await drift.keep(key, [{ path: 'p', kind: 'value', mark: 'm', expected: 1, found: 2 }], NOW);
    await drift.list({ limit: 100 });
    await drift.has(user('o10000'));
    await drift.decisions(user('o10000'));
    expect(await readWhole()).toEqual([]);
  });
});
