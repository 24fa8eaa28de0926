import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compiled, limitTo } from './compiled.ts';
import { type Connection, openConnection } from './connection.ts';
import { migrate } from './migrate.ts';

let connection: Connection;
beforeEach(() => {
  connection = openConnection(':memory:', 'write');
  migrate(connection.database);
});
afterEach(() => connection.close());

describe('a compiled query', () => {
  const insert = compiled((db, { group, member, type }: { group: number; member: number; type: string }) =>
    db
      .insertInto('member')
      .values({ group_seq: group, member_seq: member, member_id: 'constant', member_type: type, sent: null })
      .compile(),
  );
  const page = compiled((db, { group, limit }: { group: number; limit: number }) =>
    db
      .selectFrom('member')
      .select(['member_seq', 'member_id', 'member_type', 'sent'])
      .where('group_seq', '=', group)
      .orderBy('member_seq')
      .limit(limitTo(limit))
      .compile(),
  );

  it('runs with new parameters each time, beside the constants it was built with', () => {
    for (const member of [3, 1, 2]) insert.run(connection, { type: `type ${member}`, group: 7, member });
    insert.run(connection, { group: 8, member: 9, type: 'other' });
    expect(page.all(connection, { group: 7, limit: 2 })).toEqual([
      { member_seq: 1, member_id: 'constant', member_type: 'type 1', sent: null },
      { member_seq: 2, member_id: 'constant', member_type: 'type 2', sent: null },
    ]);
    expect(page.all(connection, { group: 7, limit: 0 })).toEqual([]);
    expect(page.first(connection, { group: 8, limit: 1 })?.member_seq).toBe(9);
    expect(page.first(connection, { group: 9, limit: 1 })).toBeUndefined();
  });

  it('may use a parameter more than once', () => {
    const twice = compiled((db, { text }: { text: string }) =>
      sql<{ both: string }>`SELECT ${text} || ${text} AS both`.compile(db),
    );
    expect(twice.first(connection, { text: "a'; --" })).toEqual({ both: "a'; --a'; --" });
  });

  it('binds no bare LIMIT, for which SQLite would prepare it anew each time', () => {
    const limited = () => compiled((db, _: object) => db.selectFrom('member').selectAll().limit(1).compile());
    expect(limited).toThrow('limitTo');
  });

  it('says how many rows it changed', () => {
    insert.run(connection, { group: 1, member: 1, type: 'x' });
    const remove = compiled((db, { group }: { group: number }) =>
      db.deleteFrom('member').where('group_seq', '=', group).compile(),
    );
    expect(remove.run(connection, { group: 1 }).changes).toBe(1);
    expect(remove.run(connection, { group: 1 }).changes).toBe(0);
  });
});
