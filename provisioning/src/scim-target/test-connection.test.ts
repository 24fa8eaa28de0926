import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { ScimTargetOptions } from './options.ts';
import { selfSigned } from './self-signed.fixture.ts';
import { list, optionsFor, type Received, type Reply, scimError, serviceProvider } from './service-provider.fixture.ts';
import { testConnection } from './test-connection.ts';
import type { ConnectionVerdict } from './verdict.ts';

const matching = { user: 'userName', group: 'displayName' };
const test = (origin: string, options: Partial<ScimTargetOptions> = {}) =>
  testConnection(optionsFor(origin, options), matching);
const supported = ({ capabilities }: ConnectionVerdict, name: string) =>
  capabilities.find((one) => one.name === name)?.supported;
const config = { patch: { supported: true }, bulk: { supported: false }, filter: { supported: true } };

/** A service provider as it should be: lists, and what it says of itself. */
const good = ({ url }: Received): Reply => {
  if (url.includes('/ServiceProviderConfig')) return { json: config };
  if (url.includes('/ResourceTypes'))
    return list({ name: 'User', endpoint: '/Users' }, { name: 'Group', endpoint: '/Groups' });
  if (url.includes('/Schemas')) {
    return list({ id: 'urn:ietf:params:scim:schemas:core:2.0:User', attributes: [{ name: 'active' }] });
  }
  return list();
};

