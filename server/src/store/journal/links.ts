import {
  type Attributes,
  keyText,
  type Link,
  type LinkCounts,
  type ObjectKey,
  type ObjectType,
} from '@rollcall/provisioning';
import { type Selectable, sql } from 'kysely';
import type { LinkTable } from '../application-tables.ts';
import { rowStatement } from '../row-statement.ts';
import { limitTo, ONE, statement } from '../statement.ts';
import type { Statements } from '../statements.ts';

interface Key {
  readonly application: number;
  readonly type: string;
  readonly id: string;
}

/** `ids` is a JSON array. */
const linksByIds = statement(
  (db, { application, type, ids }: { application: number; type: string; ids: string }, { texts }) =>
    sql<Selectable<LinkTable>>`
      SELECT link.* FROM ${texts(ids, 'asked')} CROSS JOIN link
      WHERE link.application = ${application} AND link.type = ${type} AND link.id = asked.value`.compile(db),
);

const linkByTarget = statement(
  (db, { application, type, target }: { application: number; type: string; target: string }) =>
    db
      .selectFrom('link')
      .selectAll()
      .where('application', '=', application)
      .where('type', '=', sql<ObjectType>`${type}`)
      .where('target_id', '=', target)
      .limit(ONE)
      .compile(),
);

interface After extends Omit<Key, 'id'> {
  readonly after: string;
  readonly limit: number;
}

const linkPage = statement((db, { application, type, after, limit }: After) =>
  db
    .selectFrom('link')
    .selectAll()
    .where('application', '=', application)
    .where('type', '=', sql<ObjectType>`${type}`)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limitTo(limit))
    .compile(),
);

const countByState = statement((db, { application }: { application: number }, { indexedBy }) =>
  sql<{ type: string; state: string; n: number }>`
    SELECT type, state, count(*) AS n FROM link ${indexedBy('link_state')}
    WHERE application = ${application} GROUP BY type, state`.compile(db),
);

const dueLinks = statement(
  (db, { application, now, limit }: { application: number; now: number; limit: number }, { indexedBy }) =>
    sql<ObjectKey>`
      SELECT type, id FROM link ${indexedBy('link_delete_at')}
      WHERE application = ${application} AND delete_at IS NOT NULL AND delete_at <= ${now}
      ORDER BY delete_at LIMIT ${limitTo(limit)}`.compile(db),
);

const targetOf = statement((db, { application, type, id }: Key) =>
  sql<{ target_id: string }>`
    SELECT target_id FROM link WHERE application = ${application} AND type = ${type} AND id = ${id}`.compile(db),
);

/** `keys` is a JSON array of `[type, id]`. PostgreSQL alone runs it: nobody else changes these links until the end. */
const targetsOfKeys = statement(
  (db, { application, keys }: { application: number; keys: string }, { elements, field }) =>
    sql<ObjectKey & { target_id: string }>`
      SELECT link.type, link.id, link.target_id FROM ${elements(keys, 'asked')} CROSS JOIN link
      WHERE link.application = ${application} AND link.type = ${field('asked.value', 0)}
        AND link.id = ${field('asked.value', 1)}
      ORDER BY link.type, link.id FOR NO KEY UPDATE OF link`.compile(db),
);

type Row = ReturnType<typeof linkRow>;

const COLUMNS = {
  application: 'bigint',
  type: 'text',
  id: 'text',
  target_id: 'text',
  label: 'text',
  state: 'text',
  source_version: 'bigint',
  members_version: 'bigint',
  mappings_hash: 'text',
  adopted: 'bigint',
  delete_at: 'bigint',
  linked_at: 'bigint',
  sent: 'text',
  echoed: 'text',
} as const;

/** Another process may have linked the object after it was looked up. */
const insertLinks = rowStatement<Row>(COLUMNS, (db, row, { values }) =>
  sql`
    INSERT INTO link (
      application, type, id, target_id, label, state, source_version, members_version, mappings_hash, adopted,
      delete_at, linked_at, sent, echoed
    ) ${values(
      ...[row.application, row.type, row.id, row.target_id, row.label, row.state, row.source_version],
      ...[row.members_version, row.mappings_hash, row.adopted, row.delete_at, row.linked_at, row.sent, row.echoed],
    )}
    ON CONFLICT (application, type, id) DO UPDATE SET target_id = excluded.target_id, label = excluded.label,
      state = excluded.state, source_version = excluded.source_version, members_version = excluded.members_version,
      mappings_hash = excluded.mappings_hash, adopted = excluded.adopted, delete_at = excluded.delete_at,
      linked_at = excluded.linked_at, sent = excluded.sent, echoed = excluded.echoed`.compile(db),
);

