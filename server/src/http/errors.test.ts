import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from './expect-error.fixture.ts';
import { type RunningServer, runServer, type TestClient } from './running-server.fixture.ts';
import { send } from './send.fixture.ts';

let server: RunningServer;
let scim: TestClient;
beforeAll(async () => {
  server = await runServer();
  scim = await server.identityServer();
});
afterAll(() => server.stop());

const BEARER = 'Bearer realm="scim"';

describe('a request without credentials', () => {
  it.each([
    ['GET', ''],
    ['POST', '/.search'],
    ['GET', '/Users'],
    ['POST', '/Users'],
    ['POST', '/Users/.search'],
    ['GET', '/Users/none'],
    ['PUT', '/Users/none'],
    ['PATCH', '/Users/none'],
    ['DELETE', '/Users/none'],
    ['GET', '/Groups'],
    ['POST', '/Groups'],
    ['POST', '/Bulk'],
    ['GET', '/Me'],
    ['GET', '/Schemas'],
    ['GET', '/Schemas/none'],
    ['GET', '/ResourceTypes'],
    ['GET', '/NoSuchEndpoint'],
    ['GET', '/Users/none/more/of/it'],
    ['DELETE', '/Users'],
    ['OPTIONS', '/Users'],
    ['HEAD', '/Users'],
    ['PROPFIND', '/Users'],
  ])('is 401 with a challenge: %s %s (RFC 7644 §2, RFC 6750 §3)', async (method, path) => {
    const answer = await scim.as(undefined).send(method, path, method.startsWith('P') ? '{"broken' : undefined);
    expect(answer.headers['www-authenticate']).toBe(BEARER);
    if (method === 'HEAD') expect(answer.status).toBe(401);
    else expectError(answer, 401);
  });

  it('reads the ServiceProviderConfig all the same (RFC 7643 §5)', async () => {
    const anonymous = await scim.as(undefined).send('GET', '/ServiceProviderConfig');
    expect([anonymous.status, anonymous.headers['www-authenticate']]).toEqual([200, undefined]);
    expect(anonymous.body).toEqual((await scim.send('GET', '/ServiceProviderConfig')).body);
    expect((await scim.as('Bearer wrong').send('GET', '/ServiceProviderConfig')).status).toBe(200);
  });
});

describe('wrong credentials', () => {
  it.each(['Bearer', 'Bearer nonsense', 'Bearer a.b.c'])(
    'are 401 with invalid_token: %s (RFC 6750 §3.1)',
    async (sent) => {
      const answer = await scim.as(sent).send('GET', '/Users');
      expectError(answer, 401);
      expect(answer.headers['www-authenticate']).toBe(`${BEARER}, error="invalid_token"`);
    },
  );

  it('of another identity server are 401, and the answer does not say why', async () => {
    const other = await server.identityServer();
    const foreign = expectError(await scim.as(`Bearer ${other.token}`).send('GET', '/Users'), 401);
    expect(foreign).toBe(expectError(await scim.as('Bearer wrong').send('GET', '/Users'), 401));
  });

  it('are challenged with Basic where that is the method (RFC 7617 §2)', async () => {
    const basic = await server.identityServer({ security: 'basic' });
    const answer = await basic.send('GET', '/Users');
    expectError(answer, 401);
    expect(answer.headers['www-authenticate']).toBe('Basic realm="scim", charset="UTF-8"');
  });

  it('in the URL are 400 invalid_request (RFC 6750 §2.3)', async () => {
    const answer = await scim.as(undefined).send('GET', `/Users?access_token=${scim.token}`);
    expect(expectError(answer, 400)).toContain('Authorization header');
    expect(answer.headers['www-authenticate']).toBe(`${BEARER}, error="invalid_request"`);
    expect((await scim.log())[0]?.url).not.toContain(scim.token);
  });
});

