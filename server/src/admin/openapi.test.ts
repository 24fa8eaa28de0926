import type { Json, JsonObject } from '@rollcall/scim';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../config.ts';
import { issuedApiTokenSchema } from '../contract/api-token.ts';
import { openRollcall } from '../rollcall.ts';
import { openTestApplications, type TestApplications } from './application.fixture.ts';
import { exampleOf } from './openapi/example.ts';
import { DESCRIBED } from './openapi/table.ts';
import { objectOf } from './openapi/tidy-schema.ts';

let rollcall: TestApplications;
let document: JsonObject;
let ajv: Ajv2020;
beforeAll(async () => {
  rollcall = await openTestApplications();
  const { text } = await rollcall.send('GET', '/openapi.json');
  document = JSON.parse(text);
  ajv = new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true, allErrors: true });
  formats.default(ajv);
  ajv.addVocabulary(['components']);
  ajv.addSchema({ $id: 'document', components: { schemas: schemas() } });
});
afterAll(() => rollcall.close());

const described = DESCRIBED.flatMap(({ routes }) => routes);

/** Every operation of the document with its place. */
function operations() {
  return Object.entries(objectOf(document.paths)).flatMap(([path, methods]) =>
    Object.entries(objectOf(methods)).map(([method, operation]) => ({ method, path, operation: objectOf(operation) })),
  );
}

const schemas = (): Record<string, JsonObject> =>
  Object.fromEntries(
    Object.entries(objectOf(objectOf(document.components).schemas)).map(([name, one]) => [name, objectOf(one)]),
  );

function references(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'ref' in value || typeof objectOf(value).$ref === 'string' ? [String(objectOf(value).$ref)] : [];
  return [...own, ...Object.values(value).flatMap(references)];
}

/** A validator of a component, in the words of JSON Schema 2020-12 alone. */
const validatorOf = (name: string) => ajv.compile({ $ref: `document#/components/schemas/${name}` });

describe('the OpenAPI document', () => {
  it('describes every route that is registered, and no other', async () => {
    const registered: string[] = [];
    const config = configSchema.parse({ data: `${rollcall.directory}/routes`, logLevel: 'silent' });
    const other = await openRollcall(config);
    try {
      other.admin.addHook('onRoute', ({ method, url }) => {
        // A HEAD is its GET.
        const methods = [method].flat().filter((one) => one !== 'HEAD');
        registered.push(...methods.map((one) => `${one} ${url}`));
      });
      await other.admin.ready();
    } finally {
      await other.close();
    }
    const inTable = described.map(({ method, path }) => `${method} /api${path}`);
    expect(inTable.toSorted()).toEqual(registered.toSorted());
    const inDocument = operations().map(({ method, path }) => `${method.toUpperCase()} /api${path}`);
    expect(inDocument.toSorted()).toEqual(inTable.map((one) => one.replace(/:(\w+)/g, '{$1}')).toSorted());
  });

  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
    expect(errors ?? []).toEqual([]);
    expect([valid, document.openapi]).toEqual([true, '3.1.1']);
  });

  it('refers to nothing that is not in it, and holds nothing that nobody refers to', () => {
    const wanted = new Set(references(document));
    const present = new Set(Object.keys(schemas()).map((name) => `#/components/schemas/${name}`));
    expect([...wanted].filter((one) => !present.has(one))).toEqual([]);
    expect([...present].filter((one) => !wanted.has(one))).toEqual([]);
  });

  it('has schemas that a validator takes, each with an example that it describes', () => {
    for (const [name, schema] of Object.entries(schemas())) {
      const validate = validatorOf(name);
      expect(validate(exampleOf(schema, schemas())) ? [] : validate.errors, name).toEqual([]);
    }
  });

  it('names each operation once, with a summary and the problems that it may answer', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations()) {
      expect(operation.summary).toMatch(/^[A-Z].*[^.]$/);
      const needsCredentials = operation['x-role'] !== 'anyone';
      const statuses = needsCredentials ? ['401', 'default'] : ['default'];
      expect(Object.keys(objectOf(operation.responses))).toEqual(expect.arrayContaining(statuses));
    }
  });

  it('says which role an operation needs, as the route itself says it', () => {
    const role = (method: string, path: string) =>
      operations().find((one) => one.method === method && one.path === path)?.operation['x-role'];
    expect(role('get', '/overview')).toBe('auditor');
    expect(role('post', '/settings/mail-test')).toBe('administrator');
    expect(role('delete', '/applications/{application}')).toBe('administrator');
  });

  it('describes the parameters of a query as they are sent', () => {
    const log = operations().find(({ path, method }) => path.endsWith('/{server}/log') && method === 'get');
    const parameters = new Map(
      (Array.isArray(log?.operation.parameters) ? log.operation.parameters : []).map((one) => {
        const { name, ...rest } = objectOf(one);
        return [name, rest];
      }),
    );
    expect(parameters.get('server')).toEqual({ in: 'path', required: true, schema: { type: 'string' } });
    expect(parameters.get('limit')).toEqual({
      in: 'query',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
    });
    expect(parameters.get('since')).toMatchObject({ required: false, schema: { type: 'string' } });
  });

  it.each([
    ['/overview', 'Overview'],
    ['/identity-servers', 'IdentityServerList'],
    ['/identity-servers/hr/tokens', 'TokenList'],
    ['/identity-servers/hr/resources/User', 'ResourceList'],
    ['/identity-servers/target/log', 'Log'],
    ['/identity-servers/hr/changes', 'ChangeList'],
    ['/applications', 'ApplicationList'],
    ['/applications/crm/status', 'ProvisioningStatus'],
    ['/applications/crm/mappings', 'Mappings'],
    ['/applications/crm/log', 'ProvisioningLog'],
    ['/applications/crm/drift', 'DriftList'],
    ['/statistics/requests', 'RequestStatistics'],
    ['/settings', 'InstallationSettings'],
    ['/audit', 'AuditLog'],
    ['/status', 'Status'],
    ['/expression-functions', 'ExpressionFunctionList'],
    ['/nothing', 'Problem'],
  ])('describes what %s really answers', async (path, name) => {
    if ((await rollcall.send('GET', '/applications/crm')).status === 404) {
      await rollcall.add({ connection: rollcall.connection });
      await fetch(`${rollcall.connection.baseUrl}/Users`);
    }
    const { text } = await rollcall.send('GET', path);
    const validate = validatorOf(name);
    expect(validate(JSON.parse(text)) ? [] : validate.errors).toEqual([]);
  });

  it('takes the bodies that the API takes, and refuses those that it refuses', () => {
    const newToken = validatorOf('NewToken');
    expect(newToken({ name: 'Entra 2026', expiresIn: '90d' })).toBe(true);
    expect(newToken({ name: 'Entra 2026', expires: '90d' })).toBe(false);
    expect(newToken({})).toBe(false);
  });
});

