import { type Kysely, sql } from 'kysely';
import type { Settings, TokenUse } from '../contract.ts';
import { type SqlFor, statement } from '../statement.ts';
import type { Access } from '../statements.ts';
import type { Database } from '../tables.ts';
import type { Write } from './settings.ts';
import { apiTokenOf, apiTokenRow, tokenOf, tokenRow } from './settings-rows.ts';

type Tokens = Pick<Settings, 'tokens' | 'saveToken' | 'apiTokens' | 'saveApiToken' | 'noteUses'>;

/** SCIM tokens and API tokens. */
export function createTokens(access: Access, read: Kysely<Database>, write: Write): Tokens {
  return {
    async tokens() {
      const rows = await read.selectFrom('token').selectAll().orderBy('created').orderBy('id').execute();
      return rows.map(tokenOf);
    },
    saveToken: (token) =>
      write(async (db) => {
        const row = tokenRow(token);
        const { id: _, last_used, last_used_from, ...columns } = row;
        const revoked = sql<number | null>`coalesce(token.revoked, excluded.revoked)`;
        await db
          .insertInto('token')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...columns, revoked }))
          .execute();
      }),

    async apiTokens() {
      const rows = await read.selectFrom('api_token').selectAll().orderBy('created').orderBy('id').execute();
      return rows.map(apiTokenOf);
    },
    saveApiToken: (token) =>
      write(async (db) => {
        const row = apiTokenRow(token);
        const { id: _, last_used, last_used_from, ...columns } = row;
        const revoked = sql<number | null>`coalesce(api_token.revoked, excluded.revoked)`;
        await db
          .insertInto('api_token')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...columns, revoked }))
          .execute();
      }),

    async noteUses(uses) {
      if (uses.length === 0) return;
      const of = (kind: TokenUse['kind']) =>
        JSON.stringify(uses.filter((use) => use.kind === kind).map(({ id, at, from }) => [id, at, from]));
      await access.write(async (statements) => {
        await noteTokenUses.run(statements, { uses: of('token') });
        await noteApiTokenUses.run(statements, { uses: of('apiToken') });
      });
    },
  };
}

interface Uses {
  /** JSON: id, time and address of each. */
  readonly uses: string;
}

const noteUses = (table: 'token' | 'api_token', uses: string, sqlFor: SqlFor) => {
  const known = sql.table(table);
  const at = sql`CAST(${sqlFor.field('use.value', 1)} AS bigint)`;
  return sql`
    UPDATE ${known} SET last_used = ${at}, last_used_from = ${sqlFor.field('use.value', 2)}
    FROM ${sqlFor.elements(uses, 'use')}
    WHERE ${known}.id = ${sqlFor.field('use.value', 0)}
      AND (${known}.last_used IS NULL OR ${known}.last_used < ${at})`;
};

const noteTokenUses = statement((db, { uses }: Uses, sqlFor) => noteUses('token', uses, sqlFor).compile(db));
const noteApiTokenUses = statement((db, { uses }: Uses, sqlFor) => noteUses('api_token', uses, sqlFor).compile(db));
