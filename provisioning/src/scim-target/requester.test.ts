import { isObject } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { openScimTarget } from './scim-target.ts';
import { list, newCall, optionsFor, scimError, serviceProvider, targetFor } from './service-provider.fixture.ts';

const user = { id: 'U77', userName: 'mia' };
const userName = new Map([['userName', 'mia']]);

describe('a request to a target', () => {
  it('has the media types of SCIM, the token and nothing of the token in its record', async () => {
    const provider = await serviceProvider(() => ({ status: 201, json: user }));
    const call = newCall();
    await targetFor(provider.origin, { dialect: 'entra' }).create(
      'User',
      new Map([
        ['userName', 'mia'],
        ['password', 'hunter2'],
      ]),
      call,
    );
    expect(provider.received[0]?.headers).toMatchObject({
      authorization: 'Bearer secret-token',
      accept: 'application/scim+json',
      'content-type': 'application/scim+json; charset=utf-8',
    });
    expect(provider.received[0]?.text).toContain('hunter2');
    expect(call.exchanges).toMatchObject([{ method: 'POST', status: 201, failure: undefined }]);
    expect(JSON.stringify(call.exchanges)).not.toMatch(/hunter2|secret-token/);
  });

  it('blanks a password that a PATCH sets in its record', async () => {
    const provider = await serviceProvider(() => ({ status: 204 }));
    const call = newCall();
    await targetFor(provider.origin).update(
      'User',
      'U77',
      [{ path: 'password', from: undefined, to: 'hunter2' }],
      new Map(),
      call,
    );
    expect(provider.received[0]?.text).toContain('hunter2');
    expect(JSON.stringify(call.exchanges)).not.toContain('hunter2');
  });

  it('cuts long bodies in its record', async () => {
    const provider = await serviceProvider(() => ({ json: { ...user, note: 'x'.repeat(50_000) } }));
    const call = newCall();
    await targetFor(provider.origin).read('User', 'U77', call);
    expect(call.exchanges[0]?.responseBody?.length).toBeLessThan(17_000);
  });

  it.each([
    [401, 'Unauthorized', false],
    [403, 'InsufficientRights', false],
    [405, 'MethodNotAllowed', false],
    [409, 'EntryConflict', false],
    [413, 'PayloadTooLarge', false],
    [422, 'UnprocessableEntity', false],
    [400, 'BadRequest', false],
    [500, 'InternalServerError', true],
    [501, 'NotImplemented', false],
    [504, 'InternalServerError', true],
  ])('that is answered %i fails with %s', async (status, code, inDoubt) => {
    const provider = await serviceProvider(() => scimError(status, 'what the target said'));
    const creation = targetFor(provider.origin).create('User', userName, newCall());
    await expect(creation).rejects.toMatchObject({
      code,
      status,
      inDoubt,
      message: expect.stringContaining('what the target said'),
    });
    expect(provider.received).toHaveLength(1);
  });

  it.each([
    ['a login page', { text: '<!doctype html><title>Sign in</title>', headers: { 'content-type': 'text/html' } }],
    ['a login page with 404', { status: 404, text: '<html></html>', headers: { 'content-type': 'text/html' } }],
    ['text', { text: 'hello' }],
  ])('that is answered with %s fails with ServiceIncompatible', async (_, reply) => {
    const provider = await serviceProvider(() => reply);
    const target = targetFor(provider.origin);
    await expect(target.read('User', 'U77', newCall())).rejects.toMatchObject({ code: 'ServiceIncompatible' });
  });

  it('does not take a login page for a deletion', async () => {
    const provider = await serviceProvider(() => ({ text: '<html>', headers: { 'content-type': 'text/html' } }));
    const deletion = targetFor(provider.origin).delete('User', 'U77', newCall());
    await expect(deletion).rejects.toMatchObject({ code: 'ServiceIncompatible' });
  });

  it('reads application/json like application/scim+json', async () => {
    const provider = await serviceProvider(() => ({ json: user, headers: { 'content-type': 'application/json' } }));
    expect(await targetFor(provider.origin).read('User', 'U77', newCall())).toEqual({ id: 'U77', document: user });
  });

  it('never leaves the object that an id names', async () => {
    const provider = await serviceProvider(() => ({ status: 204 }));
    const target = targetFor(provider.origin);
    await target.delete('User', '..', newCall());
    await target.delete('User', '', newCall());
    await target.delete('User', '../Groups/a?b#c', newCall());
    expect(provider.received.map(({ url }) => url)).toEqual(['/scim/v2/Users/..%2FGroups%2Fa%3Fb%23c']);
  });

  it('refuses an answer that is too large', async () => {
    const provider = await serviceProvider(() => ({ text: ' '.repeat(5 * 1024 * 1024) }));
    const reading = targetFor(provider.origin).read('User', 'U77', newCall());
    await expect(reading).rejects.toMatchObject({
      code: 'ServiceIncompatible',
      message: 'The answer is larger than 4 MB',
    });
  });

  it('ends when the call is given up', async () => {
    const provider = await serviceProvider(() => ({ instead: 'stall' }));
    const controller = new AbortController();
    const reading = targetFor(provider.origin).read('User', 'U77', { ...newCall(), signal: controller.signal });
    setTimeout(() => controller.abort(new Error('given up')), 20);
    await expect(reading).rejects.toThrow('given up');
  });

  it('is never made to a refused address, also not by a name that stands for one', async () => {
    const call = newCall();
    const target = targetFor('http://app.example', {
      targets: 'public',
      resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
    });
    await expect(target.check(call)).rejects.toMatchObject({ code: 'AddressRefused', inDoubt: false });
    const provider = await serviceProvider(() => list());
    await expect(targetFor(provider.origin, { targets: 'public' }).check(call)).rejects.toMatchObject({
      code: 'AddressRefused',
    });
    expect(provider.received).toHaveLength(0);
  });

  it('refuses a base URL that is none, or has a password in it', () => {
    expect(() => openScimTarget(optionsFor('', { baseUrl: 'acme' }))).toThrow('not a URL');
    expect(() => openScimTarget(optionsFor('', { baseUrl: 'https://u:p@acme.example' }))).toThrow(
      'enter them as credentials',
    );
  });
});