describe('an address where nothing is', () => {
  it('is 404 for an unknown identity server, credentials or not', async () => {
    const path = '/scim/nobody/v2/Users';
    expect(expectError(await send(server.origin, path), 404)).toContain('nobody');
    const headers = { authorization: `Bearer ${scim.token}` };
    expectError(await send(server.origin, path, { headers }), 404);
  });

  it.each(['/v2/Users', '/scim', '/scim/', '/scim/test', '/scimx/test/v2/Users', '/scim/test/Users', '/favicon.ico'])(
    'is 404 with a SCIM error that says what the URL looks like: %s',
    async (path) => {
      expect(expectError(await send(server.origin, path), 404)).toContain('/scim/NAME/v2');
      expectError(await send(server.origin, path, { method: 'POST', body: '{"broken' }), 404);
    },
  );

  it.each(['/NoSuchEndpoint', '/Users/a/b', '/Schemas/.search', '/Bulk/x', '/users', '/__proto__', '/constructor'])(
    'is 404 within an identity server: %s',
    async (path) => {
      expectError(await scim.send('GET', path), 404);
    },
  );

  it('is not where slashes are doubled: base URLs are pasted by hand', async () => {
    const headers = { authorization: `Bearer ${scim.token}` };
    const path = scim.base.replaceAll('/', '//');
    expect((await send(server.origin, `${path}//Users?count=0`, { headers })).status).toBe(200);
  });

  it('is 404 for an id that is not there, however long or odd it is', async () => {
    for (const id of [
      'none',
      'x'.repeat(3000),
      '%00',
      '%F0%9F%98%80',
      '..%2F..%2Fetc',
      "'%20OR%201=1--",
      '__proto__',
    ]) {
      expectError(await scim.send('GET', `/Users/${id}`), 404);
    }
  });

  it('is 404 for an id of another identity server or another type', async () => {
    const other = await server.identityServer();
    const id = await other.user();
    expectError(await scim.send('GET', `/Users/${id}`), 404);
    expectError(await other.send('GET', `/Groups/${id}`), 404);
    expectError(await scim.send('DELETE', `/Users/${id}`), 404);
    expect((await other.send('GET', `/Users/${id}`)).status).toBe(200);
  });

  it('is 404 for an identity server that was removed', async () => {
    const other = await server.identityServer();
    await server.admin('DELETE', `/identity-servers/${other.slug}`);
    expectError(await other.send('GET', '/Users'), 404);
  });

  it.each(['/Users/%E0%A4%A', '/Users/%', '/%zz'])(
    'is 400 when its percent-encoding is broken: %s (RFC 3986 §2.1)',
    async (path) => {
      expectError(await scim.send('GET', path), 400, 'invalidSyntax');
    },
  );

  it('is 400 invalidVers for another version of the protocol (RFC 7644 §3.13)', async () => {
    const headers = { authorization: `Bearer ${scim.token}` };
    const answer = await send(server.origin, `/scim/${scim.slug}/v1/Users`, { headers });
    expect(expectError(answer, 400, 'invalidVers')).toContain('v2');
  });
});

describe('an identity server that is switched off', () => {
  it('is 403 with its name, but for the ServiceProviderConfig', async () => {
    const off = await server.identityServer({ name: 'Dormant' });
    const user = await off.user();
    await server.admin('PATCH', `/identity-servers/${off.slug}`, { active: false });
    for (const [method, path] of [
      ['GET', '/Users'],
      ['GET', `/Users/${user}`],
      ['DELETE', `/Users/${user}`],
      ['GET', '/Schemas'],
      ['GET', '/NoSuchEndpoint'],
    ] as const) {
      expect(expectError(await off.send(method, path), 403)).toContain('Dormant');
    }
    expectError(await off.as(undefined).send('GET', '/Users'), 401);
    expect((await off.send('GET', '/ServiceProviderConfig')).status).toBe(200);

    await server.admin('PATCH', `/identity-servers/${off.slug}`, { active: true });
    expect((await off.send('GET', `/Users/${user}`)).status).toBe(200);
  });
});

describe('a method that an endpoint lacks', () => {
  it.each([
    ['', 'GET', ['POST', 'PUT', 'PATCH', 'DELETE']],
    ['/.search', 'POST', ['GET', 'PUT', 'PATCH', 'DELETE']],
    ['/Users', 'GET, POST', ['PUT', 'PATCH', 'DELETE']],
    ['/Groups', 'GET, POST', ['PUT', 'PATCH', 'DELETE']],
    ['/Users/.search', 'POST', ['GET', 'PUT', 'PATCH', 'DELETE']],
    ['/Users/none', 'GET, PUT, PATCH, DELETE', ['POST']],
    ['/Bulk', 'POST', ['GET', 'PUT', 'PATCH', 'DELETE']],
    ['/Schemas', 'GET', ['POST', 'PUT', 'PATCH', 'DELETE']],
    ['/Schemas/none', 'GET', ['POST', 'PUT', 'PATCH', 'DELETE']],
    ['/ResourceTypes', 'GET', ['POST', 'PUT', 'PATCH', 'DELETE']],
    ['/ResourceTypes/User', 'GET', ['POST', 'PUT', 'PATCH', 'DELETE']],
    ['/ServiceProviderConfig', 'GET', ['POST', 'PUT', 'PATCH', 'DELETE']],
  ])(
    'is 405 with Allow before the body or its type is looked at: %s (RFC 9110 §15.5.6)',
    async (path, allow, methods) => {
      for (const method of methods) {
        for (const [body, type] of [
          ['{"broken', 'application/scim+json'],
          ['<a/>', 'text/xml'],
          ['', undefined],
        ] as const) {
          const answer = await scim.send(method, path, body, { 'content-type': type });
          expect(expectError(answer, 405)).toContain(method);
          expect(answer.headers.allow).toBe(allow);
        }
      }
    },
  );

  it.each(['OPTIONS', 'TRACE', 'PROPFIND', 'REPORT', 'QUERY'])('is 405 also for %s', async (method) => {
    const answer = await scim.send(method, '/Users');
    expectError(answer, 405);
    expect(answer.headers.allow).toBe('GET, POST');
  });
});
