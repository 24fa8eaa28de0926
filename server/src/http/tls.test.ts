import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect } from 'node:tls';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { configSchema } from '../config.ts';
import { selfSigned } from './certificate.fixture.ts';
import { type RunningServer, runServer, type TestClient } from './running-server.fixture.ts';
import { send } from './send.fixture.ts';
import { openTls } from './tls.ts';
import { valueAt } from './value-at.fixture.ts';

const directory = mkdtempSync(join(tmpdir(), 'rollcall-tls-'));
const tlsCert = join(directory, 'cert.pem');
const tlsKey = join(directory, 'key.pem');
const first = selfSigned('first');
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What a client learns of a handshake: protocol and name in the certificate, or the code of the error. */
function handshake(
  port: number,
  options: ConnectionOptions = {},
): Promise<{ protocol?: string; name?: string; error?: string }> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options });
    socket.on('secureConnect', () => {
      resolve({ protocol: socket.getProtocol() ?? '', name: String(socket.getPeerCertificate().subject.CN) });
      socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve({ error: error.code ?? '' }));
  });
}

describe('TLS of our own', () => {
  let server: RunningServer;
  let scim: TestClient;
  const port = () => Number(new URL(server.origin).port);

  beforeAll(async () => {
    writeFileSync(tlsCert, first.cert);
    writeFileSync(tlsKey, first.key);
    server = await runServer({ tlsCert, tlsKey });
    scim = await server.identityServer();
  });
  afterAll(() => server.stop());

  it('serves HTTPS, and says so in locations (RFC 7644 §7.2)', async () => {
    expect(server.origin).toMatch(/^https:/);
    const { base, token } = scim;
    const headers = { authorization: `Bearer ${token}` };
    const answer = await send(server.origin, `${base}/Schemas`, { headers, ca: first.cert });
    expect(answer.status).toBe(200);
    expect(valueAt(answer.body, 'Resources', 0, 'meta', 'location')).toMatch(`${server.origin}${base}/Schemas/`);
  });

  it('speaks TLS 1.2 and 1.3', async () => {
    expect(await handshake(port(), { maxVersion: 'TLSv1.2' })).toEqual({ protocol: 'TLSv1.2', name: 'first' });
    expect(await handshake(port())).toEqual({ protocol: 'TLSv1.3', name: 'first' });
  });

  it.each(['TLSv1', 'TLSv1.1'] as const)('refuses %s (RFC 7644 §7.2)', async (version) => {
    // Our own OpenSSL would not even offer it at its usual security level.
    const old = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' };
    expect(await handshake(port(), old)).toEqual({ error: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
  });

  it('does not answer plain HTTP on that port', async () => {
    await expect(send(server.origin.replace('https', 'http'), '/healthz')).rejects.toThrow();
  });
});

describe('the files of a certificate', () => {
  const config = configSchema.parse({ tlsCert, tlsKey });
  const log = pino({ level: 'silent' });
  const failed = vi.spyOn(log, 'error');
  const read = vi.spyOn(log, 'info');
  let server: Server;
  let forget: () => void;
  const shown = async (): Promise<string | undefined> => {
    const address = server.address();
    return (await handshake(typeof address === 'object' ? (address?.port ?? 0) : 0)).name;
  };

  beforeAll(async () => {
    writeFileSync(tlsCert, first.cert);
    writeFileSync(tlsKey, first.key);
    const tls = openTls(config);
    if (tls === undefined) throw new Error('No TLS');
    server = createServer(tls.options);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    forget = tls.follow(server, log);
  });
  afterAll(() => {
    forget();
    server.close();
  });

  it('are read again when they change; a pair that does not fit leaves the old one in use', async () => {
    const second = selfSigned('second');
    writeFileSync(tlsCert, second.cert);
    await vi.waitFor(() => expect(failed).toHaveBeenCalled(), { timeout: 10_000 });
    expect(await shown()).toBe('first');
    expect(read).not.toHaveBeenCalled();

    writeFileSync(tlsKey, second.key);
    await vi.waitFor(() => expect(read).toHaveBeenCalled(), { timeout: 10_000 });
    expect(await shown()).toBe('second');
  });

  it('come together or not at all', () => {
    expect(openTls({ ...config, tlsCert: undefined, tlsKey: undefined })).toBeUndefined();
    expect(() => openTls({ ...config, tlsKey: undefined })).toThrow('belong together');
    expect(() => openTls({ ...config, tlsCert: undefined })).toThrow('belong together');
  });

  it('are named when they cannot be used', () => {
    const missing = `${tlsCert}.missing`;
    expect(() => openTls({ ...config, tlsCert: missing })).toThrow(`The certificate ${missing} with the key ${tlsKey}`);
    expect(() => openTls({ ...config, tlsCert: tlsKey })).toThrow(/cannot be used: /);
  });
});
