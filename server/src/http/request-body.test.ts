import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from './expect-error.fixture.ts';
import { PATCH_OP, type RunningServer, runServer, type TestClient, USER } from './running-server.fixture.ts';
import { send } from './send.fixture.ts';
import { textAt, valueAt } from './value-at.fixture.ts';

const MAX_BODY = 4096;
let server: RunningServer;
let scim: TestClient;
beforeAll(async () => {
  server = await runServer({ maxBody: MAX_BODY });
  scim = await server.identityServer();
});
afterAll(() => server.stop());

let made = 0;
/** A user whose JSON is exactly this long. */
const userOf = (length: number): string => {
  const start = JSON.stringify({ schemas: [USER], userName: `length-${++made}`, title: '' }).slice(0, -2);
  return `${start}${'x'.repeat(length - start.length - 2)}"}`;
};
const total = async () => valueAt((await scim.send('GET', '/Users?count=0')).body, 'totalResults');

describe('the length of a body', () => {
  it('may be as long as maxPayloadSize says, and not longer (RFC 7644 §3.7.4)', async () => {
    const config = await scim.send('GET', '/ServiceProviderConfig');
    expect(valueAt(config.body, 'bulk', 'maxPayloadSize')).toBe(MAX_BODY);
    expect((await scim.send('POST', '/Users', userOf(MAX_BODY))).status).toBe(201);
    const before = await total();
    expect(expectError(await scim.send('POST', '/Users', userOf(MAX_BODY + 1)), 413)).toContain('4096');
    expect(await total()).toBe(before);
  });

  it('is counted where nothing announces it: chunked', async () => {
    const headers = { authorization: `Bearer ${scim.token}`, 'transfer-encoding': 'chunked' };
    const chunked = (body: string) =>
      send(server.origin, `${scim.base}/Users`, { method: 'POST', headers, body, chunked: true });
    expect((await chunked(userOf(MAX_BODY))).status).toBe(201);
    expectError(await chunked(userOf(MAX_BODY + 1)), 413);
    expectError(await chunked(userOf(MAX_BODY * 200)), 413);
  });

  it.each(['PUT', 'PATCH'])('is limited for %s too', async (method) => {
    const path = `/Users/${await scim.user()}`;
    expectError(await scim.send(method, path, userOf(MAX_BODY + 1)), 413);
  });

  it('may be nothing for a DELETE, whatever media type comes with it', async () => {
    const path = `/Users/${await scim.user()}`;
    expect((await scim.send('DELETE', path, '', { 'content-type': 'application/json' })).status).toBe(204);
    expectError(await scim.send('DELETE', path, '', { 'content-type': 'text/plain' }), 404);
  });
});

describe('the media type of a body', () => {
  it.each(['application/scim+json', 'application/json', 'Application/SCIM+JSON; charset=UTF-8', undefined])(
    'may be %s (RFC 7644 §3.8)',
    async (type) => {
      const body = { schemas: [USER], userName: `type-${++made}` };
      expect((await scim.send('POST', '/Users', body, { 'content-type': type })).status).toBe(201);
    },
  );

  it.each([
    'text/plain',
    'text/json',
    'application/xml',
    'application/jsonx',
    'application/x-www-form-urlencoded',
    'json',
  ])('may not be %s: 415 before the body is read (RFC 9110 §15.5.16)', async (type) => {
    for (const [method, path] of [
      ['POST', '/Users'],
      ['PUT', '/Users/none'],
      ['PATCH', '/Users/none'],
      ['POST', '/Bulk'],
      ['POST', '/.search'],
    ] as const) {
      const answer = await scim.send(method, path, '{"broken', { 'content-type': type });
      expect(expectError(answer, 415)).toContain('application/scim+json');
    }
  });

  it.each(['gzip', 'br', 'deflate'])('may not be compressed with %s: 415', async (encoding) => {
    const body = gzipSync(userOf(1000));
    expect(expectError(await scim.send('POST', '/Users', body, { 'content-encoding': encoding }), 415)).toContain(
      'Content-Encoding',
    );
  });

  it('may say that it is not compressed', async () => {
    expect((await scim.send('POST', '/Users', userOf(200), { 'content-encoding': 'identity' })).status).toBe(201);
  });
});

