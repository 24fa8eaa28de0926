import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '../contract/identity-server.ts';
import { newId } from '../id.ts';
import type { IdentityServer, IdentityServerSettings, Store, Token } from '../store/contract.ts';
import { dropDatabaseOf, openTestStore } from '../store/test-store.fixture.ts';
import { authenticate } from './authenticate.ts';
import { type Authentication, openAuthentication } from './authentication.ts';
import { AuthenticationFailed } from './authentication-failed.ts';
import { type Keys, openKeys } from './keys.ts';
import { hashPassword } from './password.ts';
import type { AuthenticationRequest } from './principal.ts';
import { openRegistry, type Registry } from './registry.ts';
import { issueToken } from './scim-token.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-03-01T08:00:00Z');
const ADDRESS = '192.0.2.1';

let directory: string;
let store: Store;
let registry: Registry;
let keys: Keys;
let otherKeys: Keys;
let context: Authentication;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'authenticate-'));
  store = await openTestStore(directory);
  registry = await openRegistry(store.settings);
  keys = await openKeys(join(directory, 'keys'));
  otherKeys = await openKeys(join(directory, 'other-keys'));
});
afterAll(async () => {
  await store.close();
  await dropDatabaseOf(directory);
  await rm(directory, { recursive: true, force: true });
});
beforeEach(() => {
  context = openAuthentication({ registry, keys, signInFailures: 20 });
  return () => context.close();
});

async function addServer(settings: Partial<IdentityServerSettings> = {}, password?: string): Promise<IdentityServer> {
  const id = newId();
  await registry.change(async (write) =>
    write.addIdentityServer({
      id,
      slug: id,
      name: 'Test',
      active: true,
      isDefault: false,
      settings: { ...defaultSettings(), ...settings },
      basic: password === undefined ? null : { userName: 'scim', hash: await hashPassword(password) },
      created: now,
      modified: now,
    }),
  );
  const server = registry.byId(id);
  if (server === undefined) throw new Error('The identity server was not added');
  return server;
}

async function addToken(server: IdentityServer, changes: Partial<Token> = {}, signedWith = keys) {
  const token: Token = {
    id: newId(),
    server: server.key,
    name: 'Entra',
    scope: { '*': 'write' },
    networks: [],
    created: now,
    expires: now + DAY,
    revoked: null,
    replacedBy: null,
    lastUsed: null,
    lastUsedFrom: null,
    ...changes,
  };
  await registry.change((settings) => settings.saveToken(token));
  const { installation } = registry;
  const claims = { installation, serverId: server.id, tokenId: token.id, issued: now, expires: now + DAY };
  return { token, jwt: await issueToken(signedWith, claims) };
}

const signIn = async (server: IdentityServer, authorization?: string, request: Partial<AuthenticationRequest> = {}) =>
  authenticate(context, server, { authorization, address: ADDRESS, now, ...request });

async function failure(answer: Promise<unknown>): Promise<AuthenticationFailed> {
  const error: unknown = await answer.catch((cause) => cause);
  if (!(error instanceof AuthenticationFailed)) throw new Error(`It was let in: ${JSON.stringify(error)}`);
  return error;
}

