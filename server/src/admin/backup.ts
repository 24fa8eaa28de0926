import { access, chmod, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type BackupView, newBackupSchema } from '../contract/backup.ts';
import type { AdminContext } from './context.ts';
import { Problem } from './problem.ts';

/** `POST /api/backup`: a consistent copy of the database while it is in use. It holds no keys. */
export async function backup(api: FastifyInstance, context: AdminContext): Promise<void> {
  api.post('/backup', { config: { localOnly: true } }, async (request, reply) => {
    const { file } = newBackupSchema.parse(request.body);
    if (context.config.databaseUrl !== undefined) {
      throw new Problem(
        'not-usable',
        `This installation keeps its data in PostgreSQL: back it up with PostgreSQL's tools, such as pg_dump, and keep ${resolve(context.keys.file)} apart from it.`,
      );
    }
    await checkTarget(file);
    await context.store.backup(file);
    await chmod(file, 0o600);
    const { size } = await stat(file);
    const keysFile = resolve(context.keys.file);
    const answer: BackupView = { file, bytes: size, keysIncluded: false, keysFile };
    return reply.code(201).send(answer);
  });
}

async function checkTarget(file: string): Promise<void> {
  const field = { field: 'file' };
  if (!isAbsolute(file)) throw new Problem('invalid-request', 'Give the file with its whole path.', field);
  if (await exists(file)) {
    throw new Problem(
      'already-exists',
      `${file} exists already; a backup never replaces a file. Choose another.`,
      field,
    );
  }
  if (!(await exists(join(dirname(file), '.')))) {
    throw new Problem('invalid-request', `The directory ${dirname(file)} does not exist; make it first.`, field);
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
