import { sql } from 'kysely';
import { type IndexedDocument, type NewResource, type StoredResource, UniqueConflict } from '../contract.ts';

import { groupsReadAlong, withGroups } from '../groups-read-along.ts';
import type { Pipeline } from '../pipeline.ts';
import { differenceOf, NO_VALUES, type Values } from '../value-difference.ts';
import { indexKey } from './index-key.ts';
import { type Executes, prepared } from './prepared.ts';

/** Rows that share a count: as many writers as there are slots do not wait for each other. */
const SLOTS = 32;
const SLOT = sql`pg_backend_pid() % ${sql.lit(SLOTS)}`;

type Unique = IndexedDocument['unique'][number];

interface Owner {
  readonly server: number;
  readonly type: string;
  readonly seq: number;
}

interface Insert extends Omit<NewResource, 'index' | 'unique'> {
  /** JSON arrays of `[path, key]`, here and below. */
  readonly index: string;
  readonly unique: string;
}

/**
 * The resource, its values and its count in one statement. A value that somebody else holds is not claimed (whoever
 * claims it at the same time is waited for); the paths that were are returned.
 */
const insertResource = prepared((db, next: Insert) =>
  sql<{ seq: number; claimed: readonly string[] | null }>`
    WITH added AS (
      INSERT INTO resource (server, type, id, version, created, modified, label, document)
      VALUES (${next.server}, ${next.type}, ${next.id}, 1, ${next.at}, ${next.at}, ${next.label}, ${next.document})
      RETURNING seq, server, type
    ), claimed AS (
      INSERT INTO unique_value (server, type, path, key, seq)
      SELECT added.server, added.type, value ->> 0, value ->> 1, added.seq
      FROM added CROSS JOIN json_array_elements(${next.unique}) AS each(value)
      ON CONFLICT DO NOTHING
      RETURNING path
    ), indexed AS (
      INSERT INTO index_value (server, type, path, key, seq)
      SELECT added.server, added.type, value ->> 0, value ->> 1, added.seq
      FROM added CROSS JOIN json_array_elements(${next.index}) AS each(value)
      ON CONFLICT DO NOTHING
    ), counted AS (
      INSERT INTO resource_count AS known (server, type, slot, count)
      SELECT server, type, ${SLOT}, 1 FROM added
      ON CONFLICT (server, type, slot) DO UPDATE SET count = known.count + 1
    )
    SELECT seq, (SELECT array_agg(path) FROM claimed) AS claimed FROM added`.compile(db),
);

/** What the owner holds already is its own; `isNew` (no row was there to update) tells what it did not hold before. */
const claimUnique = prepared((db, { server, type, seq, unique }: Owner & { readonly unique: string }) =>
  sql<{ path: string; key: string; isNew: boolean }>`
    INSERT INTO unique_value AS held (server, type, path, key, seq)
    SELECT ${server}, ${type}, value ->> 0, value ->> 1, ${seq} FROM json_array_elements(${unique}) AS each(value)
    ON CONFLICT (server, type, path, key) DO UPDATE SET seq = held.seq WHERE held.seq = excluded.seq
    RETURNING path, key, xmax = 0 AS "isNew"`.compile(db),
);

/** Each value is looked up in the index (OFFSET 0 keeps the planner from a join that reads them all). */
const releaseUnique = prepared((db, { server, type, seq, unique }: Owner & { readonly unique: string }) =>
  sql`
    DELETE FROM unique_value WHERE ctid = ANY(ARRAY(
      SELECT held.ctid FROM json_array_elements(${unique}) AS each(value) CROSS JOIN LATERAL (
        SELECT ctid FROM unique_value
        WHERE server = ${server} AND type = ${type} AND path = each.value ->> 0 AND key = each.value ->> 1
          AND seq = ${seq} OFFSET 0
      ) AS held
    ))`.compile(db),
);

interface IndexChange extends Owner {
  readonly gone: string;
  readonly come: string;
}