describe('a redirect', () => {
  it('is followed by a read, without the token to another origin', async () => {
    const other = await serviceProvider(() => ({ json: user }));
    const provider = await serviceProvider(({ url }) =>
      url.endsWith('/moved')
        ? { status: 302, headers: { location: `${other.origin}/there` } }
        : { status: 307, headers: { location: '/moved' } },
    );
    expect(await targetFor(provider.origin).read('User', 'U77', newCall())).toMatchObject({ id: 'U77' });
    expect(provider.received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer secret-token',
      'Bearer secret-token',
    ]);
    expect(other.received.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it('is checked like the first address', async () => {
    const provider = await serviceProvider(() => ({
      status: 302,
      headers: { location: 'http://169.254.169.254/latest' },
    }));
    const reading = targetFor(provider.origin).read('User', 'U77', newCall());
    await expect(reading).rejects.toMatchObject({ code: 'AddressRefused' });
  });

  it('is not followed for ever, and not by a write', async () => {
    const provider = await serviceProvider(() => ({ status: 302, headers: { location: '/again' } }));
    const target = targetFor(provider.origin);
    await expect(target.read('User', 'U77', newCall())).rejects.toMatchObject({ code: 'ServiceIncompatible' });
    expect(provider.received).toHaveLength(4);
    await expect(target.create('User', userName, newCall())).rejects.toMatchObject({ code: 'ServiceIncompatible' });
    expect(provider.received).toHaveLength(5);
  });
});

describe('a lost connection', () => {
  it('is tried again where twice is the same as once', async () => {
    let broken = 1;
    const provider = await serviceProvider(() => (broken-- > 0 ? { instead: 'cut' } : { json: user }));
    const target = targetFor(provider.origin);
    expect(await target.read('User', 'U77', newCall())).toMatchObject({ id: 'U77' });
    broken = 1;
    await target.delete('User', 'U77', newCall());
    expect(provider.received.map(({ method }) => method)).toEqual(['GET', 'GET', 'DELETE', 'DELETE']);
  });

  it('leaves a creation and a PATCH in doubt', async () => {
    const provider = await serviceProvider(() => ({ instead: 'cut' }));
    const target = targetFor(provider.origin);
    const error = { code: 'WebExceptionProtocolError', inDoubt: true };
    await expect(target.create('User', userName, newCall())).rejects.toMatchObject(error);
    const update = target.update('User', 'U77', [{ path: 'title', from: 'a', to: 'b' }], new Map(), newCall());
    await expect(update).rejects.toMatchObject(error);
    expect(provider.received).toHaveLength(2);
  });

  it('leaves a creation in doubt also when no answer comes in time', async () => {
    const provider = await serviceProvider(() => ({ instead: 'stall' }));
    const creation = targetFor(provider.origin, { timeout: 100 }).create('User', userName, newCall());
    await expect(creation).rejects.toMatchObject({ code: 'Timeout', inDoubt: true });
  });

  it('leaves nothing in doubt when nobody listened', async () => {
    const provider = await serviceProvider(() => ({}));
    await provider.close();
    const creation = targetFor(provider.origin).create('User', userName, newCall());
    await expect(creation).rejects.toMatchObject({ code: 'WebExceptionProtocolError', inDoubt: false });
  });
});

describe('a throttled request', () => {
  it.each([
    ['429 with Retry-After in seconds', 429, () => ({ 'retry-after': '0' })],
    ['429 with a date', 429, () => ({ 'retry-after': new Date(Date.now() - 1000).toUTCString() })],
    ['503 without Retry-After', 503, () => ({})],
  ])('is repeated after %s', async (_, status, headers) => {
    let refusals = 1;
    const provider = await serviceProvider(() =>
      refusals-- > 0 ? { status, headers: headers() } : { status: 201, json: user },
    );
    const target = targetFor(provider.origin);
    expect(await target.create('User', userName, newCall())).toMatchObject({ id: 'U77' });
    expect(provider.received).toHaveLength(2);
    expect(target.statistics().throttled).toBe(1);
  });

  it('fails when the target asks for a longer pause than anybody waits', async () => {
    const provider = await serviceProvider(() => ({ status: 429, headers: { 'retry-after': '3600' } }));
    const creation = targetFor(provider.origin).create('User', userName, newCall());
    await expect(creation).rejects.toMatchObject({ code: 'TooManyRequests', retryAfter: 3_600_000 });
  });

  it('fails after eight repetitions', async () => {
    const provider = await serviceProvider(() => ({ status: 429, headers: { 'retry-after': '0' } }));
    const reading = targetFor(provider.origin).read('User', 'U77', newCall());
    await expect(reading).rejects.toMatchObject({ code: 'TooManyRequests' });
    expect(provider.received).toHaveLength(9);
  });
});

describe('client credentials', () => {
  const credentials = (origin: string) =>
    ({
      kind: 'clientCredentials',
      tokenUrl: `${origin}/token`,
      clientId: 'id+1',
      clientSecret: 's:ß',
      scope: 'scim',
    }) as const;
  const granted = (token: string) => ({ json: { access_token: token, token_type: 'Bearer', expires_in: 3600 } });

  it('fetch one token for all who wait, by Basic (RFC 6749 §2.3.1), and keep it out of the records', async () => {
    const provider = await serviceProvider(({ url }) => (url === '/token' ? granted('t1') : { json: user }));
    const target = targetFor(provider.origin, { credentials: credentials(provider.origin) });
    const call = newCall();
    await Promise.all(['a', 'b', 'c'].map((id) => target.read('User', id, call)));
    const asked = provider.received.filter(({ url }) => url === '/token');
    expect(asked.map(({ text }) => text)).toEqual(['grant_type=client_credentials&scope=scim']);
    const basic = Buffer.from('id%2B1:s%3A%C3%9F').toString('base64');
    expect(asked[0]?.headers.authorization).toBe(`Basic ${basic}`);
    expect(provider.received.at(-1)?.headers.authorization).toBe('Bearer t1');
    expect(JSON.stringify(call.exchanges)).not.toContain('"t1');
    expect(call.exchanges.map(({ url }) => new URL(url).pathname)).toContain('/token');
  });

  it('go in the body when Basic is refused', async () => {
    const provider = await serviceProvider(({ url, headers, text }) => {
      if (url !== '/token') return { json: user };
      if (headers.authorization !== undefined) return { status: 401, json: { error: 'invalid_client' } };
      return text.includes('client_secret=s%3A%C3%9F') ? granted('t1') : { status: 400 };
    });
    const target = targetFor(provider.origin, { credentials: credentials(provider.origin) });
    const call = newCall();
    expect(await target.read('User', 'U77', call)).toMatchObject({ id: 'U77' });
    expect(JSON.stringify(call.exchanges)).not.toContain('s%3A%C3%9F');
  });

  it('fetch another token once after a 401', async () => {
    let tokens = 0;
    const provider = await serviceProvider(({ url, headers }) => {
      if (url === '/token') return granted(`t${++tokens}`);
      return headers.authorization === 'Bearer t2' ? { json: user } : scimError(401, 'expired');
    });
    const target = targetFor(provider.origin, { credentials: credentials(provider.origin) });
    expect(await target.read('User', 'U77', newCall())).toMatchObject({ id: 'U77' });
    expect(tokens).toBe(2);
  });

  it('fetch another token before one ends', async () => {
    let now = 0;
    const provider = await serviceProvider(({ url }) => (url === '/token' ? granted('t1') : { json: user }));
    const target = targetFor(provider.origin, { credentials: credentials(provider.origin), now: () => now });
    await target.read('User', 'U77', newCall());
    now = 3_530_000;
    await target.read('User', 'U77', newCall());
    now = 3_545_000;
    await target.read('User', 'U77', newCall());
    expect(provider.received.filter(({ url }) => url === '/token')).toHaveLength(2);
  });

  it('fail with Unauthorized, and nothing in doubt, when the client is refused', async () => {
    const provider = await serviceProvider(() => ({ status: 400, json: { error: 'invalid_client' } }));
    const target = targetFor(provider.origin, { credentials: credentials(provider.origin) });
    const creation = target.create('User', userName, newCall());
    await expect(creation).rejects.toMatchObject({
      code: 'Unauthorized',
      inDoubt: false,
      message: expect.stringContaining('invalid_client'),
    });
    expect(provider.received.some(({ body }) => isObject(body))).toBe(false);
  });
});
