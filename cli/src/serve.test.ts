import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { changeSchema, identityServerSchema, issuedTokenSchema, logEntrySchema } from '@rollcall/server/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const EXECUTABLE = fileURLToPath(new URL('../bin/rollcall.js', import.meta.url));
const ENVIRONMENT = { ...process.env, ROLLCALL_LOG_LEVEL: 'warn', ROLLCALL_DATA: '' };

interface Served {
  readonly child: ChildProcess;
  readonly url: string;
  output(): string;
}

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'serve-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function serve(data: string, ...flags: string[]): Promise<Served> {
  const args = [EXECUTABLE, 'serve', '--data', data, '--listen', '127.0.0.1:0', ...flags];
  const child = spawn(process.execPath, args, { cwd: directory, env: ENVIRONMENT });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  child.stderr.on('data', (chunk) => {
    printed += chunk;
  });
  await expect.poll(() => printed, { timeout: 20_000 }).toMatch(/metrics/);
  const url = /serves (http:\S+),/.exec(printed)?.[1] ?? '';
  return { child, url, output: () => printed };
}

function rollcall(data: string, ...argv: string[]): Promise<{ status: number; out: string; error: string }> {
  return new Promise((resolve) => {
    const options = { cwd: directory, env: { ...ENVIRONMENT, ROLLCALL_DATA: data } };
    execFile(process.execPath, [EXECUTABLE, ...argv], options, (error, out, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, out, error: stderr });
    });
  });
}

async function stop(served: Served, signal: 'SIGTERM' | 'SIGINT'): Promise<unknown> {
  served.child.kill(signal);
  const [code] = await once(served.child, 'exit');
  return code;
}

