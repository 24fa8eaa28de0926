import type { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kyselyOn } from './kysely-on.ts';
import { type Connection, openConnection } from './sqlite/connection.ts';
import { migrate } from './sqlite/migrate.ts';
import type { Database } from './tables.ts';

let connection: Connection;
let kysely: Kysely<Database>;
beforeEach(() => {
  connection = openConnection(':memory:', 'write');
  migrate(connection.database);
  kysely = kyselyOn<Database>(connection);
});
afterEach(() => connection.close());

const change = { server: 1, at: 1, type: 'User', id: 'a', kind: 'created', label: 'a' } as const;

describe('Kysely on a connection of the store', () => {
  it('answers reads with rows and writes with what they did', async () => {
    await kysely.insertInto('change').values(change).execute();
    expect(await kysely.selectFrom('change').select(['n', 'id', 'data']).execute()).toEqual([
      { n: 1, id: 'a', data: null },
    ]);
    const returned = await kysely.insertInto('change').values(change).returning('n').executeTakeFirstOrThrow();
    expect(returned).toEqual({ n: 2 });
    const updated = await kysely.updateTable('change').set({ label: 'b' }).executeTakeFirstOrThrow();
    expect(updated.numUpdatedRows).toBe(2n);
  });

  it('streams the rows of a read', async () => {
    await kysely.insertInto('change').values([change, change]).execute();
    const found: number[] = [];
    for await (const { n } of kysely.selectFrom('change').select('n').orderBy('n').stream()) found.push(n);
    expect(found).toEqual([1, 2]);
  });

  it('knows the tables', async () => {
    const tables = await kysely.introspection.getTables();
    expect(tables.map((table) => table.name)).toContain('unique_value');
  });

  it('leaves transactions to the store', async () => {
    const begun = kysely.transaction().execute(async () => 1);
    await expect(begun).rejects.toThrow('transaction of the store');
  });
});
