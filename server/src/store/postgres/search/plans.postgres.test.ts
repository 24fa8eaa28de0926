import { type Catalogue, createCatalogue, parseFilter } from '@rollcall/scim';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchQuery } from '../../contract.ts';
import { isNearList } from '../../search/near-list.ts';
import { connectionOf, TYPES } from '../connection.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../database.fixture.ts';
import type { Executes } from '../prepared.ts';
import { candidatesPage, planCandidates } from './candidates.ts';
import { listPage } from './list.ts';
import { searchWithin } from './within.ts';

const USERS = 100_000;
const MODIFIED = 1_700_000_000_000;

/**
 * Three identity servers, each with groups of a hundred members: one with most of the users, one with fewer, and one
 * with few that came later than all others.
 */
const FILL = `
  INSERT INTO resource (server, type, id, version, created, modified, label, document)
  SELECT server, 'User', 'user-' || server || '-' || n, 1, ${MODIFIED} + n, ${MODIFIED} + n, 'User' || n,
    CAST(format('{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"externalId":"e%1$s","userName":"User%1$s","name":{"givenName":"Given%1$s","familyName":"Family%1$s"},"displayName":"Name %1$s","active":%2$s,"emails":[{"value":"user%1$s@acme.example","type":"work","primary":true}]}', n, CAST(n % 10 <> 0 AS text)) AS json)
  FROM generate_series(1, ${USERS}) AS n CROSS JOIN generate_series(1, 3) AS server
  WHERE n <= CASE server WHEN 1 THEN ${USERS} WHEN 2 THEN ${USERS / 5} ELSE ${USERS / 100} END ORDER BY server = 3, n;
  INSERT INTO unique_value SELECT server, type, 'userName', lower(label), seq FROM resource;
  INSERT INTO index_value
    SELECT server, type, value.path, value.key, seq FROM resource CROSS JOIN LATERAL (VALUES
      ('externalId', document ->> 'externalId'), ('displayName', lower(document ->> 'displayName')),
      ('emails.value', document -> 'emails' -> 0 ->> 'value')) AS value(path, key);
  INSERT INTO resource (server, type, id, version, created, modified, label, document)
  SELECT server, 'Group', 'group-' || server || '-' || n, 1, ${MODIFIED} + n, ${MODIFIED} + n, 'Group' || n,
    CAST(format('{"displayName":"Group %s"}', n) AS json)
  FROM generate_series(1, ${USERS / 100}) AS n CROSS JOIN generate_series(1, 2) AS server;
  INSERT INTO index_value
    SELECT server, type, 'displayName', lower(document ->> 'displayName'), seq FROM resource WHERE type = 'Group';
  INSERT INTO member
    SELECT parent.seq, child.seq, child.id, 'User', NULL FROM resource AS child
    JOIN resource AS parent ON parent.server = child.server
      AND parent.id = 'group-' || child.server || '-' || (CAST(split_part(child.id, '-', 3) AS bigint) - 1) / 100 + 1
    WHERE child.type = 'User';
  INSERT INTO resource_count SELECT server, type, 0, count(*) FROM resource GROUP BY server, type;`;

interface Case {
  readonly title: string;
  readonly filter?: string;
  readonly sortBy?: string;
  readonly type?: 'Group';
  readonly server?: 3;
  readonly page?: SearchQuery['page'];
  readonly indexes: readonly string[];
  readonly total: number;
  /** Statements that answer it. */
  readonly statements?: number;
}

const at = (n: number) => new Date(MODIFIED + n).toISOString();

