import type { Attributes, Link, LinkCounts, ObjectKey, ObjectType } from '@rollcall/provisioning';
import { type Selectable, sql } from 'kysely';
import type { LinkTable } from '../../application-tables.ts';
import { compiled, limitTo, ONE } from '../compiled.ts';
import type { Connection } from '../connection.ts';

interface Key {
  readonly application: number;
  readonly type: string;
  readonly id: string;
}

/** `ids` is a JSON array. */
const linksByIds = compiled((db, { application, type, ids }: { application: number; type: string; ids: string }) =>
  sql<Selectable<LinkTable>>`
    SELECT link.* FROM json_each(${ids}) AS asked CROSS JOIN link
    WHERE link.application = ${application} AND link.type = ${type} AND link.id = asked.value`.compile(db),
);

const linkByTarget = compiled(
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

const linkPage = compiled((db, { application, type, after, limit }: After) =>
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

const countByState = compiled((db, { application }: { application: number }) =>
  sql<{ type: string; state: string; n: number }>`
    SELECT type, state, count(*) AS n FROM link INDEXED BY link_state
    WHERE application = ${application} GROUP BY type, state`.compile(db),
);

const dueLinks = compiled((db, { application, now, limit }: { application: number; now: number; limit: number }) =>
  sql<ObjectKey>`
    SELECT type, id FROM link INDEXED BY link_delete_at
    WHERE application = ${application} AND delete_at IS NOT NULL AND delete_at <= ${now}
    ORDER BY delete_at LIMIT ${limitTo(limit)}`.compile(db),
);

const targetOf = compiled((db, { application, type, id }: Key) =>
  sql<{ target_id: string }>`
    SELECT target_id FROM link WHERE application = ${application} AND type = ${type} AND id = ${id}`.compile(db),
);

type Row = ReturnType<typeof linkRow>;

const insertLink = compiled((db, row: Row) =>
  sql`
    INSERT INTO link (
      application, type, id, target_id, label, state, source_version, members_version, mappings_hash, adopted,
      delete_at, linked_at, sent, echoed
    ) VALUES (
      ${row.application}, ${row.type}, ${row.id}, ${row.target_id}, ${row.label}, ${row.state}, ${row.source_version},
      ${row.members_version}, ${row.mappings_hash}, ${row.adopted}, ${row.delete_at}, ${row.linked_at}, ${row.sent},
      ${row.echoed}
    )`.compile(db),
);

const updateLink = compiled((db, row: Row) =>
  sql`
    UPDATE link SET target_id = ${row.target_id}, label = ${row.label}, state = ${row.state},
      source_version = ${row.source_version}, members_version = ${row.members_version},
      mappings_hash = ${row.mappings_hash}, adopted = ${row.adopted}, delete_at = ${row.delete_at},
      linked_at = ${row.linked_at}, sent = ${row.sent}, echoed = ${row.echoed}
    WHERE application = ${row.application} AND type = ${row.type} AND id = ${row.id}`.compile(db),
);

const deleteLink = compiled((db, { application, type, id }: Key) =>
  sql`DELETE FROM link WHERE application = ${application} AND type = ${type} AND id = ${id}`.compile(db),
);

export function findLinks(
  connection: Connection,
  application: number,
  type: ObjectType,
  ids: readonly string[],
): Map<string, Link> {
  const rows = linksByIds.all(connection, { application, type, ids: JSON.stringify(ids) });
  return new Map(rows.map((row) => [row.id, linkOf(row)]));
}

export function findLinkOfTarget(
  connection: Connection,
  application: number,
  type: ObjectType,
  target: string,
): Link | undefined {
  const row = linkByTarget.first(connection, { application, type, target });
  return row === undefined ? undefined : linkOf(row);
}

/** Links in the order of their ids, after the id `after` (empty to begin). */
export function pageOfLinks(
  connection: Connection,
  application: number,
  type: ObjectType,
  after: string,
  limit: number,
): Link[] {
  return linkPage.all(connection, { application, type, after, limit }).map(linkOf);
}

export function countLinks(connection: Connection, application: number): LinkCounts {
  const rows = countByState.all(connection, { application });
  const sum = (which: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(which).reduce((total, { n }) => total + n, 0);
  return {
    users: sum(({ type }) => type === 'User'),
    groups: sum(({ type }) => type === 'Group'),
    active: sum(({ state }) => state === 'active'),
  };
}

/** The longest due first. */
export function dueDeletions(connection: Connection, application: number, now: number, limit: number): ObjectKey[] {
  return dueLinks.all(connection, { application, now, limit });
}

/** Stores a link; whether its object is found elsewhere in the target than before, or was not linked. */
export function writeLink(connection: Connection, application: number, link: Link): boolean {
  const { type, id, targetId } = link;
  const before = targetOf.first(connection, { application, type, id })?.target_id;
  (before === undefined ? insertLink : updateLink).run(connection, linkRow(application, link));
  return before !== targetId;
}

export function removeLink(connection: Connection, application: number, { type, id }: ObjectKey): void {
  deleteLink.run(connection, { application, type, id });
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