// Many processes start here; where others do as well, each takes its time.
describe('rollcall serve', { timeout: 120_000 }, () => {
  it('serves what the commands set up while it runs, and stops cleanly', async () => {
    const data = join(directory, 'data');
    const served = await serve(data);
    expect(served.output()).toContain(`npx rollcall identity-server add --name "Entra" --data ${data}`);
    expect((await stat(join(data, 'rollcall.sock'))).mode & 0o777).toBe(0o600);
    expect((await stat(data)).mode & 0o777).toBe(0o700);

    const added = await rollcall(data, 'identity-server', 'add', '--name', 'Entra', '--json');
    const { scimUrl } = identityServerSchema.parse(JSON.parse(added.out));
    expect(scimUrl).toBe(`${served.url}/scim/entra/v2`);
    const issued = await rollcall(data, 'token', 'add', '--identity-server', 'entra', '--name', 'Entra 2026', '--json');
    const { token } = issuedTokenSchema.parse(JSON.parse(issued.out));
    const created = await fetch(`${scimUrl}/Users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ann' }),
    });
    expect(created.status).toBe(201);
    expect((await fetch(`${scimUrl}/Users`, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);

    const at = ['--identity-server', 'entra'];
    expect((await rollcall(data, 'user', 'list', ...at)).out).toMatch(/ann +true\n1 of 1\n$/);
    expect(JSON.parse((await rollcall(data, 'user', 'show', 'ann', ...at, '--json')).out)).toMatchObject({
      userName: 'ann',
    });
    const changes = await rollcall(data, 'changes', ...at, '--json');
    expect(changeSchema.parse(JSON.parse(changes.out))).toMatchObject({ kind: 'created', label: 'ann' });
    await expect
      .poll(async () => (await rollcall(data, 'log', 'list', ...at, '--json')).out.split('\n').length)
      .toBe(3);
    const refused = await rollcall(data, 'log', 'list', ...at, '--status', '4xx', '--since', '1h', '--json');
    expect(logEntrySchema.parse(JSON.parse(refused.out))).toMatchObject({ status: 401, reason: 'malformed token' });
    expect(refused.out).not.toContain(token);
    const listed = await rollcall(data, 'log', 'list', ...at);
    expect(listed.out).toMatch(/^2 +\S+ +401 .* malformed token\n1 +\S+ +201 .*\n$/m);
    const shown = await rollcall(data, 'log', 'show', ...at, '1');
    expect(shown.out).toMatch(/POST \/scim\/entra\/v2\/Users\n(.*\n)*authorization: \(removed\)\n/);
    expect(shown.out).toMatch(/\n201\n(.*\n)*\{\n {2}"id": /);
    const curl = await rollcall(data, 'log', 'show', ...at, '1', '--curl');
    expect(curl.out).toMatch(/^curl 'http.*\/scim\/entra\/v2\/Users' .*\n +--header "Authorization: Bearer \$TOKEN"/);
    await rollcall(data, 'log', 'list', ...at, '--export', 'requests.jsonl');
    expect((await rollcall(data, 'log', 'list', ...at, '--export', 'requests.jsonl')).error).toContain(
      'exists already',
    );
    expect((await readFile(join(directory, 'requests.jsonl'), 'utf8')).trimEnd().split('\n')).toHaveLength(2);

    expect((await rollcall(data, 'backup', 'running.db')).status).toBe(0);
    expect(await rollcall(data, 'restore', 'running.db')).toMatchObject({ status: 1 });
    expect(await rollcall(data, 'serve')).toMatchObject({
      status: 1,
      error: expect.stringContaining('Stop the other server'),
    });

    expect(await stop(served, 'SIGTERM')).toBe(0);
    expect(await readdir(data)).not.toContain('rollcall.sock');
    expect((await rollcall(data, 'token', 'list')).out).toMatch(/Entra 2026 +active .*127\.0\.0\.1\n$/);
    const again = await serve(data);
    expect(again.output()).toContain(`entra      ${again.url}/scim/entra/v2`);
    expect(await stop(again, 'SIGINT')).toBe(0);
  });

  it('follows changes until the server stops', async () => {
    const data = join(directory, 'follow');
    const served = await serve(data);
    await rollcall(data, 'identity-server', 'add', '--name', 'Open', '--security', 'none');
    const args = [EXECUTABLE, 'changes', '--identity-server', 'open', '--follow', '--data', data];
    const follower = spawn(process.execPath, args, { env: ENVIRONMENT });
    let printed = '';
    follower.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    for (const userName of ['ann', 'bob']) {
      await fetch(`${served.url}/scim/open/v2/Users`, {
        method: 'POST',
        headers: { 'content-type': 'application/scim+json' },
        body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName }),
      });
    }
    await expect.poll(() => printed, { timeout: 20_000 }).toMatch(/created {2}User ann .*\n.*created {2}User bob /);
    const ended = once(follower, 'exit');
    expect(await stop(served, 'SIGTERM')).toBe(0);
    expect((await ended)[0]).toBe(1);
  });

  it('puts its socket elsewhere when the path of the data directory is too long', async () => {
    const data = join(directory, 'a'.repeat(120), 'data');
    await mkdir(data, { recursive: true });
    const served = await serve(data);
    const path = await readFile(join(data, 'socket'), 'utf8');
    expect(path.length).toBeLessThan(100);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const added = await rollcall(data, 'identity-server', 'add', '--name', 'Far', '--json');
    expect(identityServerSchema.parse(JSON.parse(added.out)).scimUrl).toBe(`${served.url}/scim/far/v2`);
    expect(await stop(served, 'SIGTERM')).toBe(0);
    await expect(stat(path)).rejects.toThrow('ENOENT');
    expect(await readdir(data)).not.toContain('socket');
  });

  it('takes over from one that was killed, its socket left behind', async () => {
    const data = join(directory, 'killed');
    const served = await serve(data);
    served.child.kill('SIGKILL');
    await once(served.child, 'exit');
    expect(await readdir(data)).toContain('rollcall.sock');
    expect((await rollcall(data, 'identity-server', 'add', '--name', 'Entra')).status).toBe(0);
    const again = await serve(data);
    expect((await rollcall(data, 'identity-server', 'show', 'entra')).out).toContain(again.url);
    expect(await stop(again, 'SIGTERM')).toBe(0);
  });

  it('ends when it cannot start, and says what to do', async () => {
    const data = join(directory, 'unusable');
    await mkdir(data);
    await writeFile(join(data, 'keys'), 'not keys', { mode: 0o600 });
    expect(await rollcall(data, 'serve')).toMatchObject({
      status: 1,
      error: expect.stringContaining('Put back the right file from your backup.'),
    });
  });

  it('warns when other machines reach it unencrypted, and says when an address is taken', async () => {
    const served = await serve(join(directory, 'open'), '--listen', '0.0.0.0:0');
    expect(served.output()).toMatch(/^Warning: 0\.0\.0\.0:0 can be reached from other machines/);
    const port = /:(\d+),/.exec(served.output())?.[1];
    const taken = await rollcall(join(directory, 'taken'), 'serve', '--listen', `127.0.0.1:${port}`);
    expect(taken).toMatchObject({
      status: 1,
      error: expect.stringMatching(/It cannot listen: .*\nChoose another address/),
    });
    expect(await stop(served, 'SIGTERM')).toBe(0);
  });
});
