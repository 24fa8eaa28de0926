import { createPipeline, type Pipeline } from '../pipeline.ts';
import { type PostgresConnection, runCommand } from './connection.ts';

/** Runs `body` as a part of the connection's transaction, which goes on without it when it throws. One at a time. */
export async function inSavepoint<T>(
  connection: PostgresConnection,
  body: (pipeline: Pipeline) => Promise<T>,
): Promise<T> {
  const begun = runCommand(connection, 'SAVEPOINT part');
  begun.catch(() => undefined);
  const pipeline = createPipeline();
  try {
    const value = await body(pipeline);
    await pipeline.answered();
    await begun;
    await runCommand(connection, 'RELEASE part');
    return value;
  } catch (error) {
    await runCommand(connection, 'ROLLBACK TO part');
    await runCommand(connection, 'RELEASE part');
    throw error;
  }
}
