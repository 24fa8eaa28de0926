import { existsSync } from 'node:fs';
import type { AdminConnection, Place } from './admin-client.ts';
import { CommandFailed } from './command-failed.ts';
import { readConfig } from './read-config.ts';

/** Opens the data directory and answers requests with the admin API's own handlers. Errors: CommandFailed. */
export async function openInProcess(place: Place): Promise<AdminConnection> {
  // Loaded late: with a server running, a command needs nothing of it.
  const { databaseFile, DirectoryInUse, openRollcall } = await import('@rollcall/server');
  const config = readConfig({ data: place.data }, place.environment);
  if (!place.create && config.databaseUrl === undefined && !existsSync(databaseFile(place.data))) {
    throw new CommandFailed(
      `There is no Rollcall in ${place.data}.`,
      'Start one with rollcall serve, or name its directory with --data.',
    );
  }
  const rollcall = await openRollcall({ ...config, logLevel: 'error' }).catch((error: unknown) => {
    if (!(error instanceof DirectoryInUse)) throw error;
    throw new CommandFailed(
      `Another process uses ${place.data}, and no server answers there.`,
      'Another command does, or a server that is starting or stopping: try again in a moment.',
    );
  });
  return {
    isServed: false,
    async send({ method, path, body }) {
      const answer = await rollcall.admin.inject({
        method,
        url: path,
        payloadAsStream: true,
        ...(body === undefined
          ? {}
          : { payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      return { status: answer.statusCode, body: answer.stream() };
    },
    close: () => rollcall.close(),
  };
}
