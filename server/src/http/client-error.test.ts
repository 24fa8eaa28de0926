import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from './connect.fixture.ts';
import { expectError } from './expect-error.fixture.ts';
import { type RunningServer, runServer, type TestClient } from './running-server.fixture.ts';

let server: RunningServer;
let scim: TestClient;
beforeAll(async () => {
  server = await runServer({ requestTimeout: 1000 });
  scim = await server.identityServer();
});
afterAll(() => server.stop());

/** The text of a raw answer must be a SCIM error of this status on a connection that ends; says its `detail`. */
function expectRawError(text: string, status: number): string {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [statusLine, ...lines] = head.split('\r\n');
  expect(statusLine).toMatch(new RegExp(`^HTTP/1\\.1 ${status} \\w`));
  expect(lines).toContain('Content-Type: application/scim+json');
  expect(lines).toContain('Connection: close');
  expect(lines).toContain(`Content-Length: ${body.length}`);
  const error: { schemas?: unknown; status?: unknown; detail?: unknown } = JSON.parse(body);
  expect(error).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    detail: expect.stringMatching(/./),
  });
  return String(error.detail);
}

const sent = async (text: string): Promise<string> => {
  const connection = await connect(server.origin);
  connection.write(text);
  const answer = await connection.ended;
  connection.socket.destroy();
  return answer;
};
const head = (method: string, path: string, ...headers: string[]): string =>
  [
    `${method} ${scim.base}${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${scim.token}`,
    ...headers,
    '',
    '',
  ].join('\r\n');

describe('bytes that are no request', () => {
  it.each([
    ['nonsense', 'NONSENSE\r\n\r\n'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a TLS handshake', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000'],
    ['an HTTP version that is none', 'GET / HTTP/9.9\r\nHost: x\r\n\r\n'],
    ['a header without a colon', 'GET / HTTP/1.1\r\nHost\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}'],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a length that is no number', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n{}'],
  ])('are 400 with a SCIM error: %s (RFC 9112 §3, §6.3)', async (_, text) => {
    expectRawError(await sent(text), 400);
  });

  it('are 431 when URL or headers are too long, with the way out (RFC 6585 §5)', async () => {
    expectRawError(await sent(head('GET', '/Users', `X-Long: ${'x'.repeat(20_000)}`)), 431);
    const detail = expectRawError(await sent(head('GET', `/Users?filter=${'x'.repeat(20_000)}`)), 431);
    expect(detail).toContain('/.search');
  });
});

describe('a request that does not arrive whole in time', () => {
  it('is 408: nothing, half a head, half a body (RFC 9110 §15.5.9)', async () => {
    const answers = await Promise.all([
      sent(''),
      sent(`GET ${scim.base}/Users HTTP/1.1\r\nHost: x\r\n`),
      sent(`${head('POST', '/Users', 'Content-Length: 100')}{"schemas":`),
    ]);
    for (const answer of answers) expectRawError(answer, 408);
  });
});

describe('a client that goes away', () => {
  const logged = async (operation: string) => (await scim.log()).find(({ url }) => url.includes(operation));
  const until = async <T>(read: () => Promise<T | undefined>): Promise<T> => {
    for (;;) {
      const found = await read();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  it('in the middle of its body is logged as such, and is no error of ours', async () => {
    const connection: Connection = await connect(server.origin);
    connection.write(`${head('POST', '/Users?cut=body', 'Content-Length: 100', 'Expect: 100-continue')}{"schemas":`);
    await connection.until('100 Continue');
    connection.socket.resetAndDestroy();
    const entry = await until(() => logged('cut=body'));
    expect(entry).toMatchObject({ status: 400, reason: 'the connection ended before the answer did' });
  });

  it('after its last byte is logged with the answer that it missed', async () => {
    const body = JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'impatient' });
    const connection: Connection = await connect(server.origin);
    connection.write(`${head('POST', '/Users?cut=answer', `Content-Length: ${body.length}`)}${body}`);
    connection.socket.destroySoon();
    const entry = await until(() => logged('cut=answer'));
    expect(entry.status).toBe(201);
    const found = await scim.send('GET', '/Users?filter=userName%20eq%20%22impatient%22');
    expect(found.text).toContain('"totalResults":1');
  });

  it('leaves a server that answers the next', async () => {
    expect((await scim.send('GET', '/Users')).status).toBe(200);
    expectError(await scim.send('GET', '/Users/none'), 404);
  });
});