const changeIndex = prepared((db, { server, type, seq, gone, come }: IndexChange) =>
  sql`
    WITH released AS (
      DELETE FROM index_value WHERE ctid = ANY(ARRAY(
        SELECT held.ctid FROM json_array_elements(${gone}) AS each(value) CROSS JOIN LATERAL (
          SELECT ctid FROM index_value
          WHERE server = ${server} AND type = ${type} AND path = each.value ->> 0 AND key = each.value ->> 1
            AND seq = ${seq} OFFSET 0
        ) AS held
      ))
    )
    INSERT INTO index_value (server, type, path, key, seq)
    SELECT ${server}, ${type}, value ->> 0, value ->> 1, ${seq} FROM json_array_elements(${come}) AS each(value)
    ON CONFLICT DO NOTHING`.compile(db),
);

interface Update {
  readonly seq: number;
  readonly at: number;
  readonly label: string;
  readonly document: string;
}

const updateResource = prepared((db, next: Update) =>
  sql`
    UPDATE resource SET version = version + 1, modified = ${next.at}, label = ${next.label}, document = ${next.document}
    WHERE seq = ${next.seq}`.compile(db),
);

const touchResource = prepared((db, { seq, at }: { seq: number; at: number }) =>
  sql`UPDATE resource SET version = version + 1, modified = ${at} WHERE seq = ${seq}`.compile(db),
);

const holderOf = prepared((db, value: Omit<Owner, 'seq'> & { readonly path: string; readonly key: string }) =>
  sql<{ id: string; seq: number }>`
    SELECT resource.id, resource.seq FROM unique_value JOIN resource ON resource.seq = unique_value.seq
    WHERE unique_value.server = ${value.server} AND unique_value.type = ${value.type}
      AND unique_value.path = ${value.path} AND unique_value.key = ${value.key}`.compile(db),
);

const deleteResource = prepared((db, { server, type, seq }: Owner) =>
  sql`
    WITH gone AS (DELETE FROM resource WHERE seq = ${seq})
    INSERT INTO resource_count AS known (server, type, slot, count) VALUES (${server}, ${type}, ${SLOT}, -1)
    ON CONFLICT (server, type, slot) DO UPDATE SET count = known.count - 1`.compile(db),
);

/** Writes a new resource with its values. Throws UniqueConflict, and then has written nothing. */
export async function insert(connection: Executes, resource: NewResource): Promise<StoredResource> {
  const { server, type, id, at, label, document, index } = resource;
  const unique = distinct(resource.unique);
  const values = { index: pairs(index), unique: pairs(unique) };
  const row = await insertResource.first(connection, { server, type, id, at, label, document, ...values });
  if (row === undefined) throw new Error(`${id} was not stored`);
  const owner = { server, type, seq: row.seq };
  const refused = unclaimed(unique, row.claimed ?? []);
  if (refused !== undefined) {
    // The caller may catch the conflict and go on in the same transaction.
    await remove(connection, owner, resource);
    throw await conflictOver(connection, owner, refused);
  }
  return withGroups({ seq: row.seq, server, type, id, version: 1, created: at, modified: at, label, document }, []);
}

/**
 * Writes a new document over the current one, which the transaction has locked. Throws UniqueConflict, and then has
 * written nothing. `send` takes what need not be waited for.
 */
export async function update(
  connection: Executes,
  current: StoredResource,
  previous: Values,
  next: IndexedDocument,
  at: number,
  send: Pipeline['send'],
): Promise<StoredResource> {
  const { document, label } = next;
  const { server, type, seq } = current;
  const owner = { server, type, seq };
  const unique = differenceOf(previous.unique, distinct(next.unique));
  await claimAll(connection, owner, unique.come);
  if (unique.gone.length > 0) send(releaseUnique.run(connection, { ...owner, unique: pairs(unique.gone) }));
  const index = differenceOf(previous.index, next.index);
  if (index.gone.length + index.come.length > 0) {
    send(changeIndex.run(connection, { ...owner, gone: pairs(index.gone), come: pairs(index.come) }));
  }
  send(expectOne(updateResource.run(connection, { seq, at, label, document }), current.id));
  return withGroups(
    { ...current, version: current.version + 1, modified: at, label, document },
    groupsReadAlong(current),
  );
}