const CASES: readonly Case[] = [
  { title: 'userName', filter: 'userName eq "USER7000"', indexes: ['unique_value_pkey', 'resource_pkey'], total: 1 },
  { title: 'externalId', filter: 'externalId eq "e7000"', indexes: ['index_value_pkey', 'resource_pkey'], total: 1 },
  { title: 'id', filter: 'id eq "user-1-7000"', indexes: ['resource_id'], total: 1 },
  {
    title: 'an e-mail address',
    filter: 'emails.value eq "User7000@acme.example"',
    indexes: ['index_value_pkey'],
    total: 1,
  },
  {
    title: 'an e-mail address of a type',
    filter: 'emails[type eq "work"].value eq "user7000@acme.example"',
    indexes: ['index_value_pkey', 'resource_pkey'],
    total: 1,
  },
  {
    title: 'a group by its name',
    filter: 'displayName eq "Group 70"',
    type: 'Group',
    indexes: ['index_value_pkey'],
    total: 1,
  },
  {
    title: 'the groups of a member',
    filter: 'members.value eq "user-1-7000"',
    type: 'Group',
    indexes: ['resource_id', 'member_of', 'resource_pkey'],
    total: 1,
  },
  {
    title: 'whether a group has a member',
    filter: 'id eq "group-1-70" and members[value eq "user-1-7000"]',
    type: 'Group',
    indexes: ['resource_id'],
    total: 1,
    statements: 2,
  },
  {
    title: 'what changed lately',
    filter: `meta.lastModified gt "${at(USERS - 500)}"`,
    indexes: ['resource_modified'],
    total: 500,
  },
  {
    title: 'what is active and changed lately',
    filter: `active eq true and (meta.lastModified ge "${at(USERS - 499)}" and meta.lastModified le "${at(USERS)}")`,
    indexes: ['resource_modified'],
    total: 450,
  },
  { title: 'what is active', filter: 'active eq true', indexes: ['resource_type'], total: (USERS / 10) * 9 },
  {
    title: 'a beginning of userName',
    filter: 'userName sw "user777"',
    indexes: ['unique_value_pkey', 'resource_pkey'],
    total: 111,
  },
  { title: 'all', indexes: ['resource_type', 'resource_pkey'], total: USERS },
  {
    title: 'all of an identity server that came later',
    server: 3,
    indexes: ['resource_type', 'resource_pkey'],
    total: 1000,
  },
  {
    title: 'what the documents of an identity server that came later tell',
    server: 3,
    filter: 'title eq "x"',
    indexes: ['resource_type'],
    total: 0,
  },
  {
    title: 'all, far on',
    page: { kind: 'index', startIndex: USERS - 50, count: 50 },
    indexes: ['resource_type', 'resource_pkey'],
    total: USERS,
  },
  {
    title: 'all in order of userName',
    sortBy: 'userName',
    indexes: ['unique_value_pkey', 'resource_pkey'],
    total: USERS,
    statements: 2,
  },
  {
    title: 'the next page in order of userName',
    sortBy: 'userName',
    page: { kind: 'after', position: { key: 'user7000', seq: 1 }, count: 50 },
    indexes: ['unique_value_pkey', 'resource_pkey'],
    total: USERS,
    statements: 2,
  },
];

interface Node {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly Node[];
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** A connection that asks for the plan of each statement before it runs it. */
function explaining(connection: Executes) {
  const plans: Promise<Node[]>[] = [];
  const execute: Executes['execute'] = (sql, bindings, options) => {
    if (/^\s*(WITH|SELECT(?!\s+set_config)|DECLARE)/.test(sql)) plans.push(planOf(connection, sql, bindings));
    return connection.execute(sql, bindings, options);
  };
  return { execute, plans: () => Promise.all(plans) };
}

async function planOf(
  connection: Executes,
  sql: string,
  bindings: Parameters<Executes['execute']>[1],
): Promise<Node[]> {
  const { rows } = await connection.execute(`EXPLAIN (FORMAT JSON) ${sql}`, bindings, { prepare: false });
  const explained: readonly { readonly Plan: Node }[] = JSON.parse(String(rows[0]?.['QUERY PLAN']));
  return explained.flatMap(({ Plan }) => nodesOf(Plan));
}

describe('PostgreSQL finds by an index', () => {
  let database: TemporaryDatabase;
  let client: Client;
  const catalogue: Catalogue = createCatalogue({});

  beforeAll(async () => {
    database = await temporaryDatabase();
    client = new Client({ connectionString: database.url, types: TYPES, pipeline: true });
    await client.connect();
    await client.query(FILL);
    await client.query('VACUUM ANALYZE');
  }, 120_000);
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it.each(CASES)(
    '$title',
    async ({ filter, sortBy, type = 'User', server = 1, page, indexes, total, statements = 1 }) => {
      const { execute, plans } = explaining(connectionOf(client));
      const query: SearchQuery = {
        server,
        catalogue,
        catalogueVersion: 1,
        compatibility: 'tolerant',
        types: [type],
        filter: filter === undefined ? undefined : parseFilter(filter),
        sort: sortBy === undefined ? undefined : { by: sortBy, descending: false },
        page: page ?? { kind: 'index', startIndex: 1, count: 50 },
      };
      const found = await answer({ execute }, query);
      expect([found.total, found.rows.length]).toEqual([total, Math.min(total, 50)]);
      const explained = await plans();
      expect(explained).toHaveLength(statements);
      const nodes = explained.flat();
      expect(nodes.map((node) => node['Index Name'])).toEqual(expect.arrayContaining([...indexes]));
      const walked = nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']);
      expect(walked.filter((table) => table !== 'resource_count')).toEqual([]);
    },
  );
});

/** As the store does it, but on one connection. */
async function answer(connection: Executes, query: SearchQuery) {
  if (isNearList(query)) return listPage(connection, query);
  const plan = query.filter && planCandidates(query);
  const page = plan && (await candidatesPage(connection, plan));
  return page ?? searchWithin(connection, query, 30_000, undefined);
}
