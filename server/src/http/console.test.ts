import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, runServer } from './running-server.fixture.ts';
import { send } from './send.fixture.ts';

const PAGE = '<!doctype html><title>Rollcall</title><script type="module" src="/assets/index-a1b2c3d4.js"></script>';
const SCRIPT = `document.title = '${'Rollcall '.repeat(200)}';`;
const SECRET = 'not for anybody';

let directory: string;
let server: RunningServer;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rollcall-console-'));
  const files = join(directory, 'dist');
  await mkdir(join(files, 'assets', '.cache'), { recursive: true });
  await writeFile(join(directory, 'secret.txt'), SECRET);
  await writeFile(join(files, '.env'), SECRET);
  await writeFile(join(files, 'assets', '.cache', 'x.js'), SECRET);
  await writeFile(join(files, 'index.html'), PAGE);
  await writeFile(join(files, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(files, 'assets', 'index-a1b2c3d4.js'), SCRIPT);
  await writeFile(join(files, 'assets', 'index-a1b2c3d4.js.br'), brotliCompressSync(SCRIPT));
  await writeFile(join(files, 'assets', 'index-a1b2c3d4.js.gz'), gzipSync(SCRIPT));
  await writeFile(join(files, 'assets', 'plain-a1b2c3d4.css'), 'body{}');
  server = await runServer({ consoleFiles: files, publicUrl: 'https://rollcall.example.com' });
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(server.origin + path, { method, headers, redirect: 'manual' });

describe('the console', () => {
  it.each(['/', '/applications/crm', '/identity-servers/entra/tokens?x=1', '/setup'])(
    'has its page at %s, never kept without asking again',
    async (path) => {
      const answer = await get(path, HTML);
      expect([answer.status, await answer.text()]).toEqual([200, PAGE]);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    },
  );

  it('has its page at / whatever is accepted, and answers HEAD', async () => {
    expect(await (await get('/')).text()).toBe(PAGE);
    const head = await get('/applications', HTML, 'HEAD');
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(PAGE.length)]);
  });

  it('says that an unchanged page is the same', async () => {
    const { headers } = await send(server.origin, '/', { headers: HTML });
    const again = { ...HTML, 'if-none-match': String(headers.etag) };
    expect((await send(server.origin, '/', { headers: again })).status).toBe(304);
  });

  it.each(['/', '/assets/index-a1b2c3d4.js', '/favicon.svg'])('lets no other script or site into %s', async (path) => {
    const { headers } = await get(path, HTML);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  it('lets files whose name carries a hash be kept for a year', async () => {
    const script = await get('/assets/index-a1b2c3d4.js');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(script.headers.get('content-type')).toMatch(/^(text|application)\/javascript/);
    expect((await get('/favicon.svg')).headers.get('cache-control')).toBe('public, max-age=3600');
  });

  it.each([
    ['br', 'br'],
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
  ])('sends what was compressed before to who accepts %s', async (accepted, sent) => {
    const answer = await get('/assets/index-a1b2c3d4.js', { 'accept-encoding': accepted });
    expect([answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual([sent, 'accept-encoding']);
    expect(await answer.text()).toBe(SCRIPT);
  });

  it('sends plain what nobody has compressed', async () => {
    const answer = await get('/assets/plain-a1b2c3d4.css', { 'accept-encoding': 'br' });
    expect([answer.headers.get('content-encoding'), await answer.text()]).toEqual([null, 'body{}']);
  });

  it.each([
    '/assets/gone-00000000.js',
    '/assets/',
    '/assets/.cache/x.js',
    '/.env',
    '/.well-known/change-password',
    '/scim',
    '/scim/nobody/v2/Users',
    '/healthz/more',
  ])('answers %s with a SCIM error, as before', async (path) => {
    const answer = await get(path, HTML);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/scim+json']);
  });

  it('answers what wants no page, or is no GET, with a SCIM error, as before', async () => {
    expect((await get('/applications')).status).toBe(404);
    expect((await get('/applications', { accept: 'application/json' })).status).toBe(404);
    expect((await get('/applications', HTML, 'POST')).status).toBe(404);
    expect((await get('/', HTML, 'DELETE')).headers.get('content-type')).toBe('application/scim+json');
  });

  it('leaves what is the API to the API', async () => {
    for (const path of ['/api', '/api/nothing']) {
      const answer = await get(path, HTML);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it.each([
    '/assets/../.env',
    '/assets/../../secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/....//....//secret.txt',
    '//assets//.cache/x.js',
    '/assets/%2ecache/x.js',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2eenv',
    '/assets/index-a1b2c3d4.js%00.txt',
    '/assets/%',
    `/assets/${'a'.repeat(300)}`,
  ])('shows nothing but the console at %s', async (path) => {
    const { status, text } = await send(server.origin, path, { headers: HTML });
    expect([400, 404]).toContain(status);
    expect(text).not.toContain(SECRET);
  });
});

describe('a console that is not built', () => {
  it('says at / how to build it, and changes nothing else', async () => {
    const plain = await runServer();
    try {
      const answer = await fetch(plain.origin, { headers: HTML });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(await answer.text()).toContain('npm run build');
      expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(answer.headers.get('strict-transport-security')).toBeNull();
      const other = await fetch(`${plain.origin}/applications`, { headers: HTML });
      expect([other.status, other.headers.get('content-type')]).toEqual([404, 'application/scim+json']);
    } finally {
      await plain.stop();
    }
  });
});