describe('bearer', () => {
  it('lets a token in with its name and scope, at once from the second time on', async () => {
    const server = await addServer();
    const { token, jwt } = await addToken(server, { scope: { User: 'read' } });
    const principal = {
      kind: 'token',
      tokenId: token.id,
      tokenName: 'Entra',
      userName: undefined,
      scope: { User: 'read' },
      notes: [],
    };
    expect(await signIn(server, `Bearer ${jwt}`)).toEqual(principal);
    const again = authenticate(context, server, { authorization: `bearer ${jwt}`, address: ADDRESS, now });
    expect(again).toEqual(principal);
  });

  it('challenges without an error code when there are no credentials (RFC 6750 §3.1)', async () => {
    const server = await addServer();
    for (const header of [undefined, '', 'Basic c2NpbTp4', 'Digest username="a"']) {
      const refused = await failure(signIn(server, header));
      expect(refused).toMatchObject({
        status: 401,
        message: 'Authentication failed.',
        challenge: 'Bearer realm="scim"',
      });
    }
  });

  it('tells the client the same for every wrong token, and the log the reason', async () => {
    const server = await addServer();
    const other = await addServer();
    const { jwt } = await addToken(server);
    const [header, body, signature = ''] = jwt.split('.');
    const changed = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    const foreignKey = await addToken(server, {}, otherKeys);
    const foreignServer = await addToken(other);
    const revoked = await addToken(server, { revoked: now - 1000 });
    const local = await addToken(server, { networks: ['10.0.0.0/8', '2001:db8::/32'] });
    const replaced = await addToken(server, { expires: now - 1, replacedBy: 'successor' });
    const unknown = await issueToken(keys, {
      installation: registry.installation,
      serverId: server.id,
      tokenId: newId(),
      issued: now,
      expires: now + DAY,
    });
    const cases: [string, RegExp][] = [
      ['Bearer not-a-jwt', /^malformed token$/],
      ['Bearer a b', /^malformed token$/],
      [`Bearer ${header}.${body}.${changed}`, /wrong signature/],
      [`Bearer ${foreignKey.jwt}`, /signed with another key/],
      [`Bearer ${foreignServer.jwt}`, /"Entra" .* is for another identity server/],
      [`Bearer ${revoked.jwt}`, /was revoked on 2026-03-01T07:59:59/],
      [`Bearer ${local.jwt}`, /may not be used from the network of 192\.0\.2\.1/],
      [`Bearer ${replaced.jwt}`, /expired on .*; token successor has replaced it/],
      [`Bearer ${unknown}`, /unknown token/],
    ];
    for (const [authorization, reason] of cases) {
      const refused = await failure(signIn(server, authorization));
      expect(refused.reason).toMatch(reason);
      expect(refused.toJSON()).toMatchObject({ status: '401', detail: 'Authentication failed.' });
      expect(refused.headers).toEqual({ 'www-authenticate': 'Bearer realm="scim", error="invalid_token"' });
    }
  });

  it('refuses a token at the moment it expires, also one that it knows', async () => {
    const server = await addServer();
    const { jwt } = await addToken(server);
    await signIn(server, `Bearer ${jwt}`);
    expect(await signIn(server, `Bearer ${jwt}`, { now: now + DAY - 1 })).toMatchObject({ kind: 'token' });
    expect((await failure(signIn(server, `Bearer ${jwt}`, { now: now + DAY }))).reason).toMatch(/expired/);
  });

  it('refuses a revoked token from its next request on, and forgets that it knew it', async () => {
    const server = await addServer();
    const { token, jwt } = await addToken(server);
    await signIn(server, `Bearer ${jwt}`);
    expect(context.checkedTokens.size).toBe(1);
    await registry.change((settings) => settings.saveToken({ ...token, revoked: now }));
    expect((await failure(signIn(server, `Bearer ${jwt}`))).reason).toMatch(/revoked/);
    expect(context.checkedTokens.size).toBe(0);
  });

  it('lets a token in from its networks alone, IPv4 peers of a dual-stack socket included', async () => {
    const server = await addServer();
    const { jwt } = await addToken(server, { networks: ['192.0.2.0/24', '2001:db8::/32'] });
    for (const address of ['192.0.2.77', '::ffff:192.0.2.77', '2001:db8::1']) {
      expect(await signIn(server, `Bearer ${jwt}`, { address })).toMatchObject({ kind: 'token' });
    }
    for (const address of ['192.0.3.1', '2001:db9::1', '']) {
      expect((await failure(signIn(server, `Bearer ${jwt}`, { address }))).status).toBe(401);
    }
  });

  it('tolerates the word Bearer typed twice, with a note; strict refuses it and says why (snipe/snipe-it#13968)', async () => {
    const tolerant = await addServer();
    const { jwt } = await addToken(tolerant);
    expect(await signIn(tolerant, `Bearer Bearer ${jwt}`)).toMatchObject({
      notes: [{ quirk: 'bearer-twice', detail: 'Authorization: Bearer Bearer ...' }],
    });
    const strict = await addServer({ compatibility: 'strict' });
    const other = await addToken(strict);
    expect((await failure(signIn(strict, `Bearer Bearer ${other.jwt}`))).reason).toMatch(/the word Bearer twice/);
  });

  it('refuses a token in the URL, right or wrong (RFC 6750 §2.3)', async () => {
    const server = await addServer();
    const { jwt } = await addToken(server);
    const refused = await failure(signIn(server, `Bearer ${jwt}`, { query: `count=1&access_token=${jwt}` }));
    expect(refused).toMatchObject({ status: 400, challenge: 'Bearer realm="scim", error="invalid_request"' });
    expect(refused.message).not.toContain(jwt);
  });

  it('stops checking what an address sends after too many wrong tokens, but still lets known ones in', async () => {
    const server = await addServer();
    const { jwt } = await addToken(server);
    const late = await addToken(server);
    await signIn(server, `Bearer ${jwt}`);
    for (let time = 0; time < 20; time++)
      expect((await failure(signIn(server, `Bearer wrong-${time}`))).status).toBe(401);
    const refused = await failure(signIn(server, `Bearer ${late.jwt}`));
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '60' }, challenge: undefined });
    expect(await signIn(server, `Bearer ${jwt}`)).toMatchObject({ kind: 'token' });
    expect(await signIn(server, `Bearer ${late.jwt}`, { address: '198.51.100.1' })).toMatchObject({ kind: 'token' });
    expect(await signIn(server, `Bearer ${late.jwt}`, { now: now + 60_000 })).toMatchObject({ kind: 'token' });
  });

  it('still knows a token that was sent to another identity server, or from another network, too often', async () => {
    const server = await addServer();
    const other = await addServer();
    const { jwt } = await addToken(server, { networks: ['192.0.2.0/24'] });
    await signIn(server, `Bearer ${jwt}`);
    for (let time = 0; time < 20; time++) expect((await failure(signIn(other, `Bearer ${jwt}`))).status).toBe(401);
    await failure(signIn(server, `Bearer ${jwt}`, { address: '198.51.100.1' }));
    expect(await signIn(server, `Bearer ${jwt}`)).toMatchObject({ kind: 'token' });
  });

  it('does not count requests without credentials as failures', async () => {
    const server = await addServer();
    const { jwt } = await addToken(server);
    for (let time = 0; time < 50; time++) await failure(signIn(server));
    expect(await signIn(server, `Bearer ${jwt}`)).toMatchObject({ kind: 'token' });
  });

  it('remembers secrets as a SHA-256 only', async () => {
    const server = await addServer();
    const { jwt } = await addToken(server);
    await signIn(server, `Bearer ${jwt}`);
    expect(context.checkedTokens.get(jwt)).toBeUndefined();
  });
});

