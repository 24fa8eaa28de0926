import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, runServer, type TestClient, USER } from './running-server.fixture.ts';
import type { Answer } from './send.fixture.ts';
import { textAt } from './value-at.fixture.ts';

type Headers = Readonly<Record<string, string>>;

const FORGED = {
  host: 'evil.example',
  'x-forwarded-for': '203.0.113.66',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'http',
  forwarded: 'for=203.0.113.66;host=evil.example;proto=http',
};
let made = 0;

/** Creates a user with these headers: where it says the user is, and from where the request log says it came. */
async function outcome(scim: TestClient, headers: Headers): Promise<{ origin: string; address: string | undefined }> {
  const answer: Answer = await scim.send('POST', '/Users', { schemas: [USER], userName: `proxied-${++made}` }, headers);
  const path = `${scim.base}/Users/${textAt(answer.body, 'id')}`;
  const location = textAt(answer.body, 'meta', 'location');
  expect(answer.headers.location).toBe(location);
  expect(location.endsWith(path)).toBe(true);
  const [entry] = await scim.log();
  return { origin: location.slice(0, -path.length), address: entry?.address };
}

describe('without a trusted proxy', () => {
  let server: RunningServer;
  let scim: TestClient;
  beforeAll(async () => {
    server = await runServer();
    scim = await server.identityServer();
  });
  afterAll(() => server.stop());

  it('no X-Forwarded header and no Host counts: locations name the address listened on', async () => {
    expect(await outcome(scim, FORGED)).toEqual({ origin: server.origin, address: '127.0.0.1' });
  });
});

describe('behind proxies that are trusted', () => {
  let server: RunningServer;
  let scim: TestClient;
  beforeAll(async () => {
    server = await runServer({ trustedProxies: '127.0.0.1,10.0.0.0/8' });
    scim = await server.identityServer();
  });
  afterAll(() => server.stop());

  it('takes scheme, host and client from their headers', async () => {
    const headers = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'scim.example.org:8443',
      'x-forwarded-proto': 'https',
    };
    expect(await outcome(scim, headers)).toEqual({ origin: 'https://scim.example.org:8443', address: '203.0.113.9' });
    const plain = { ...headers, 'x-forwarded-proto': 'http' };
    expect((await outcome(scim, plain)).origin).toBe('http://scim.example.org:8443');
    expect((await outcome(scim, { 'x-forwarded-host': '[2001:db8::1]:8443' })).origin).toBe(
      'https://[2001:db8::1]:8443',
    );
  });

  it('takes the entry that the proxy added, not one that the client had sent', async () => {
    const headers = {
      'x-forwarded-for': '198.51.100.1, 203.0.113.9',
      'x-forwarded-host': 'evil.example, scim.example.org',
      'x-forwarded-proto': 'http, https',
    };
    expect(await outcome(scim, headers)).toEqual({ origin: 'https://scim.example.org', address: '203.0.113.9' });
  });

  it('goes through a chain of them to the first address that is not trusted', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.1, 203.0.113.9, 10.1.2.3' };
    expect((await outcome(scim, headers)).address).toBe('203.0.113.9');
  });

  it.each(['evil.example/path', 'user@evil.example', 'evil example', 'evil.example:123456', '<script>'])(
    'does not take %j for a host',
    async (host) => {
      expect((await outcome(scim, { 'x-forwarded-host': host })).origin).toBe(server.origin);
    },
  );

  it('never takes the Host header', async () => {
    const headers = { host: 'evil.example', 'x-forwarded-proto': 'https' };
    expect((await outcome(scim, headers)).origin).toBe(server.origin);
  });

  it('compares a token’s networks with the client, not with the proxy', async () => {
    const issued = await server.admin('POST', `/identity-servers/${scim.slug}/tokens`, {
      name: 'office',
      networks: ['203.0.113.0/24'],
    });
    const office = scim.as(`Bearer ${textAt(issued, 'token')}`);
    const from = async (address: string) =>
      (await office.send('GET', '/Users', undefined, { 'x-forwarded-for': address })).status;
    expect([await from('203.0.113.77'), await from('198.51.100.1')]).toEqual([200, 401]);
    expect((await office.send('GET', '/Users')).status).toBe(401);
    const [entry] = await scim.log();
    expect(entry?.reason).toContain('"office"');
    expect(entry?.reason).toContain('may not be used from the network of 127.0.0.1');
  });
});

describe('behind a proxy that is not among the trusted', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await runServer({ trustedProxies: ['10.0.0.0/8', 'fd00::/8'] });
  });
  afterAll(() => server.stop());

  it('its headers do not count', async () => {
    const scim = await server.identityServer();
    expect(await outcome(scim, FORGED)).toEqual({ origin: server.origin, address: '127.0.0.1' });
  });
});

describe('with a public URL', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await runServer({ publicUrl: 'https://id.example.org/rollcall/', trustedProxies: '127.0.0.0/8' });
  });
  afterAll(() => server.stop());

  it('locations name it, whatever a trusted proxy says; the address is the proxy’s to say', async () => {
    const scim = await server.identityServer();
    expect(await outcome(scim, FORGED)).toEqual({ origin: 'https://id.example.org/rollcall', address: '203.0.113.66' });
  });
});
