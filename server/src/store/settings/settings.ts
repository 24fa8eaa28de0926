import type { Kysely } from 'kysely';
import { type IdentityServer, type Settings, UniqueConflict } from '../contract.ts';
import { kyselyOn } from '../kysely-on.ts';
import type { Signals } from '../signals.ts';
import type { Access, Statements } from '../statements.ts';
import type { Database } from '../tables.ts';
import { emptyIdentityServer, removeIdentityServer } from './purge-identity-server.ts';
import { identityServerOf, identityServerRow } from './settings-rows.ts';
import { createSettingsVersion } from './settings-version.ts';
import { createTokens } from './tokens.ts';

/** Runs a body that writes settings: one at a time, whatever process it is of. */
export type Write = <T>(body: (db: Kysely<Database>, statements: Statements) => Promise<T>) => Promise<T>;

/** The small tables. They are read seldom, so their queries are built each time. */
export function createSettings(installation: string, access: Access, signals: Signals): Settings {
  const read = kyselyOn<Database>(access.read);
  const version = createSettingsVersion(access);

  const write: Write = async (body) => {
    const value = await access.write(async (statements) => {
      await version.raise(statements);
      return body(kyselyOn<Database>(statements), statements);
    });
    signals.publish('settings', '');
    return value;
  };

  return {
    installation,
    version: version.read,

    async identityServers() {
      const rows = await read.selectFrom('identity_server').selectAll().orderBy('key').execute();
      return rows.map(identityServerOf);
    },
    addIdentityServer: (server) =>
      write(async (db) => {
        await claimSlug(db, server);
        await releaseDefault(db, server);
        const row = { ...identityServerRow(server), catalogue_version: 1, removing: 0 } as const;
        return identityServerOf(
          await db.insertInto('identity_server').values(row).returningAll().executeTakeFirstOrThrow(),
        );
      }),
    saveIdentityServer: (server) =>
      write(async (db) => {
        if (!server.removing) await claimSlug(db, server);
        await releaseDefault(db, server);
        const row = { ...identityServerRow(server), removing: server.removing ? 1 : 0 } as const;
        const update = db.updateTable('identity_server').set(row).where('key', '=', server.key);
        const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) throw new Error(`The identity server ${server.id} is not stored`);
      }),
    async purgeIdentityServer(key, limit) {
      const emptied = await access.write((statements) => emptyIdentityServer(statements, key, limit));
      if (emptied !== 'empty') return emptied === 'gone';
      return write((_, statements) => removeIdentityServer(statements, key, limit));
    },

    ...createTokens(access, read, write),

    async definitions(server) {
      const ofServer = read.selectFrom('definition').selectAll().where('server', '=', server);
      return ofServer.orderBy('kind').orderBy('name').execute();
    },
    saveDefinition: ({ server, kind, name, definition }) =>
      write(async (db) => {
        await db
          .insertInto('definition')
          .values({ server, kind, name, definition })
          .onConflict((conflict) => conflict.columns(['server', 'kind', 'name']).doUpdateSet({ definition }))
          .execute();
        await raiseCatalogueVersion(db, server);
      }),
    removeDefinition: ({ server, kind, name }) =>
      write(async (db) => {
        const { numDeletedRows } = await db
          .deleteFrom('definition')
          .where('server', '=', server)
          .where('kind', '=', kind)
          .where('name', '=', name)
          .executeTakeFirstOrThrow();
        if (numDeletedRows === 0n) return false;
        await raiseCatalogueVersion(db, server);
        return true;
      }),
  };
}

/** At most one identity server is the default: it is taken from another one before this one gets it. */
async function releaseDefault(db: Kysely<Database>, server: Pick<IdentityServer, 'id' | 'isDefault'>): Promise<void> {
  if (!server.isDefault) return;
  await db
    .updateTable('identity_server')
    .set({ is_default: 0 })
    .where('is_default', '=', 1)
    .where('id', '<>', server.id)
    .execute();
}

/** Throws UniqueConflict when another identity server has the slug; nobody else takes it until the transaction ends. */
async function claimSlug(db: Kysely<Database>, { id, slug }: Pick<IdentityServer, 'id' | 'slug'>): Promise<void> {
  const others = db.selectFrom('identity_server').select('id').where('slug', '=', slug).where('id', '<>', id);
  const holder = await others.where('removing', '=', 0).executeTakeFirst();
  if (holder !== undefined) throw new UniqueConflict('slug', slug, holder.id);
}

async function raiseCatalogueVersion(db: Kysely<Database>, server: number): Promise<void> {
  await db
    .updateTable('identity_server')
    .set((column) => ({ catalogue_version: column('catalogue_version', '+', 1) }))
    .where('key', '=', server)
    .execute();
}
