import type { Kysely } from 'kysely';
import { type Settings, type Token, UniqueConflict } from '../contract.ts';
import { kyselyOn } from '../kysely-on.ts';
import type { Database } from '../tables.ts';
import type { Connection } from './connection.ts';
import { isConstraintFailure } from './error.ts';
import type { GroupCommit } from './group-commit.ts';
import { purgeIdentityServer } from './purge.ts';
import { apiTokenOf, apiTokenRow, identityServerOf, identityServerRow, tokenOf, tokenRow } from './settings-rows.ts';

/** The small tables. They are read seldom, so their queries are built each time. */
export function createSettings(
  installation: string,
  reader: Connection,
  writer: Connection,
  run: GroupCommit['run'],
): Settings {
  const read = kyselyOn<Database>(reader);
  const write = kyselyOn<Database>(writer);
  return {
    installation,

    async identityServers() {
      const rows = await read.selectFrom('identity_server').selectAll().orderBy('key').execute();
      return rows.map(identityServerOf);
    },
    addIdentityServer: (server) =>
      run(async () => {
        await releaseDefault(write, server);
        const row = { ...identityServerRow(server), catalogue_version: 1, removing: 0 } as const;
        const insert = write.insertInto('identity_server').values(row).returningAll();
        return identityServerOf(await claimSlug(write, server, insert.executeTakeFirstOrThrow()));
      }),
    saveIdentityServer: (server) =>
      run(async () => {
        await releaseDefault(write, server);
        const row = { ...identityServerRow(server), removing: server.removing ? 1 : 0 } as const;
        const update = write.updateTable('identity_server').set(row).where('key', '=', server.key);
        const { numUpdatedRows } = await claimSlug(write, server, update.executeTakeFirstOrThrow());
        if (numUpdatedRows === 0n) throw new Error(`The identity server ${server.id} is not stored`);
      }),
    purgeIdentityServer: (key, limit) => run(async () => purgeIdentityServer(writer, key, limit)),

    async tokens() {
      const rows = await read.selectFrom('token').selectAll().orderBy('created').orderBy('id').execute();
      return rows.map(tokenOf);
    },
    saveToken: (token) => run(() => saveToken(write, token)),

    async apiTokens() {
      const rows = await read.selectFrom('api_token').selectAll().orderBy('created').orderBy('id').execute();
      return rows.map(apiTokenOf);
    },
    saveApiToken: (token) =>
      run(async () => {
        const { id, ...columns } = apiTokenRow(token);
        await write
          .insertInto('api_token')
          .values({ id, ...columns })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
          .execute();
      }),

    async definitions(server) {
      return read.selectFrom('definition').selectAll().where('server', '=', server).execute();
    },
    saveDefinition: (added) =>
      run(async () => {
        const { server, kind, name, definition } = added;
        await write
          .insertInto('definition')
          .values({ server, kind, name, definition })
          .onConflict((conflict) => conflict.columns(['server', 'kind', 'name']).doUpdateSet({ definition }))
          .execute();
        await raiseCatalogueVersion(write, server);
      }),
    removeDefinition: ({ server, kind, name }) =>
      run(async () => {
        const { numDeletedRows } = await write
          .deleteFrom('definition')
          .where('server', '=', server)
          .where('kind', '=', kind)
          .where('name', '=', name)
          .executeTakeFirstOrThrow();
        if (numDeletedRows === 0n) return false;
        await raiseCatalogueVersion(write, server);
        return true;
      }),
  };
}

/** At most one identity server is the default: it is taken from another one before this one gets it. */
async function releaseDefault(write: Kysely<Database>, server: { id: string; isDefault: boolean }): Promise<void> {
  if (!server.isDefault) return;
  await write
    .updateTable('identity_server')
    .set({ is_default: 0 })
    .where('is_default', '=', 1)
    .where('id', '<>', server.id)
    .execute();
}

async function claimSlug<T>(write: Kysely<Database>, server: { slug: string }, written: Promise<T>): Promise<T> {
  try {
    return await written;
  } catch (error) {
    if (!isConstraintFailure(error)) throw error;
    const holder = await write
      .selectFrom('identity_server')
      .select('id')
      .where('slug', '=', server.slug)
      .where('removing', '=', 0)
      .executeTakeFirst();
    if (holder === undefined) throw error;
    throw new UniqueConflict('slug', server.slug, holder.id);
  }
}

async function saveToken(write: Kysely<Database>, token: Token): Promise<void> {
  const { id, ...columns } = tokenRow(token);
  await write
    .insertInto('token')
    .values({ id, ...columns })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
    .execute();
}

async function raiseCatalogueVersion(write: Kysely<Database>, server: number): Promise<void> {
  await write
    .updateTable('identity_server')
    .set((column) => ({ catalogue_version: column('catalogue_version', '+', 1) }))
    .where('key', '=', server)
    .execute();
}