describe('the text of a body', () => {
  it.each(['', ' ', '{', '{"userName":', '[1,]', "{'userName': 'a'}", 'userName=a', '{"a":1}{"b":2}', 'NaN', '\u0000'])(
    'is 400 invalidSyntax when it is no JSON: %j (RFC 7644 §3.12)',
    async (body) => {
      for (const [method, path] of [
        ['POST', '/Users'],
        ['PUT', '/Users/none'],
        ['PATCH', '/Users/none'],
        ['POST', '/Bulk'],
        ['POST', '/Users/.search'],
      ] as const) {
        expectError(await scim.send(method, path, body), 400, 'invalidSyntax');
      }
    },
  );

  it.each(['[]', '"text"', '1', 'null', 'true', '[{"userName":"a"}]'])(
    'is 400 invalidSyntax when it is JSON but no object: %s',
    async (body) => {
      expectError(await scim.send('POST', '/Users', body), 400, 'invalidSyntax');
      expectError(await scim.send('POST', '/Bulk', body), 400, 'invalidSyntax');
      expectError(
        await scim.patch(`/Users/${await scim.user()}`).then(() => scim.send('POST', '/.search', body)),
        400,
        'invalidSyntax',
      );
    },
  );

  it.each([
    ['a lone continuation byte', [0x80]],
    ['a cut character', [0xe2, 0x82]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['Latin-1', [0xe9]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
  ])('is 400 invalidSyntax when it is not UTF-8: %s (RFC 8259 §8.1)', async (_, bytes) => {
    const [before = '', after = ''] = JSON.stringify({ schemas: [USER], userName: `utf-${++made}`, title: '|' }).split(
      '|',
    );
    const body = Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
    expect(expectError(await scim.send('POST', '/Users', body), 400, 'invalidSyntax')).toContain('UTF-8');
  });

  it('may begin with a byte order mark (RFC 8259 §8.1)', async () => {
    const body = JSON.stringify({ schemas: [USER], userName: `bom-${++made}`, displayName: 'Zoë' });
    const answer = await scim.send('POST', '/Users', `\ufeff${body}`);
    expect([answer.status, textAt(answer.body, 'displayName')]).toEqual([201, 'Zoë']);
  });

  it('is 400 invalidSyntax when it is nested deeply, wherever that stands', async () => {
    const deep = `${'['.repeat(1000)}${']'.repeat(1000)}`;
    const bodies = [deep, `{"schemas":["${USER}"],"userName":"deep","x":${deep}}`, '{"a":'.repeat(600)];
    for (const body of bodies) {
      for (const path of ['/Users', '/Bulk', '/.search']) {
        expect(expectError(await scim.send('POST', path, body), 400, 'invalidSyntax')).toContain('nested');
      }
    }
    const patch = `{"schemas":["${PATCH_OP}"],"Operations":[{"op":"add","value":${deep}}]}`;
    expectError(await scim.send('PATCH', `/Users/${await scim.user()}`, patch), 400, 'invalidSyntax');
  });

  it('is 400 invalidSyntax when names differ only in case (RFC 7643 §2.1)', async () => {
    const twice = expectError(
      await scim.send('POST', '/Users', `{"schemas":["${USER}"],"userName":"a","USERNAME":"b"}`),
      400,
      'invalidSyntax',
    );
    expect(twice).toContain('USERNAME');
    const nested = `{"schemas":["${USER}"],"userName":"a","name":{"givenName":"A","GivenName":"B"}}`;
    expectError(await scim.send('POST', '/Users', nested), 400, 'invalidSyntax');
    const patch = `{"schemas":["${PATCH_OP}"],"Operations":[],"operations":[]}`;
    expectError(await scim.send('PATCH', `/Users/${await scim.user()}`, patch), 400, 'invalidSyntax');
  });

  it('keeps names that mean something to JavaScript out of every object', async () => {
    const body = `{"schemas":["${USER}"],"userName":"proto-${++made}","__proto__":{"active":false},"constructor":{"prototype":{"x":1}}}`;
    const answer = await scim.send('POST', '/Users', body);
    expect([answer.status, valueAt(answer.body, 'active')]).toEqual([201, true]);
    expect(answer.text).not.toMatch(/__proto__|constructor/);
    expect('x' in {}).toBe(false);
  });

  it('takes numbers of any size without losing its balance', async () => {
    for (const number of ['1e999', '-1e999', '9'.repeat(400), '1e-999', '-0']) {
      const body = `{"schemas":["${USER}"],"userName":"number-${++made}","title":${number}}`;
      expect([number, (await scim.send('POST', '/Users', body)).status]).toEqual([number, 400]);
    }
  });
});
