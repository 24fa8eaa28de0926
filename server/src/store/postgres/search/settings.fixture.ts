import { Client } from 'pg';
import type { AddedDefinition, IdentityServer, Settings } from '../../contract.ts';

type Kept = 'addIdentityServer' | 'identityServers' | 'definitions' | 'saveDefinition' | 'removeDefinition';

/** What the tests of searches need of the settings, straight in their tables. */
export function settingsOn(url: string): Pick<Settings, Kept> {
  const run = async (sql: string, values: (string | number)[] = []) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(sql, values);
    await client.end();
    return rows;
  };
  return {
    async addIdentityServer(server) {
      const [row] = await run(
        `INSERT INTO identity_server (id, slug, name, active, is_default, settings, catalogue_version, created, modified, removing)
         VALUES ($1, $2, $3, 1, 0, '{}', 1, 0, 0, 0) RETURNING key`,
        [server.id, server.slug, server.name],
      );
      return { ...server, key: Number(row.key), catalogueVersion: 1, removing: false };
    },
    async identityServers(): Promise<IdentityServer[]> {
      return run('SELECT CAST(key AS int), CAST(catalogue_version AS int) AS "catalogueVersion" FROM identity_server');
    },
    async definitions(server): Promise<AddedDefinition[]> {
      return run('SELECT kind, name, definition FROM definition WHERE server = $1', [server]);
    },
    async saveDefinition({ server, kind, name, definition }) {
      await run('INSERT INTO definition VALUES ($1, $2, $3, $4)', [server, kind, name, definition]);
      await run('UPDATE identity_server SET catalogue_version = catalogue_version + 1 WHERE key = $1', [server]);
    },
    async removeDefinition({ server, kind, name }) {
      await run('DELETE FROM definition WHERE server = $1 AND kind = $2 AND name = $3', [server, kind, name]);
      return true;
    },
  };
}