describe('the test of a connection', () => {
  it('searches for a random user and group, reads discovery, and changes nothing', async () => {
    const provider = await serviceProvider(good);
    const verdict = await test(provider.origin);
    expect(verdict).toMatchObject({ ok: true, fault: null, message: 'It answers as a SCIM 2.0 service provider.' });
    expect(provider.received.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'GET', 'GET']);
    const guid = '[0-9a-f]{8}-[0-9a-f-]{27}';
    expect(provider.received[0]?.url).toMatch(new RegExp(`^/scim/v2/Users\\?filter=userName\\+eq\\+%22${guid}%22$`));
    expect(provider.received[1]?.url).toMatch(
      new RegExp(`^/scim/v2/Groups\\?excludedAttributes=members&filter=displayName\\+eq\\+%22${guid}%22$`),
    );
    expect(verdict.exchanges).toHaveLength(5);
    expect(
      ['find users', 'PATCH', 'bulk', 'deactivate', 'groups', 'create'].map((name) => supported(verdict, name)),
    ).toEqual([true, true, false, true, true, null]);
    expect(verdict.profile?.patch.how).toBe('announced');
  });

  it('does not need discovery', async () => {
    const provider = await serviceProvider(({ url }) => (/Users|Groups/.test(url) ? list() : scimError(404, 'no')));
    const verdict = await test(provider.origin);
    expect(verdict.ok).toBe(true);
    expect(supported(verdict, 'PATCH')).toBe(null);
  });

  it('says that a target cannot search, which is no fault', async () => {
    const provider = await serviceProvider((received) =>
      received.url.includes('/Users?filter') ? scimError(400, 'no', 'invalidFilter') : good(received),
    );
    const verdict = await test(provider.origin);
    expect(verdict).toMatchObject({ ok: true, message: expect.stringContaining('cannot search by userName') });
    expect(supported(verdict, 'find users')).toBe(false);
  });

  it('notices a target that ignores the filter', async () => {
    const provider = await serviceProvider(() => list({ id: 'U1', userName: 'mia' }));
    expect(supported(await test(provider.origin), 'find users')).toBe(false);
  });

  it('says that there are no groups', async () => {
    const provider = await serviceProvider((received) =>
      received.url.includes('/Groups') ? scimError(404, 'no groups here') : good(received),
    );
    const verdict = await test(provider.origin);
    expect(verdict).toMatchObject({ ok: true, message: expect.stringContaining('disable the mapping of groups') });
  });

  const html = { text: '<html><title>Welcome</title></html>', headers: { 'content-type': 'text/html' } };
  it.each<[string, Reply, Partial<ConnectionVerdict>]>([
    ['refuses the credentials', scimError(401, 'bad token'), { fault: 'credentials' }],
    ['gives no rights', scimError(403, 'read only'), { fault: 'rights' }],
    ['answers 404', scimError(404, 'nothing'), { fault: 'url' }],
    ['answers a web page', html, { fault: 'url', message: expect.stringContaining('“Welcome”') }],
    ['answers JSON that is not SCIM', { json: { hello: 'world' } }, { fault: 'url' }],
    ['refuses everything', scimError(400, 'what?'), { fault: 'dialect' }],
    ['fails', scimError(500, 'oops'), { fault: null, message: expect.stringContaining('oops') }],
    ['cannot do anything', { status: 302, headers: { location: '/login' } }, { fault: 'url' }],
    ['wants https', { status: 400, text: 'The plain HTTP request was sent to HTTPS port' }, { fault: 'tls' }],
    [
      'speaks SCIM 1.1',
      { status: 404, json: { schemas: ['urn:scim:schemas:core:1.0'], Errors: [{ description: 'x' }] } },
      { fault: 'dialect', message: expect.stringContaining('SCIM 1.1') },
    ],
  ])('says what is wrong with a target that %s', async (_, reply, expected) => {
    const provider = await serviceProvider(() => reply);
    expect(await test(provider.origin)).toMatchObject({ ok: false, profile: null, ...expected });
  });

  it('names the URL that answers when the entered one is too long or too short', async () => {
    const provider = await serviceProvider((received) =>
      received.url.startsWith('/scim/v2/Users?') ? good(received) : scimError(404, 'no'),
    );
    for (const wrong of ['/scim/v2/Users', '/scim', '/scim/v2/x/', '/']) {
      const verdict = await test(provider.origin, { baseUrl: provider.origin + wrong });
      expect(verdict).toMatchObject({ ok: false, fault: 'url' });
      expect(verdict.message).toContain(`but at ${provider.origin}/scim/v2.`);
    }
  });

  it('tells a token endpoint that refuses the client from a target that refuses the token', async () => {
    const issuer = await serviceProvider(() => ({ status: 401, json: { error: 'invalid_client' } }));
    const provider = await serviceProvider(good);
    const client = { kind: 'clientCredentials', clientId: 'a', clientSecret: 'b', scope: null } as const;
    const credentials = { ...client, tokenUrl: `${issuer.origin}/token` };
    const verdict = await test(provider.origin, { credentials });
    expect(verdict).toMatchObject({ ok: false, fault: 'credentials' });
    expect(verdict.message).toContain('gave no token: invalid_client');
    await issuer.close();
    const unreachable = await test(provider.origin, { credentials });
    expect(unreachable).toMatchObject({ ok: false, fault: 'network' });
    expect(unreachable.message).toContain(`The token endpoint: Nothing listens at ${new URL(issuer.origin).host}`);
  });

  it('tells a redirect to a login page', async () => {
    const login = await serviceProvider(() => html);
    const provider = await serviceProvider(() => ({ status: 302, headers: { location: `${login.origin}/login` } }));
    const verdict = await test(provider.origin);
    expect(verdict).toMatchObject({ ok: false, fault: 'url' });
    expect(verdict.message).toContain(`redirects to ${login.origin}/login`);
  });

  it('tells a name without an address, an address that is not called, and a port where nobody listens', async () => {
    const missing = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    const dns = await test('http://nowhere.example', { resolve: () => Promise.reject(missing) });
    expect(dns).toMatchObject({ fault: 'dns', message: expect.stringContaining('nowhere.example has no address') });
    expect(await test('http://169.254.169.254')).toMatchObject({ fault: 'address' });
    const provider = await serviceProvider(() => ({}));
    await provider.close();
    expect(await test(provider.origin)).toMatchObject({
      fault: 'network',
      message: expect.stringContaining('Nothing listens'),
    });
    expect(await test('', { baseUrl: 'acme' })).toMatchObject({ fault: 'url' });
  });

  it('tells TLS on a port without it, and the reverse', async () => {
    const provider = await serviceProvider(good);
    const https = await test(provider.origin.replace('http:', 'https:'));
    expect(https).toMatchObject({ fault: 'tls', message: expect.stringContaining('does not speak TLS') });
    await withTls(async (origin) => {
      const http = await test(origin.replace('https:', 'http:'));
      expect(http).toMatchObject({ fault: 'tls', message: expect.stringContaining('https://') });
    });
  });

  it('tells a self-signed certificate', async () => {
    await withTls(async (origin) => {
      const verdict = await test(origin);
      expect(verdict).toMatchObject({ fault: 'tls', message: expect.stringContaining('self-signed') });
      expect(verdict.message).toContain('NODE_EXTRA_CA_CERTS');
    });
  });
});

/** Runs `work` with a server whose certificate it has signed itself. */
async function withTls(work: (origin: string) => Promise<void>): Promise<void> {
  const server = createServer(selfSigned(), (_, response) => response.end('{}'));
  try {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A TCP server has an address with a port.
    await work(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