describe('the pages of the API', () => {
  const page = async (path: string) => {
    const { status, headers, text } = await rollcall.send('GET', path);
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    return { headers, text };
  };
  const groups = async () => {
    const { text } = await page('/docs');
    return [...new Set([...text.matchAll(/href="\/api(\/docs\/[^"#]+)/g)].map(([, path = '']) => path))];
  };

  it('hold every operation, each once', async () => {
    const pages = await Promise.all((await groups()).map(page));
    const ids = pages.flatMap(({ text }) => [...text.matchAll(/<section id="(\w+)">/g)].map(([, id]) => id));
    expect(ids.toSorted()).toEqual(
      operations()
        .map(({ operation }) => operation.operationId)
        .toSorted(),
    );
  });

  it('need no script, and let none in', async () => {
    for (const path of ['/docs', ...(await groups())]) {
      const { headers, text } = await page(path);
      expect(headers['content-security-policy']).toContain("script-src 'self'");
      expect(text).not.toMatch(/<script|\son\w+=|undefined|\[object/);
    }
  });

  it('show a request and an answer by example', async () => {
    const { text } = await page('/docs/applications');
    expect(text).toContain('POST</span> <code>/api/applications</code>');
    expect(text).toContain('-X POST &#39;https://scim.example.com/api/applications&#39;');
    expect(text).toContain('&quot;baseUrl&quot;: &quot;https://crm.example.com/scim/v2&quot;');
    expect(text).toContain('<strong>409</strong> It exists already (<code>already-exists</code>)');
  });

  it('want credentials over TCP like everything else, and are 404 where there is none', async () => {
    expect((await fetch(`${rollcall.url}/api/docs`)).status).toBe(401);
    const { token } = await rollcall.ask(issuedApiTokenSchema, 'POST', '/api-tokens', { name: 'Docs', access: 'read' });
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${rollcall.url}/api/docs`, { headers })).status).toBe(200);
    expect((await fetch(`${rollcall.url}/api/docs/nothing`, { headers })).status).toBe(404);
  });
});
