// Runs before every npm script, on whatever Node the machine has: installs what the lock file names
// and is not there yet, so that a fresh clone needs one command.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const installed = 'node_modules/.package-lock.json';

if (modified(installed) < modified('package-lock.json') && !matches()) {
  console.error('Installing packages (npm ci) ...');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('npm ci failed; its own message is above.');
    process.exit(status ?? 1);
  }
}

// A checkout can give the lock file a newer date than an install of the very same versions.
function matches() {
  try {
    const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
    const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
    );
  } catch {
    return false;
  }
}
