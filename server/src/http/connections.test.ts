import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { configSchema } from '../config.ts';
import { openRollcall } from '../rollcall.ts';
import { databaseOf, dropDatabaseOf } from '../store/test-store.fixture.ts';
import { selfSigned } from './certificate.fixture.ts';
import { type Connection, connect } from './connect.fixture.ts';
import { type RunningServer, runServer, type TestClient, USER } from './running-server.fixture.ts';
import { send } from './send.fixture.ts';
import { textAt } from './value-at.fixture.ts';

const SHUTDOWN_TIMEOUT = 600;
/** Longer than a test may take: nothing was waited for. */
const PATIENT = { shutdownTimeout: 60_000 };

/** Makes the server say that it has read the head of a request. */
const EXPECT = 'Expect: 100-continue';

const connections: Connection[] = [];
afterAll(() => {
  for (const { socket } of connections) socket.destroy();
});

async function open(server: RunningServer): Promise<Connection> {
  const connection = await connect(server.origin);
  connections.push(connection);
  return connection;
}

async function milliseconds(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

const head = (scim: TestClient, method: string, path: string, ...headers: string[]): string =>
  [
    `${method} ${scim.base}${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${scim.token}`,
    ...headers,
    '',
    '',
  ].join('\r\n');

/** More than the buffers between two processes hold. */
async function bigUsers(scim: TestClient): Promise<void> {
  await Promise.all(Array.from({ length: 100 }, () => scim.user({ title: 'x'.repeat(90_000) })));
}

describe('when the server stops', () => {
  it('connections on which nothing happens do not delay it', async () => {
    const server = await runServer(PATIENT);
    const scim = await server.identityServer();
    const idle = await open(server);
    idle.write(head(scim, 'GET', '/Users'));
    await idle.until('"totalResults"');
    await open(server);
    const broken = await open(server);
    broken.write('NONSENSE\r\n\r\n');
    await broken.until('400');
    await server.stop();
    expect((await idle.ended).match(/HTTP\/1\.1 200/g)).toHaveLength(1);
  });

  it('a request under way is answered and stored, and its connection ends', async () => {
    const data = mkdtempSync(join(tmpdir(), 'rollcall-stop-'));
    const config = configSchema.parse({ data, ...(await databaseOf(data)), listen: '127.0.0.1:0', logLevel: 'silent' });
    const server = await runServer({ data });
    const scim = await server.identityServer();
    const body = JSON.stringify({ schemas: [USER], userName: 'last-minute' });
    const connection = await open(server);
    connection.write(head(scim, 'POST', '/Users', `Content-Length: ${body.length}`, EXPECT) + body.slice(0, 10));
    await connection.until('100 Continue');
    const stopped = server.rollcall.close();
    await pause(50);
    connection.write(body.slice(10));
    const answer = await connection.ended;
    expect(answer).toContain('HTTP/1.1 201 Created');
    expect(answer.toLowerCase()).toContain('"username":"last-minute"');
    await stopped;

    const again = await openRollcall(config);
    const url = `/api/identity-servers/${scim.slug}/resources/Users`;
    const found = await again.admin.inject({ method: 'GET', url });
    await again.close();
    await dropDatabaseOf(data);
    rmSync(data, { recursive: true, force: true });
    expect(found.payload).toContain('last-minute');
  });

  it('new connections are refused, and new requests on old ones are 503 with a SCIM error', async () => {
    const server = await runServer();
    const scim = await server.identityServer();
    await bigUsers(scim);
    const slow = await open(server);
    slow.write(head(scim, 'GET', '/Users'));
    await slow.until('HTTP/1.1 200');
    slow.socket.pause();
    const stopped = server.stop();
    await pause(50);
    await expect(send(server.origin, '/healthz')).rejects.toThrow('ECONNREFUSED');
    slow.write(head(scim, 'GET', '/Groups'));
    slow.socket.resume();
    const [begun, refused] = (await slow.ended).split(/(?=HTTP\/1\.1 )/);
    await stopped;
    expect(begun).toMatch(/^HTTP\/1\.1 200 [\s\S]+\]\}\r\n0\r\n\r\n$/);
    expect(refused).toMatch(/^HTTP\/1\.1 503 [\s\S]+\r\nretry-after: 5\r\n/);
    expect(refused).toContain('"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"503"');
  });

  it('a client that hangs is cut off after shutdownTimeout: half a request, an answer that nobody reads', async () => {
    const server = await runServer({ shutdownTimeout: SHUTDOWN_TIMEOUT });
    const scim = await server.identityServer();
    await bigUsers(scim);
    const half = await open(server);
    half.write(`${head(scim, 'POST', '/Users', 'Content-Length: 100', EXPECT)}{`);
    await half.until('100 Continue');
    const deaf = await open(server);
    deaf.write(head(scim, 'GET', '/Users'));
    await deaf.until('HTTP/1.1 200');
    deaf.socket.pause();
    expect(await milliseconds(server.stop)).toBeGreaterThan(SHUTDOWN_TIMEOUT - 50);
  });

  it('a TLS handshake that never ends is cut off too', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'rollcall-stop-'));
    const { cert, key } = selfSigned('stop');
    const [tlsCert, tlsKey] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
    writeFileSync(tlsCert, cert);
    writeFileSync(tlsKey, key);
    const server = await runServer({ tlsCert, tlsKey, shutdownTimeout: SHUTDOWN_TIMEOUT });
    await open(server);
    const begun = await open(server);
    begun.write('\u0016\u0003\u0001\u0002\u0000\u0001');
    await pause(50);
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
    expect(await begun.ended).toBe('');
  });

  it('those who wait for changes are answered at once', async () => {
    const server = await runServer(PATIENT);
    const scim = await server.identityServer();
    const token = textAt(await server.admin('POST', '/api-tokens', { name: 'reader' }), 'token');
    const headers = { authorization: `Bearer ${token}` };
    const waiting = send(server.origin, `/api/identity-servers/${scim.slug}/changes?after=0&wait=60`, { headers });
    await pause(300);
    await server.stop();
    expect((await waiting).body).toEqual({ changes: [], next: 0 });
  });
});
