import { type IndexedDocument, UniqueConflict } from '../contract.ts';
import { differenceOf, type Values } from '../value-difference.ts';
import { compiled } from './compiled.ts';
import type { Connection } from './connection.ts';
import { isConstraintFailure } from './error.ts';

interface Value {
  readonly server: number;
  readonly type: string;
  readonly path: string;
  readonly key: string;
  readonly seq: number;
}

const insertIndexed = compiled((db, value: Value) =>
  db
    .insertInto('index_value')
    .values({ server: value.server, type: value.type, path: value.path, key: value.key, seq: value.seq })
    .onConflict((conflict) => conflict.doNothing())
    .compile(),
);

const insertUnique = compiled((db, value: Value) =>
  db
    .insertInto('unique_value')
    .values({ server: value.server, type: value.type, path: value.path, key: value.key, seq: value.seq })
    .compile(),
);

const deleteIndexed = compiled((db, value: Value) =>
  db
    .deleteFrom('index_value')
    .where('server', '=', value.server)
    .where('type', '=', value.type)
    .where('path', '=', value.path)
    .where('key', '=', value.key)
    .where('seq', '=', value.seq)
    .compile(),
);

const deleteUnique = compiled((db, value: Value) =>
  db
    .deleteFrom('unique_value')
    .where('server', '=', value.server)
    .where('type', '=', value.type)
    .where('path', '=', value.path)
    .where('key', '=', value.key)
    .where('seq', '=', value.seq)
    .compile(),
);

const holderOf = compiled((db, value: Omit<Value, 'seq'>) =>
  db
    .selectFrom('unique_value')
    .innerJoin('resource', 'resource.seq', 'unique_value.seq')
    .where('unique_value.server', '=', value.server)
    .where('unique_value.type', '=', value.type)
    .where('unique_value.path', '=', value.path)
    .where('unique_value.key', '=', value.key)
    .select(['resource.id', 'resource.seq'])
    .compile(),
);

/** The resource whose values they are. */
export interface Owner {
  readonly server: number;
  readonly type: string;
  readonly seq: number;
}

/** Brings a resource's index and unique values from `previous` to `next`. Throws UniqueConflict, with some of it done. */
export function writeValues(connection: Connection, owner: Owner, previous: Values, next: Values): void {
  const { server, type, seq } = owner;
  const index = differenceOf(previous.index, next.index);
  const unique = differenceOf(previous.unique, next.unique);
  for (const { path, key } of unique.gone) deleteUnique.run(connection, { server, type, path, key, seq });
  for (const { path, key } of index.gone) deleteIndexed.run(connection, { server, type, path, key, seq });
  for (const value of unique.come) claim(connection, owner, value);
  for (const { path, key } of index.come) insertIndexed.run(connection, { server, type, path, key, seq });
}

/** The same, but leaves to another resource what it holds, and says what that is. */
export function rewriteValues(connection: Connection, owner: Owner, previous: Values, next: Values): UniqueConflict[] {
  const conflicts: UniqueConflict[] = [];
  writeValues(connection, owner, previous, { index: next.index, unique: [] });
  for (const value of next.unique) {
    try {
      claim(connection, owner, value);
    } catch (error) {
      if (!(error instanceof UniqueConflict)) throw error;
      conflicts.push(error);
    }
  }
  return conflicts;
}

function claim(
  connection: Connection,
  { server, type, seq }: Owner,
  { path, key, value }: IndexedDocument['unique'][number],
): void {
  try {
    insertUnique.run(connection, { server, type, path, key, seq });
  } catch (error) {
    if (!isConstraintFailure(error)) throw error;
    const holder = holderOf.first(connection, { server, type, path, key });
    if (holder?.seq !== seq) throw new UniqueConflict(path, value, holder?.id);
  }
}
