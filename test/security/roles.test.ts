import { issuedApiTokenSchema, issuedTokenSchema, planSchema } from '@rollcall/server/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApplications, type TestApplications } from '../../server/src/admin/application.fixture.ts';
import { roleOfRoute } from '../../server/src/admin/role.ts';
import { type Names, type Operation, operationsOf, placeOf } from './operations.ts';

type Role = 'administrator' | 'operator' | 'auditor';
/** Who tries: people of a role, an API token that may read, and nobody. */
type Holder = 'operator' | 'auditor' | 'read' | 'none';

const HOLDERS = ['operator', 'auditor', 'read', 'none'] as const;
const RANK: Readonly<Record<Role, number>> = { auditor: 1, operator: 2, administrator: 3 };
const RANK_OF: Readonly<Record<Holder, number>> = { operator: 2, auditor: 1, read: 1, none: 0 };

let rollcall: TestApplications;
let operations: Operation[];
let real: Names;
let readToken: string;
beforeAll(async () => {
  rollcall = await openTestApplications();
  await rollcall.add({ slug: 'crm', settings: { scope: 'all' }, connection: rollcall.connection });
  const issue = (name: string, access: string) =>
    rollcall.ask(issuedApiTokenSchema, 'POST', '/api-tokens', { name, access });
  readToken = (await issue('Prometheus', 'read')).token;
  const scim = await rollcall.ask(issuedTokenSchema, 'POST', '/identity-servers/hr/tokens', { name: 'Entra' });
  const plan = await rollcall.ask(planSchema, 'POST', '/applications/crm/plans');
  const users = await rollcall.send('GET', '/identity-servers/hr/resources/User');
  real = {
    '{server}': 'hr',
    '{application}': 'crm',
    '{type}': 'User',
    '{type}/{id}': JSON.parse(users.text).Resources[0].id,
    '/administrators/{id}': rollcall.person('auditor').id,
    '/tokens/{token}': scim.id,
    '/api-tokens/{token}': (await issue('Deployment', 'write')).id,
    '{plan}': plan.id,
    '{n}': '1',
    '{name}': 'User',
    '{group}': 'tokens',
  };
  const auditor = rollcall.person('auditor');
  operations = operationsOf(JSON.parse(await (await auditor.send('GET', '/openapi.json')).text()));
});
afterAll(() => rollcall.close());

const credentials = (holder: Holder): Readonly<Record<string, string>> => {
  if (holder === 'none') return {};
  // Somebody else each time: what they may do can be signing out everywhere.
  return holder === 'read' ? { authorization: `Bearer ${readToken}` } : rollcall.person(holder).headers;
};

/** The status of the answer to an operation over TCP. */
async function attempt(operation: Operation, holder: Holder, names: Names): Promise<number> {
  const { method, takesBody } = operation;
  const body = takesBody ? { body: '{}' } : {};
  const headers = { ...credentials(holder), ...(takesBody ? { 'content-type': 'application/json' } : {}) };
  const place = `${rollcall.url}/api${placeOf(operation, names)}`;
  const answer = await fetch(place, { method, headers, redirect: 'manual', ...body });
  await answer.body?.cancel();
  return answer.status;
}

/** What the document promises: 401 or 403, or undefined where the role suffices. */
function refusal({ role, localOnly }: Operation, holder: Holder): number | undefined {
  if (role === 'anyone') return undefined;
  if (holder === 'none') return 401;
  if (role === 'person') return holder === 'read' ? 403 : undefined;
  return RANK_OF[holder] < RANK[role] || localOnly ? 403 : undefined;
}

const title = ({ method, path }: Operation) => `${method} ${path}`;

describe('the roles of the OpenAPI document', () => {
  it('are those of all routes that there are', () => {
    const registered = rollcall.routes.flatMap(({ method, url, config = {} }) =>
      [method]
        .flat()
        .filter((one) => one !== 'HEAD')
        .map((one) => `${one} ${url.replace(/:(\w+)/g, '{$1}')} for ${roleOfRoute(one, config)}`),
    );
    const described = operations.map((operation) => `${operation.method} /api${operation.path} for ${operation.role}`);
    expect(described.toSorted()).toEqual(registered.toSorted());
  });

  it('refuse over the wire whoever has too little, and nothing comes of the attempt', async () => {
    // Not the people: each attempt has somebody of its own.
    const lists = ['/identity-servers', '/applications', '/tokens', '/api-tokens', '/plans/PLAN', '/audit'];
    const state = async () => {
      const paths = lists.map((path) => path.replace('PLAN', real['{plan}'] ?? ''));
      const texts = await Promise.all(paths.map(async (path) => (await rollcall.send('GET', path)).text));
      return texts.map((text) => text.replace(/"lastUsed\w+":("[^"]*"|null)/g, ''));
    };
    const before = await state();
    const wrong: string[] = [];
    for (const operation of operations) {
      for (const holder of HOLDERS) {
        const wanted = refusal(operation, holder);
        if (wanted === undefined) continue;
        const got = await attempt(operation, holder, real);
        if (got !== wanted) wrong.push(`${title(operation)} for ${holder}: ${got}, not ${wanted}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it('let past whoever has enough', async () => {
    // Nothing of this name is there, so that nothing comes of it.
    const names = Object.fromEntries(Object.keys(real).map((key) => [key, 'nothing-of-this-name']));
    const wrong: string[] = [];
    let attempts = 0;
    for (const operation of operations) {
      for (const holder of HOLDERS) {
        if (refusal(operation, holder) !== undefined) continue;
        attempts++;
        const got = await attempt(operation, holder, names);
        if (got === 401 || got === 403 || got >= 500) wrong.push(`${title(operation)} for ${holder}: ${got}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(attempts).toBeGreaterThan(operations.length);
  });
});
