import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestRollcall, type TestRollcall } from '../../server/src/admin/rollcall.fixture.ts';
import { addToken } from '../demo/targets.ts';
import type { Admin } from '../harness/admin.ts';
import { send } from '../harness/send.ts';
import { type Operation, operationsOf, placeOf } from './operations.ts';

const HTML = 'text/html,application/xhtml+xml,*/*;q=0.8';
const HOSTILE = '<script>alert(1)</script>';

let files: string;
let rollcall: TestRollcall;
let operations: Operation[];
let token: string;
beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), 'rollcall-pages-'));
  await mkdir(join(files, 'assets'));
  writeFileSync(join(files, 'index.html'), '<!doctype html><title>Rollcall</title>');
  writeFileSync(join(files, 'assets', 'index-a1b2c3d4.js'), 'document.title = "Rollcall";');
  rollcall = await openTestRollcall({ consoleFiles: files });
  operations = operationsOf(JSON.parse((await rollcall.send('GET', '/openapi.json')).text));
  await rollcall.send('POST', '/identity-servers', { name: 'hr' });
  const admin: Admin = async (method, path, body) => {
    const { status, text } = await rollcall.send(method, path, body);
    return { status, headers: {}, text, body: JSON.parse(text) };
  };
  token = await addToken(admin, 'hr', 'Entra');
});
afterAll(async () => {
  await rollcall.close();
  rmSync(files, { recursive: true, force: true });
});

interface Seen {
  readonly place: string;
  readonly status: number;
  readonly type: string;
  readonly policy: string;
  readonly nosniff: string | null;
  readonly text: string;
}

async function look(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Seen> {
  const sent = { accept: HTML, ...headers, ...(body === undefined ? {} : { 'content-type': 'text/html' }) };
  const content = body === undefined ? {} : { body };
  const answer = await fetch(rollcall.url + path, { method, headers: sent, redirect: 'manual', ...content });
  const type = answer.headers.get('content-type') ?? '';
  // A stream of events does not end.
  const text = type.startsWith('text/event-stream') ? '' : await answer.text();
  if (type.startsWith('text/event-stream')) await answer.body?.cancel();
  return {
    place: `${method} ${path}`,
    status: answer.status,
    type,
    policy: answer.headers.get('content-security-policy') ?? '',
    nosniff: answer.headers.get('x-content-type-options'),
    text,
  };
}

const isHtml = ({ type }: Seen): boolean => /html|xml/i.test(type);

describe('an answer of the admin API', () => {
  it('is never HTML, whoever asks and whatever they accept, but for the pages of its documentation', async () => {
    const holders = [{}, { ...rollcall.person('auditor').headers }, { ...rollcall.person('administrator').headers }];
    const names = { '}': HOSTILE };
    const seen: Seen[] = [];
    for (const operation of operations) {
      for (const headers of holders) {
        const body = operation.takesBody ? HOSTILE : undefined;
        seen.push(await look(operation.method, `/api${placeOf(operation, names)}`, headers, body));
      }
    }
    for (const path of ['/api', '/api/', `/api/${encodeURIComponent(HOSTILE)}`, '/api/%', '/api//x', '/API/x']) {
      for (const headers of holders) seen.push(await look('GET', path, headers));
    }
    const wrong = seen.filter((one) => one.nosniff !== 'nosniff' || (isHtml(one) && !one.place.includes('/api/docs')));
    expect(wrong.map(({ place, status, type, nosniff }) => [place, status, type, nosniff])).toEqual([]);
    expect(seen.filter(({ status }) => status >= 500).map(({ place }) => place)).toEqual([]);
    // What is no path of this API at all is refused before, as over SCIM; a stream shows nothing in a frame.
    const others = /^(application\/scim\+json|text\/event-stream)/;
    const framed = seen.filter(({ policy, type }) => !others.test(type) && !policy.includes("frame-ancestors 'none'"));
    expect(framed.map(({ place }) => place)).toEqual([]);
  });
});

describe('an answer that is HTML', () => {
  it('lets no inline script in, no other site and no frame', async () => {
    const auditor = rollcall.person('auditor').headers;
    const groups = [...(await look('GET', '/api/docs', auditor)).text.matchAll(/href="(\/api\/docs\/[^"#]+)/g)];
    const paths = ['/', '/sign-in', '/setup', '/reset', '/identity-servers/hr/log', '/no/such/page', '/api/docs'];
    const all = [...paths, ...new Set(groups.map(([, path = '']) => path))];
    expect(all.length).toBeGreaterThan(paths.length + 5);
    for (const path of all) {
      const page = await look('GET', path, auditor);
      expect([path, page.status, page.type, page.nosniff]).toEqual([path, 200, 'text/html; charset=utf-8', 'nosniff']);
      const policy = new Map(
        page.policy.split('; ').map((directive) => {
          const [name = '', ...sources] = directive.split(' ');
          return [name, sources.join(' ')];
        }),
      );
      expect([path, policy.get('default-src'), policy.get('script-src')]).toEqual([path, "'none'", "'self'"]);
      expect([policy.get('frame-ancestors'), policy.get('base-uri'), policy.get('form-action')]).toEqual([
        "'none'",
        "'none'",
        "'self'",
      ]);
      for (const name of ['script-src-elem', 'script-src-attr', 'object-src', 'worker-src', 'frame-src']) {
        expect([path, policy.get(name) ?? "'none'"]).toEqual([path, "'none'"]);
      }
    }
  });
});

describe('an answer over SCIM', () => {
  it('is never HTML and never taken for it, whatever a client has written', async () => {
    const authorization = { authorization: `Bearer ${token}` };
    const made = await fetch(`${rollcall.url}/scim/hr/v2/Users`, {
      method: 'POST',
      headers: { ...authorization, 'content-type': 'application/scim+json' },
      body: JSON.stringify({ userName: HOSTILE, displayName: HOSTILE }),
    });
    expect(made.status).toBe(201);
    const base = '/scim/hr/v2';
    const hostile = encodeURIComponent(HOSTILE);
    for (const path of [
      '/Users',
      `/Users?filter=${hostile}`,
      `/Users/${hostile}`,
      `/${hostile}`,
      '/Schemas',
      '/Bulk',
      '/',
    ]) {
      for (const headers of [authorization, {}]) {
        const seen = await look('GET', base + path, headers);
        expect([path, isHtml(seen), seen.type.split(';')[0]]).toEqual([path, false, 'application/scim+json']);
      }
    }
    expect(isHtml(await look('GET', `/scim/${hostile}/v2/Users`))).toBe(false);
  });
});

describe('a path', () => {
  it.each([
    '/assets/../../../../../../etc/passwd',
    '/assets/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
    '/assets/..%2f..%2f..%2f..%2fetc%2fpasswd',
    '/assets/..%5c..%5c..%5cetc%5cpasswd',
    '/assets/%252e%252e%252f%252e%252e%252fetc%252fpasswd',
    '/assets//etc/passwd',
    '/assets/%00/../../etc/passwd',
    '/api/docs/..%2f..%2f..%2fetc%2fpasswd',
    '/../data/rollcall.db',
    '/data/rollcall.db',
    '/data/keys',
  ])('leads to no file but the console: %s', async (path) => {
    const auditor = rollcall.person('auditor').headers;
    const { status, text } = await send({ origin: rollcall.url }, { method: 'GET', path, headers: { ...auditor } });
    expect([400, 404]).toContain(status);
    expect(text).not.toMatch(/root:|SQLite/);
  });
});