/** Raises the version of a resource that the transaction has locked. */
export function touch(
  connection: Executes,
  current: StoredResource,
  at: number,
  send: Pipeline['send'],
): StoredResource {
  send(expectOne(touchResource.run(connection, { seq: current.seq, at }), current.id));
  return { ...current, version: current.version + 1, modified: at };
}

/** Brings index and unique values in line with other rules; what another resource holds is left to it, and returned. */
export async function rewriteValues(
  connection: Executes,
  current: StoredResource,
  previous: Values,
  next: Values,
): Promise<UniqueConflict[]> {
  const { server, type, seq } = current;
  const owner = { server, type, seq };
  const index = differenceOf(previous.index, next.index);
  await changeIndex.run(connection, { ...owner, gone: pairs(index.gone), come: pairs(index.come) });
  await releaseUnique.run(connection, { ...owner, unique: pairs(differenceOf(previous.unique, next.unique).gone) });
  await claimUnique.all(connection, { ...owner, unique: pairs(next.unique) });
  const conflicts: UniqueConflict[] = [];
  for (const value of next.unique) {
    const conflict = await conflictOver(connection, owner, value);
    if (conflict.holder !== current.id) conflicts.push(conflict);
  }
  return conflicts;
}

/** Deletes a resource and its values; its member rows are `deleteMemberships`'. */
export async function remove(connection: Executes, owner: Owner, { index, unique }: Values): Promise<void> {
  const { server, type, seq } = owner;
  await Promise.all([
    releaseUnique.run(connection, { server, type, seq, unique: pairs(unique) }),
    changeIndex.run(connection, { server, type, seq, gone: pairs(index), come: pairs(NO_VALUES.index) }),
    deleteResource.run(connection, { server, type, seq }),
  ]);
}

async function claimAll(connection: Executes, owner: Owner, come: readonly Unique[]): Promise<void> {
  if (come.length === 0) return;
  const claimed = await claimUnique.all(connection, { ...owner, unique: pairs(come) });
  const paths = claimed.map(({ path }) => path);
  const refused = unclaimed(come, paths);
  if (refused === undefined) return;
  await releaseUnique.run(connection, { ...owner, unique: pairs(claimed.filter(({ isNew }) => isNew)) });
  throw await conflictOver(connection, owner, refused);
}

/** The first value whose path was not claimed as often as it stands there. */
function unclaimed(values: readonly Unique[], claimed: readonly string[]): Unique | undefined {
  if (values.length === claimed.length) return undefined;
  const left = [...claimed];
  return values.find(({ path }) => {
    const at = left.indexOf(path);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

async function conflictOver(connection: Executes, owner: Owner, { path, key, value }: Unique): Promise<UniqueConflict> {
  const { server, type } = owner;
  const holder = await holderOf.first(connection, { server, type, path, key: indexKey(key) });
  return new UniqueConflict(path, value, holder?.id);
}

const distinct = (values: readonly Unique[]): readonly Unique[] =>
  values.length < 2 ? values : [...new Map(values.map((value) => [`${value.path}\0${value.key}`, value])).values()];

async function expectOne(written: Promise<number>, id: string): Promise<void> {
  if ((await written) !== 1) throw new Error(`${id} is not stored`);
}

/** As JSON, always in the same order: whoever claims several values at the same time as another waits, and is not waited for. */
function pairs(values: readonly { readonly path: string; readonly key: string }[]): string {
  if (values.length === 0) return '[]';
  const rows = values.map(({ path, key }) => [path, indexKey(key)] as const);
  return JSON.stringify(rows.sort(([a, b], [c, d]) => (a === c ? (b < d ? -1 : 1) : a < c ? -1 : 1)));
}
