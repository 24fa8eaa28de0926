// Makes the packages that are published: JavaScript and types instead of TypeScript, because Node.js does not strip
// types inside node_modules. In the workspaces `exports` names the source; the staged copies name what was emitted.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const workspaces = ['scim', 'provisioning', 'server', 'cli'];
const output = resolve(process.argv[2] ?? 'dist');

rmSync(output, { recursive: true, force: true });
for (const workspace of workspaces) {
  const stage = join(output, workspace);
  mkdirSync(stage, { recursive: true });
  emit(workspace, join(stage, 'dist'));
  const manifest = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8'));
  manifest.files = manifest.files.filter((name: string) => name !== 'src');
  for (const [name, source] of Object.entries<string>(manifest.exports ?? {})) {
    const emitted = source.replace('./src/', './dist/').replace(/\.ts$/, '');
    manifest.exports[name] = { types: `${emitted}.d.ts`, default: `${emitted}.js` };
  }
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  cpSync('LICENSE', join(stage, 'LICENSE'));
  cpSync('README.md', join(stage, 'README.md'));
  if (manifest.bin !== undefined) {
    mkdirSync(join(stage, 'bin'));
    const bin = readFileSync(join(workspace, 'bin/rollcall.js'), 'utf8').replace('../src/main.ts', '../dist/main.js');
    writeFileSync(join(stage, 'bin/rollcall.js'), bin, { mode: 0o755 });
  }
  execFileSync('npm', ['pack', '--silent', '--pack-destination', output], {
    cwd: stage,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

function emit(workspace: string, directory: string): void {
  const config = join(output, `tsconfig.${workspace}.json`);
  const options = {
    extends: resolve('tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      outDir: directory,
      rootDir: resolve(workspace, 'src'),
      typeRoots: [resolve('node_modules/@types')],
    },
    include: [resolve(workspace, 'src')],
    exclude: ['*.test.ts', '*.fixture.ts', '*-suite.ts'].map((name) => resolve(workspace, 'src/**', name)),
  };
  writeFileSync(config, JSON.stringify(options));
  execFileSync(resolve('node_modules/.bin/tsc'), ['-p', config], { stdio: 'inherit' });
}
