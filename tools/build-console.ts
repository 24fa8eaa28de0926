// Runs before `npm start`: builds the console when it is missing or older than what it is made of.
import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';

const modified = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const SOURCES = ['package-lock.json', 'console/index.html', 'console/*.ts', 'server/src/contract/*.ts'];
const built = modified('console/dist/index.html');
const sources = globSync([...SOURCES, 'console/src/**/*', 'console/public/*']);

if (sources.some((path) => modified(path) > built)) {
  console.error('Building the console ...');
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', 'console', '--logLevel=warn'],
    {
      stdio: ['ignore', 2, 2],
    },
  );
  if (status !== 0) {
    console.error('The console could not be built; its message is above. Rollcall serves without it.');
  }
}