describe('basic', () => {
  const basic = (userName: string, password: string) =>
    `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;

  it('lets user name and password in, at once from the second time on for a minute (RFC 7617)', async () => {
    const server = await addServer({ security: 'basic' }, 'pä:ss');
    const principal = { kind: 'basic', userName: 'scim', tokenName: 'scim', tokenId: undefined };
    expect(await signIn(server, basic('scim', 'pä:ss'))).toMatchObject(principal);
    const request = { authorization: basic('scim', 'pä:ss'), address: ADDRESS, now: now + 59_000 };
    expect(authenticate(context, server, request)).toMatchObject(principal);
    expect(authenticate(context, server, { ...request, now: now + 60_000 })).toBeInstanceOf(Promise);
  });

  it('tells the client the same for every wrong credential, and the log the reason', async () => {
    const server = await addServer({ security: 'basic' }, 'right');
    const cases: [string | undefined, string][] = [
      [undefined, 'no credentials'],
      ['Bearer abc', 'credentials of the scheme bearer where basic is asked for'],
      ['Basic ***', 'malformed Basic credentials'],
      [basic('scim', 'wrong'), 'wrong password'],
      [basic('SCIM', 'right'), 'wrong user name'],
    ];
    for (const [authorization, reason] of cases) {
      const refused = await failure(signIn(server, authorization));
      expect(refused.reason).toBe(reason);
      expect(refused).toMatchObject({ status: 401, message: 'Authentication failed.' });
      expect(refused.challenge).toBe('Basic realm="scim", charset="UTF-8"');
    }
  });

  it('says in the log what to do when no password has been made yet', async () => {
    const server = await addServer({ security: 'basic' });
    const refused = await failure(signIn(server, basic('scim', 'x')));
    expect(refused.reason).toBe(`no password yet: run rollcall identity-server credentials ${server.slug}`);
  });

  it('ends a remembered password at once when a new one is made', async () => {
    const server = await addServer({ security: 'basic' }, 'first');
    await signIn(server, basic('scim', 'first'));
    const hash = await hashPassword('second');
    await registry.change((settings) => settings.saveIdentityServer({ ...server, basic: { userName: 'scim', hash } }));
    const renewed = registry.byId(server.id) ?? server;
    expect((await failure(signIn(renewed, basic('scim', 'first')))).reason).toBe('wrong password');
    expect(await signIn(renewed, basic('scim', 'second'))).toMatchObject({ kind: 'basic' });
  });

  it('hashes once for many requests at once with the same password', async () => {
    const server = await addServer({ security: 'basic' }, 'right');
    const answers = Array.from({ length: 200 }, () => signIn(server, basic('scim', 'right')));
    expect(context.passwordChecks.size).toBeLessThanOrEqual(1);
    expect(await Promise.all(answers)).toHaveLength(200);
    expect(context.passwordChecks.size).toBe(0);
  });

  it('lets an address wait after too many wrong passwords', async () => {
    const server = await addServer({ security: 'basic' }, 'right');
    const context20 = Array.from({ length: 20 }, (_, time) => failure(signIn(server, basic('scim', `wrong-${time}`))));
    await Promise.all(context20);
    expect(await failure(signIn(server, basic('scim', 'right')))).toMatchObject({ status: 429 });
  });
});

describe('none', () => {
  it('lets anybody in, whatever they send', async () => {
    const server = await addServer({ security: 'none' });
    for (const header of [undefined, 'Bearer nonsense', 'Basic x']) {
      expect(await signIn(server, header)).toMatchObject({ kind: 'none', scope: { '*': 'write' } });
    }
  });
});
