import type { FastifyInstance } from 'fastify';
import { importRequestSchema } from '../contract/import.ts';
import { runImport } from '../import/run-import.ts';
import { UnreadableFile } from '../import/sheet.ts';
import type { IdentityServer } from '../store/contract.ts';
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
    const end = await beginImport(context, server, request.dryRun);
    try {
      return await runImport(context, server, request);
    } catch (error) {
      if (error instanceof UnreadableFile) throw new Problem('invalid-request', error.message);
      throw error;
    } finally {
      await end();
    }
  });
}

/** Resolves to what ends it; a trial run marks nothing. */
async function beginImport(
  { imports }: AdminContext,
  { key, slug }: IdentityServer,
  dryRun: boolean,
): Promise<() => Promise<void>> {
  const inUse = () => new Problem('in-use', `Another import into "${slug}" is running; try again when it has ended.`);
  if (dryRun) {
    if (await imports.isRunning(key)) throw inUse();
    return async () => {};
  }
  const end = await imports.begin(key);
  if (end === undefined) throw inUse();
  return end;
}
