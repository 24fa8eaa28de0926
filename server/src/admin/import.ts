import type { FastifyInstance } from 'fastify';
import { importRequestSchema } from '../contract/import.ts';
import { runImport } from '../import/run-import.ts';
import { UnreadableFile } from '../import/sheet.ts';
import type { AdminContext } from './context.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { Problem } from './problem.ts';

/** Files of some 300,000 people; the other requests of this API are small. */
const MAX_BODY = 64 * 1024 * 1024;

interface ByServer {
  readonly Params: { readonly server: string };
}

/** POST /identity-servers/{server}/import: users, groups, memberships and managers from files, one import at a time. */
export async function imports(api: FastifyInstance, context: AdminContext): Promise<void> {
  const options = { bodyLimit: MAX_BODY };
  api.post<ByServer>('/identity-servers/:server/import', options, async ({ body, params }) => {
    const request = importRequestSchema.parse(body);
    const server = findIdentityServer(context.registry, params.server);
    if (context.imports.isRunning(server.key)) {
      throw new Problem('in-use', `Another import into "${server.slug}" is running; try again when it has ended.`);
    }
    const end = request.dryRun ? () => {} : context.imports.begin(server.key);
    try {
      return await runImport(context, server, request);
    } catch (error) {
      if (error instanceof UnreadableFile) throw new Problem('invalid-request', error.message);
      throw error;
    } finally {
      end();
    }
  });
}
