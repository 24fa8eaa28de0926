import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = '@boxyhq/saml-jackson';
const VERSION = '26.2.0';

/**
 * The directory in which Jackson is installed. It is none of the dependencies of this repository: it brings 430
 * packages, and is only there to be measured. The temporary directory keeps it for the next run.
 */
export async function installJackson(): Promise<string> {
  const directory = join(tmpdir(), `rollcall-bench-jackson-${VERSION}`);
  if (existsSync(directory)) return directory;
  process.stderr.write(`Installing ${PACKAGE} ${VERSION} in ${directory}; this takes minutes ...\n`);
  const half = await mkdtemp(`${directory}-`);
  await writeFile(join(half, 'package.json'), JSON.stringify({ private: true }));
  const flags = ['--save-exact', '--no-audit', '--no-fund', '--ignore-scripts'];
  const npm = spawn('npm', ['install', ...flags, `${PACKAGE}@${VERSION}`], {
    cwd: half,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(npm, 'exit');
  if (code !== 0) {
    await rm(half, { recursive: true, force: true });
    throw new Error(`npm could not install ${PACKAGE} ${VERSION}; it ended with ${code}`);
  }
  await rename(half, directory);
  return directory;
}
