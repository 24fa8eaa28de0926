import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'rollcall-packages-'));
const folder = join(directory, 'empty');

beforeAll(() => {
  execFileSync(process.execPath, ['tools/pack.ts', join(directory, 'packages')], { stdio: 'inherit' });
  const packages = readdirSync(join(directory, 'packages')).filter((name) => name.endsWith('.tgz'));
  execFileSync('mkdir', [folder]);
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}');
  const tarballs = packages.map((name) => join(directory, 'packages', name));
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...tarballs], {
    cwd: folder,
    stdio: 'inherit',
  });
}, 180_000);

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the published packages', () => {
  it('run from an empty folder: serve, make an identity server, list it', async () => {
    const rollcall = join(folder, 'node_modules/rollcall/bin/rollcall.js');
    const run = (...words: string[]) =>
      execFileSync(process.execPath, [rollcall, ...words], { cwd: folder, encoding: 'utf8' });
    const server = spawn(process.execPath, [rollcall, 'serve', '--listen', '127.0.0.1:0'], { cwd: folder });
    try {
      await new Promise<void>((ready, fail) => {
        server.stdout.on('data', (text) => String(text).includes('http://') && ready());
        server.once('exit', () => fail(new Error('It did not start')));
      });
      run('identity-server', 'add', '--name', 'Entra');
      const listed = JSON.parse(run('identity-server', 'list', '--json'));
      expect(JSON.stringify(listed)).toContain('"entra"');
    } finally {
      const ended = new Promise((done) => server.once('exit', done));
      server.kill('SIGTERM');
      await ended;
    }
  });

  it('give the protocol alone to a program of one’s own', () => {
    const program = "import { parseFilter } from '@rollcall/scim'; console.log(parseFilter('userName eq \"a\"').kind);";
    writeFileSync(join(folder, 'program.js'), program);
    expect(execFileSync(process.execPath, ['program.js'], { cwd: folder, encoding: 'utf8' }).trim()).toBe('compare');
  });
});
