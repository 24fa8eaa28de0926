import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issuedApiTokenSchema } from '../contract/api-token.ts';
import { problemSchema } from '../contract/problem.ts';
import type { Role } from '../store/administrator-contract.ts';
import { includesRole, isReading, type RouteRole, roleOfRoute } from './role.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

let rollcall: TestRollcall;
let credentials: Readonly<Record<'auditor' | 'operator' | 'administrator' | 'read' | 'write' | 'none', Headers>>;
beforeAll(async () => {
  rollcall = await openTestRollcall();
  const token = async (access: string) => {
    const issued = await rollcall.ask(issuedApiTokenSchema, 'POST', '/api-tokens', { name: access, access });
    return new Headers({ authorization: `Bearer ${issued.token}` });
  };
  const person = (role: Role) => new Headers(rollcall.person(role).headers);
  credentials = {
    auditor: person('auditor'),
    operator: person('operator'),
    administrator: person('administrator'),
    read: await token('read'),
    write: await token('write'),
    none: new Headers(),
  };
});
afterAll(() => rollcall.close());

interface Route {
  readonly method: string;
  readonly path: string;
  readonly role: RouteRole;
  readonly localOnly: boolean;
}

function routes(): Route[] {
  return rollcall.routes.flatMap(({ method, url, config = {} }) => {
    // A HEAD is its GET, which is walked.
    const methods = [method].flat().filter((one) => one !== 'HEAD');
    return methods.map((one) => ({
      method: one,
      path: url.replace(/:\w+/g, 'x').replace('*', 'x'),
      role: roleOfRoute(one, config),
      localOnly: config.localOnly === true,
    }));
  });
}

/** What a request is refused with before the route is asked; undefined when it gets there. */
async function refusal({ method, path }: Route, headers: Headers): Promise<string | undefined> {
  // A body that no route takes: what is let in changes nothing.
  const body = isReading(method) ? {} : { body: '[' };
  const sent = new Headers([...headers, ['content-type', 'application/json']]);
  const answer = await fetch(`${rollcall.url}${path}`, { method, headers: sent, redirect: 'manual', ...body });
  if (answer.status !== 401 && answer.status !== 403) {
    await answer.body?.cancel();
    return undefined;
  }
  return problemSchema.parse(await answer.json()).type.replace('/problems/', '');
}

const HOLDERS = {
  auditor: 'auditor',
  operator: 'operator',
  administrator: 'administrator',
  read: 'auditor',
  write: 'administrator',
} as const satisfies Record<string, Role>;

function expected({ role, localOnly }: Route, holder: keyof typeof HOLDERS | 'none'): string | undefined {
  if (role === 'anyone') return undefined;
  if (holder === 'none') return 'not-authenticated';
  const isToken = holder === 'read' || holder === 'write';
  if (role === 'person') return isToken ? 'not-allowed' : undefined;
  if (!includesRole(HOLDERS[holder], role)) return isToken ? 'read-only' : 'not-allowed';
  return localOnly ? 'local-only' : undefined;
}

describe('roles', () => {
  it('are asked for by every route that there is', async () => {
    const all = routes();
    expect(all.length).toBeGreaterThan(70);
    const wrong: string[] = [];
    for (const route of all) {
      for (const holder of ['none', 'auditor', 'operator', 'administrator', 'read', 'write'] as const) {
        const got = await refusal(route, credentials[holder]);
        const wanted = expected(route, holder);
        if (got !== wanted) wrong.push(`${route.method} ${route.path} for ${holder}: ${got}, not ${wanted}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('let strangers see and do nothing but sign in', () => {
    const open = routes().filter(({ role }) => role === 'anyone');
    expect(open.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/session',
      'POST /api/session',
      'DELETE /api/session',
      'POST /api/setup',
      'POST /api/setup/reset',
      'GET /api/oidc/start',
      'GET /api/oidc/callback',
    ]);
  });

  it('let an operator run and not configure', () => {
    const operators = routes().filter(({ method, role }) => !isReading(method) && role === 'operator');
    const paths = operators.map(({ method, path }) => `${method} ${path.replace('/api/applications/x/', '')}`);
    expect(paths.filter((path) => !path.includes('plans/'))).toEqual([
      'POST test',
      'POST mappings/preview',
      'POST expression',
      'POST start',
      'POST stop',
      'POST restart',
      'POST provision',
      'POST staged/allow',
      'POST staged/reject',
      'POST plans',
      'POST drift/check',
      'POST drift/decide',
    ]);
    const reading = routes().filter(({ method }) => isReading(method));
    expect(reading.map(({ role }) => role).filter((role) => role !== 'anyone' && role !== 'auditor')).toEqual([]);
  });

  it('are refused for a path that is no route as for one that is', async () => {
    for (const [holder, method, wanted] of [
      ['none', 'GET', 'not-authenticated'],
      ['none', 'POST', 'not-authenticated'],
      ['auditor', 'POST', 'not-allowed'],
      ['auditor', 'GET', undefined],
    ] as const) {
      const route = { method, path: '/api/no/such/route', role: 'auditor', localOnly: false } as const;
      expect([holder, method, await refusal(route, credentials[holder])]).toEqual([holder, method, wanted]);
    }
  });

  it('keep an operator from testing another connection than the saved one', async () => {
    const operator = rollcall.person('operator');
    const body = { connection: { baseUrl: 'http://127.0.0.1:9/scim' } };
    const answer = await operator.send('POST', '/applications/crm/test', body);
    expect([answer.status, problemSchema.parse(await answer.json()).detail]).toEqual([
      403,
      'Only an administrator may try another connection than the saved one.',
    ]);
    expect((await operator.send('POST', '/applications/crm/test')).status).toBe(404);
  });

  it('change at once', async () => {
    const person = rollcall.person('administrator');
    expect((await person.send('POST', '/identity-servers', {})).status).toBe(400);
    const boss = rollcall.person('administrator');
    expect((await boss.send('PATCH', `/administrators/${person.id}`, { active: false })).status).toBe(200);
    expect((await person.send('GET', '/status')).status).toBe(401);
    expect((await boss.send('PATCH', `/administrators/${person.id}`, { active: true })).status).toBe(200);
    // The session ended; it does not come back with the person.
    expect((await person.send('GET', '/status')).status).toBe(401);
  });
});
