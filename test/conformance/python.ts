import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute } from './execute.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const environment = join(root, '.venv');
const installed = join(environment, 'requirements.installed.txt');
const python = join(environment, 'bin/python');

/** What pip says when it cannot reach its index, as against a version that is not there. */
const UNREACHABLE = /from versions: none|Connection|timed out|Temporary failure|ProxyError|SSLError|Network is unreach/;

/** A virtual environment with what requirements.txt names; undefined where PyPI cannot be reached. */
export async function preparePython(): Promise<string | undefined> {
  const wanted = await readFile(requirements, 'utf8');
  if (existsSync(installed) && (await readFile(installed, 'utf8')) === wanted) return python;
  await rm(environment, { recursive: true, force: true });
  await mkdir(environment, { recursive: true });
  const made = await execute('python3', ['-m', 'venv', environment]);
  if (made.code !== 0) throw new Error(`python3 -m venv failed; install Python 3.11 or newer. ${made.output}`);
  const got = await execute(python, ['-m', 'pip', 'install', '--quiet', '--requirement', requirements], {
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
  });
  if (got.code !== 0) {
    if (UNREACHABLE.test(got.output)) return undefined;
    throw new Error(`pip install failed. ${got.output}`);
  }
  await writeFile(installed, wanted);
  return python;
}
