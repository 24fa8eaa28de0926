import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from './expect-error.fixture.ts';
import { BULK, GROUP, type RunningServer, runServer, SEARCH, type TestClient, USER } from './running-server.fixture.ts';
import { type Answer, send } from './send.fixture.ts';
import { listAt, textAt, valueAt } from './value-at.fixture.ts';

let server: RunningServer;
let scim: TestClient;
let user: string;
beforeAll(async () => {
  server = await runServer();
  scim = await server.identityServer();
  user = `/Users/${await scim.user()}`;
});
afterAll(() => server.stop());

describe('every answer', () => {
  it('has the bare media type, Cache-Control: no-store and a request id of its own (RFC 7644 §8.1)', async () => {
    const answers: Answer[] = [
      await scim.send('GET', user),
      await scim.send('GET', '/Users'),
      await scim.send('POST', '/Users', { schemas: [USER], userName: 'common' }),
      await scim.send('PUT', user, { schemas: [USER], userName: 'common-2' }),
      await scim.patch(user, { op: 'replace', path: 'title', value: 'T' }),
      await scim.send('POST', '/.search', { schemas: [SEARCH] }),
      await scim.send('POST', '/Bulk', { schemas: [BULK], Operations: [] }),
      await scim.send('GET', '/ServiceProviderConfig'),
      await scim.send('GET', '/ResourceTypes'),
      await scim.send('GET', '/Users/none'),
      await scim.as(undefined).send('GET', user),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 201, 200, 200, 200, 200, 200, 200, 404, 401]);
    for (const { headers, text } of answers) {
      expect(headers['content-type']).toBe('application/scim+json');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['content-length']).toBe(String(Buffer.byteLength(text)));
    }
    const ids = answers.map(({ headers }) => headers['x-request-id']);
    expect(new Set(ids).size).toBe(answers.length);
    const logged = (await scim.log()).map(({ id }) => id);
    expect(ids.filter((id) => !logged.includes(String(id)))).toEqual([]);
  });

  it('without a body has no media type and no length (RFC 9110 §8.6)', async () => {
    const { status, headers, text } = await scim.send('DELETE', `/Users/${await scim.user()}`);
    expect([status, text, headers['content-type'], headers['content-length']]).toEqual([204, '', undefined, undefined]);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-request-id': expect.any(String) });
  });

  it('ignores the request id that a client makes up', async () => {
    const { headers } = await scim.send('GET', user, undefined, { 'x-request-id': 'mine' });
    expect(headers['x-request-id']).not.toBe('mine');
  });
});

describe('HEAD', () => {
  it.each(['/Users', '/Schemas', '/ServiceProviderConfig', '/Users/none'])(
    'is GET without the body, with its Content-Length: %s (RFC 9110 §9.3.2)',
    async (path) => {
      const got = await scim.send('GET', path);
      const head = await scim.send('HEAD', path);
      expect([head.status, head.text]).toEqual([got.status, '']);
      const compared = ['content-type', 'content-length', 'etag', 'location', 'cache-control'];
      for (const name of compared) expect([name, head.headers[name]]).toEqual([name, got.headers[name]]);
    },
  );

  it('of a resource has its ETag and Location', async () => {
    const { status, headers, text } = await scim.send('HEAD', user);
    expect([status, text, headers.etag]).toEqual([200, '', (await scim.send('GET', user)).headers.etag]);
    expect(headers.location).toBe(`${server.origin}${scim.base}${user}`);
  });
});

describe('a conditional GET', () => {
  it('of an unchanged resource is 304 without a body (RFC 7644 §3.14)', async () => {
    const { headers } = await scim.send('GET', user);
    for (const tag of [headers.etag, `"other", ${headers.etag}`, headers.etag?.replace('W/', ''), '*']) {
      const answer = await scim.send('GET', user, undefined, { 'if-none-match': tag });
      expect([answer.status, answer.text, answer.headers.etag]).toEqual([304, '', headers.etag]);
      expect(answer.headers['content-type']).toBeUndefined();
    }
    expect((await scim.send('HEAD', user, undefined, { 'if-none-match': headers.etag })).status).toBe(304);
  });

  it('of a changed resource is 200 with the new one', async () => {
    const { headers } = await scim.send('GET', user);
    await scim.patch(user, { op: 'replace', path: 'nickName', value: 'Changed' });
    const answer = await scim.send('GET', user, undefined, { 'if-none-match': headers.etag });
    expect([answer.status, valueAt(answer.body, 'nickName')]).toEqual([200, 'Changed']);
  });
});

describe('the URL', () => {
  it('may be given whole, whatever host it names (RFC 9112 §3.2.2)', async () => {
    const path = `http://other.example${scim.base}${user}`;
    const answer = await send(server.origin, path, { headers: { authorization: `Bearer ${scim.token}` } });
    expect([answer.status, textAt(answer.body, 'meta', 'location')]).toEqual([200, server.origin + scim.base + user]);
  });

  it('may be percent-encoded where it need not be', async () => {
    const urn = encodeURIComponent(USER);
    expect(valueAt((await scim.send('GET', `/Schemas/${urn}`)).body, 'id')).toBe(USER);
    expect((await scim.send('GET', user.replace('Users', '%55sers'))).status).toBe(200);
  });

  it('leads to the default identity server when it names none', async () => {
    const other = await runServer();
    try {
      const scimOfIt = await other.identityServer({ name: 'Main', default: true });
      const headers = { authorization: `Bearer ${scimOfIt.token}` };
      const created = await send(other.origin, '/scim/v2/Users', {
        method: 'POST',
        headers,
        body: JSON.stringify({ schemas: [USER], userName: 'by-default' }),
      });
      expect(created.headers.location).toBe(`${other.origin}/scim/v2/Users/${textAt(created.body, 'id')}`);
      expect(listAt((await scimOfIt.send('GET', '/Users')).body, 'Resources')).toHaveLength(1);
    } finally {
      await other.stop();
    }
  });

  it('without a name is 404 when no identity server is the default one', async () => {
    expect(expectError(await send(server.origin, '/scim/v2/Users'), 404)).toContain('default');
  });
});

describe('the header Rollcall-Members-Skipped', () => {
  it('counts and names the members that were no resource', async () => {
    const members = [{ value: await scim.user() }, { value: 'gone 1' }, { value: 'gone,2' }];
    const answer = await scim.send('POST', '/Groups', { schemas: [GROUP], displayName: 'Skipping', members });
    expect([answer.status, answer.headers['rollcall-members-skipped']]).toEqual([201, '2; gone%201 gone%2C2']);
    expect(listAt(answer.body, 'members')).toHaveLength(1);
  });

  it('survives ids that cannot stand in a header, and names at most twenty', async () => {
    const group = `/Groups/${await scim.group('Odd ids')}`;
    const odd = ['\u0001', `${'x'.repeat(99)}\u{1f600}`, '\r\nset-cookie: a=b'];
    const value = [...odd, ...Array.from({ length: 30 }, (_, n) => `none-${n}`)].map((id) => ({ value: id }));
    const answer = await scim.patch(group, { op: 'add', path: 'members', value });
    expect(answer.status).toBe(200);
    const [count, ids = ''] = String(answer.headers['rollcall-members-skipped']).split('; ');
    expect([count, ids.split(' ').length]).toEqual(['33', 20]);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });
});