const updateLinks = rowStatement<Row>(COLUMNS, (db, row, { from }) =>
  sql`
    UPDATE link SET target_id = ${row.target_id}, label = ${row.label}, state = ${row.state},
      source_version = ${row.source_version}, members_version = ${row.members_version},
      mappings_hash = ${row.mappings_hash}, adopted = ${row.adopted}, delete_at = ${row.delete_at},
      linked_at = ${row.linked_at}, sent = ${row.sent}, echoed = ${row.echoed}
    ${from} WHERE link.application = ${row.application} AND link.type = ${row.type} AND link.id = ${row.id}`.compile(
    db,
  ),
);

const deleteLinks = rowStatement<Key>(
  { application: 'bigint', type: 'text', id: 'text' },
  (db, { application, type, id }, { using }) =>
    sql`
      DELETE FROM link ${using}
      WHERE link.application = ${application} AND link.type = ${type} AND link.id = ${id}`.compile(db),
);

export async function findLinks(
  statements: Statements,
  application: number,
  type: ObjectType,
  ids: readonly string[],
): Promise<Map<string, Link>> {
  const rows = await linksByIds.all(statements, { application, type, ids: JSON.stringify(ids) });
  return new Map(rows.map((row) => [row.id, linkOf(row)]));
}

export async function findLinkOfTarget(
  statements: Statements,
  application: number,
  type: ObjectType,
  target: string,
): Promise<Link | undefined> {
  const row = await linkByTarget.first(statements, { application, type, target });
  return row === undefined ? undefined : linkOf(row);
}

/** Links in the order of their ids, after the id `after` (empty to begin). */
export async function pageOfLinks(
  statements: Statements,
  application: number,
  type: ObjectType,
  after: string,
  limit: number,
): Promise<Link[]> {
  return (await linkPage.all(statements, { application, type, after, limit })).map(linkOf);
}

export async function countLinks(statements: Statements, application: number): Promise<LinkCounts> {
  const rows = await countByState.all(statements, { application });
  const sum = (which: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(which).reduce((total, { n }) => total + n, 0);
  return {
    users: sum(({ type }) => type === 'User'),
    groups: sum(({ type }) => type === 'Group'),
    active: sum(({ state }) => state === 'active'),
  };
}

/** The longest due first. */
export function dueDeletions(
  statements: Statements,
  application: number,
  now: number,
  limit: number,
): Promise<ObjectKey[]> {
  return dueLinks.all(statements, { application, now, limit });
}

/** Where objects are found in the target, by `keyText`; nobody else changes these links until the end. */
export async function claimTargets(
  statements: Statements,
  application: number,
  keys: readonly ObjectKey[],
): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  if (statements.dialect === 'sqlite') return targetsOneByOne(statements, application, keys);
  const asked = JSON.stringify(keys.map(({ type, id }) => [type, id]));
  const rows = await targetsOfKeys.all(statements, { application, keys: asked });
  return new Map(rows.map((row) => [keyText(row), row.target_id]));
}

/** A JSON array costs SQLite more than a statement for each of a few. */
async function targetsOneByOne(
  statements: Statements,
  application: number,
  keys: readonly ObjectKey[],
): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  for (const key of keys) {
    const row = await targetOf.first(statements, { application, type: key.type, id: key.id });
    if (row !== undefined) targets.set(keyText(key), row.target_id);
  }
  return targets;
}

/** Stores links of objects that have none. */
export function addLinks(statements: Statements, application: number, links: readonly Link[]) {
  return insertLinks.run(
    statements,
    links.map((link) => linkRow(application, link)),
  );
}

/** Stores links in the place of those that are there. */
export function replaceLinks(statements: Statements, application: number, links: readonly Link[]) {
  return updateLinks.run(
    statements,
    links.map((link) => linkRow(application, link)),
  );
}

export function removeLinks(statements: Statements, application: number, keys: readonly ObjectKey[]) {
  return deleteLinks.run(
    statements,
    keys.map(({ type, id }) => ({ application, type, id })),
  );
}

function linkRow(application: number, link: Link) {
  return {
    application,
    type: link.type,
    id: link.id,
    target_id: link.targetId,
    label: link.label,
    state: link.state,
    source_version: link.sourceVersion,
    members_version: link.membersVersion,
    mappings_hash: link.mappingsHash,
    adopted: link.adopted ? 1 : 0,
    delete_at: link.deleteAt,
    linked_at: link.linkedAt,
    sent: JSON.stringify([...link.sent]),
    echoed: JSON.stringify([...link.echoed]),
  };
}

function linkOf(row: Selectable<LinkTable>): Link {
  return {
    type: row.type,
    id: row.id,
    targetId: row.target_id,
    label: row.label,
    state: row.state,
    sent: attributesOf(row.sent),
    echoed: attributesOf(row.echoed),
    sourceVersion: row.source_version,
    membersVersion: row.members_version,
    mappingsHash: row.mappings_hash,
    adopted: row.adopted === 1,
    deleteAt: row.delete_at,
    linkedAt: row.linked_at,
  };
}

/** Only `linkRow` writes these texts. */
const attributesOf = (text: string): Attributes => new Map(JSON.parse(text));
