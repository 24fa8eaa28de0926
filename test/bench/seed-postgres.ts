import { Client } from 'pg';
import { defaultSettings } from '../../server/src/contract/identity-server.ts';
import { indexDocument } from '../../server/src/provider/index-document.ts';
import { catalogueOf } from '../../server/src/store/catalogue-of.ts';
import type { IndexedDocument } from '../../server/src/store/contract.ts';
import { entraUser, group } from '../harness/messages.ts';
import { type Plan, SAMPLE, type Seeded, STRANGERS } from './seed.ts';

/** Stands in a template for the number of a resource. */
const MARK = '987654321';
/** Users of one transaction. */
const STEP = 50_000;

/**
 * Writes users and groups straight into the tables of a database whose servers write nothing meanwhile. The database
 * makes them of one template: from here, a million users would take ten minutes. Leaves it as autovacuum would.
 */
export async function seedPostgres(url: string, plans: readonly Plan[]): Promise<Seeded[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const seeded: Seeded[] = [];
    for (const plan of plans) seeded.push(await seedOne(client, plan));
    await client.query("SELECT setval(pg_get_serial_sequence('resource', 'seq'), (SELECT max(seq) FROM resource))");
    for (const command of ['VACUUM (FREEZE, ANALYZE)', 'CHECKPOINT']) await client.query(command);
    return seeded;
  } finally {
    await client.end();
  }
}

async function seedOne(client: Client, plan: Plan): Promise<Seeded> {
  const { users, members, groups = Math.ceil(users / members) } = plan;
  const number = async (sql: string, values: readonly unknown[] = []): Promise<number> =>
    Number((await client.query({ text: sql, values: [...values], rowMode: 'array' })).rows[0]?.[0]);
  const server = await number('SELECT key FROM identity_server WHERE slug = $1 AND removing = 0', [plan.slug]);
  const lastSeq = () => number('SELECT coalesce(max(seq), 0) FROM resource');
  const { meta: _, roles: __, ...user } = entraUser(MARK);
  const first = await lastSeq();
  await insert(client, { server, type: 'User', count: users + STRANGERS, first, ...indexed('User', user) });
  const firstGroup = await lastSeq();
  const team = group(`Team ${MARK}`);
  await insert(client, { server, type: 'Group', count: groups, first: firstGroup, ...indexed('Group', team) });
  for (let index = 0; index < groups; index++) {
    // Where there are more groups than users fill, everybody is in several.
    const from = (index * members) % users;
    await client.query(
      `INSERT INTO member (group_seq, member_seq, member_id, member_type)
       SELECT $1, seq, id, type FROM resource WHERE seq > $2 AND seq <= $3 ORDER BY seq`,
      [firstGroup + 1 + index, first + from, first + Math.min(from + members, users)],
    );
  }
  const ids = async (numbers: readonly number[], after: number): Promise<string[]> => {
    const seqs = numbers.map((n) => after + 1 + n);
    const { rows } = await client.query('SELECT id FROM resource WHERE seq = ANY($1) ORDER BY seq', [seqs]);
    return rows.map(({ id }) => String(id));
  };
  const some = async (numbers: readonly number[]) =>
    (await ids(numbers, first)).map((id, index) => ({ n: numbers[index] ?? 0, id }));
  const every = Math.max(1, Math.floor(users / SAMPLE));
  const teams = await ids([...Array(Math.min(groups, 100)).keys()], firstGroup);
  return {
    sample: await some(Array.from({ length: Math.floor(users / every) }, (_unused, index) => index * every)),
    strangers: await some(Array.from({ length: STRANGERS }, (_unused, index) => users + index)),
    group: teams[0] ?? '',
    groups: teams,
  };
}

function indexed(name: 'User' | 'Group', document: ReturnType<typeof entraUser>): IndexedDocument {
  const type = catalogueOf([]).resourceTypes.get(name);
  if (type === undefined) throw new Error(`There are no resources of type ${name}`);
  return indexDocument(defaultSettings(), type, document);
}

interface Batch extends IndexedDocument {
  readonly server: number;
  readonly type: string;
  readonly count: number;
  /** What the seqs come after. */
  readonly first: number;
}

/** `$1` to `$4`: server, type, first, and the template; `$5` and `$6` are the numbers from which and before which. */
const NUMBERS = 'generate_series(CAST($5 AS bigint), CAST($6 AS bigint) - 1) AS n';
const marked = (template: string) => `replace(${template}, '${MARK}', CAST(n AS text))`;
const values = (table: string) => `
  INSERT INTO ${table} (server, type, path, key, seq)
  SELECT $1, $2, value ->> 0, ${marked('value ->> 1')}, CAST($3 AS bigint) + 1 + n
  FROM ${NUMBERS} CROSS JOIN json_array_elements(CAST($4 AS json)) AS each(value) ORDER BY 3, 4
  ON CONFLICT DO NOTHING`;

/** An id as `newId` makes it, of a time that goes on with the numbers. */
const ID = `(
  SELECT substr(time, 1, 8) || '-' || substr(time, 9) || '-7' || substr(random, 1, 3) || '-8' || substr(random, 4, 3)
    || '-' || substr(random, 7, 12)
  FROM (SELECT lpad(to_hex(CAST($7 AS bigint) + n), 12, '0') AS time, md5(CAST($2 AS text) || n) AS random) AS parts
)`;
const RESOURCES = `
  INSERT INTO resource (seq, server, type, id, version, created, modified, label, document)
  SELECT CAST($3 AS bigint) + 1 + n, CAST($1 AS bigint), $2, ${ID}, 1, $7, $7, ${marked("CAST($4 AS json) ->> 'label'")},
    CAST(${marked("CAST($4 AS json) ->> 'document'")} AS json)
  FROM ${NUMBERS}`;
const CHANGES = `
  INSERT INTO change (n, server, at, type, id, kind, label)
  SELECT (CAST(CAST(pg_current_xact_id() AS text) AS bigint) + feed_base) * 1024 + seq % 1024, server, created, type, resource.id,
    'created', label
  FROM resource CROSS JOIN installation
  WHERE server = $1 AND type = $2 AND seq > CAST($3 AS bigint) + $4 AND seq <= CAST($3 AS bigint) + $5 ORDER BY seq`;
const COUNT = `
  INSERT INTO resource_count AS known (server, type, slot, count) VALUES ($1, $2, 0, $3)
  ON CONFLICT (server, type, slot) DO UPDATE SET count = known.count + excluded.count`;

async function insert(client: Client, { server, type, count, first, index, unique, label, document }: Batch) {
  const pairs = (list: Batch['index']) => JSON.stringify(list.map(({ path, key }) => [path, key]));
  const at = Date.now() - count;
  for (let from = 0; from < count; from += STEP) {
    const range = [from, Math.min(count, from + STEP)];
    const place = [server, type, first];
    await client.query('BEGIN');
    await client.query(RESOURCES, [...place, JSON.stringify({ label, document }), ...range, at]);
    await client.query(values('index_value'), [...place, pairs(index), ...range]);
    await client.query(values('unique_value'), [...place, pairs(unique), ...range]);
    await client.query(CHANGES, [...place, ...range]);
    await client.query('COMMIT');
  }
  await client.query(COUNT, [server, type, count]);
}
