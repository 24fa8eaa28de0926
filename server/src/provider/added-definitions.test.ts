import type { JsonObject } from '@rollcall/scim';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from '../http/expect-error.fixture.ts';
import { type RunningServer, runServer, type TestClient, USER } from '../http/running-server.fixture.ts';
import { listAt, textAt, valueAt } from '../http/value-at.fixture.ts';

const BADGE = 'urn:example:params:scim:schemas:extension:badge:1.0:User';
const DEVICE = 'urn:example:params:scim:schemas:device:1.0:Device';
const badge = {
  resourceType: 'User',
  schema: {
    id: BADGE,
    name: 'Badge',
    attributes: [
      { name: 'number', type: 'string', uniqueness: 'server', caseExact: true },
      { name: 'floor', type: 'integer' },
      { name: 'issued', type: 'dateTime' },
      { name: 'color', type: 'string', canonicalValues: ['red', 'green'] },
      { name: 'serial', type: 'string', mutability: 'immutable' },
      { name: 'pin', type: 'string', mutability: 'writeOnly', returned: 'never' },
      {
        name: 'doors',
        type: 'complex',
        multiValued: true,
        subAttributes: [
          { name: 'value', type: 'string' },
          { name: 'primary', type: 'boolean' },
        ],
      },
    ],
  },
};
const device = {
  resourceTypes: [{ name: 'Device', endpoint: '/Devices', schema: DEVICE }],
  schemas: [
    {
      id: DEVICE,
      name: 'Device',
      attributes: [
        { name: 'serial', type: 'string', required: true, uniqueness: 'server' },
        { name: 'weight', type: 'decimal' },
        { name: 'owner', type: 'reference', referenceTypes: ['User'] },
      ],
    },
  ],
};

let server: RunningServer;
beforeAll(async () => {
  server = await runServer();
});
afterAll(() => server.stop());

const definitionsOf = (scim: TestClient) => `/identity-servers/${scim.slug}/definitions`;
const remove = (scim: TestClient, name: string) =>
  server.admin('DELETE', `${definitionsOf(scim)}/${encodeURIComponent(name)}?force=true`);
const found = async (scim: TestClient, path: string, query: Record<string, string>) => {
  const { body } = await scim.send('GET', `${path}?${new URLSearchParams(query)}`);
  return listAt(body, 'Resources').map((resource) => valueAt(resource, 'userName') ?? valueAt(resource, 'serial'));
};

describe('an extension added while the server runs', () => {
  let scim: TestClient;
  const create = (userName: string, values: JsonObject) =>
    scim.send('POST', '/Users', { schemas: [USER, BADGE], userName, [BADGE]: values });
  beforeAll(async () => {
    scim = await server.identityServer();
    await scim.user({ userName: 'before' });
    await server.admin('POST', definitionsOf(scim), badge);
  });

  it('is shown by discovery at once (RFC 7643 §6, §7)', async () => {
    const schema = await scim.send('GET', `/Schemas/${BADGE}`);
    expect(schema.body).toMatchObject({ id: BADGE, name: 'Badge', meta: { resourceType: 'Schema' } });
    expect(listAt(schema.body, 'attributes')[0]).toMatchObject({
      name: 'number',
      type: 'string',
      multiValued: false,
      required: false,
      caseExact: true,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'server',
    });
    const { body } = await scim.send('GET', '/ResourceTypes/User');
    expect(listAt(body, 'schemaExtensions')).toContainEqual({ schema: BADGE, required: false });
    expect((await scim.send('GET', '/Schemas')).text).toContain(BADGE);
  });

  it('is enforced: types, canonical form, mutability, what is never returned (RFC 7643 §2.2)', async () => {
    expect(expectError(await create('wrong', { floor: 'first' }), 400, 'invalidValue')).toContain('floor');
    expect(expectError(await create('wrong', { issued: 'yesterday' }), 400, 'invalidValue')).toContain('issued');
    expectError(
      await create('wrong', {
        doors: [
          { value: 'A', primary: true },
          { value: 'B', primary: true },
        ],
      }),
      400,
      'invalidValue',
    );
    const made = await create('right', { floor: 3, issued: '2026-01-02T03:04:05Z', serial: 'S1', pin: '0000' });
    expect([made.status, valueAt(made.body, BADGE)]).toEqual([
      201,
      { floor: 3, issued: '2026-01-02T03:04:05Z', serial: 'S1' },
    ]);
    const path = `/Users/${textAt(made.body, 'id')}`;
    const immutable = await scim.patch(path, { op: 'replace', path: `${BADGE}:serial`, value: 'S2' });
    expectError(immutable, 400, 'mutability');
    expect((await scim.send('GET', path)).text).not.toContain('0000');
  });

  it('has attributes that are unique where it says so, on POST, PUT and PATCH (RFC 7643 §7)', async () => {
    expect((await create('first', { number: 'N-1' })).status).toBe(201);
    expect(expectError(await create('second', { number: 'N-1' }), 409, 'uniqueness')).toContain('number');
    expect((await create('second', { number: 'n-1' })).status).toBe(201);
    const third = `/Users/${textAt((await create('third', { number: 'N-3' })).body, 'id')}`;
    expectError(await scim.patch(third, { op: 'replace', path: `${BADGE}:number`, value: 'N-1' }), 409, 'uniqueness');
    const taken = { schemas: [USER, BADGE], userName: 'third', [BADGE]: { number: 'N-1' } };
    expectError(await scim.send('PUT', third, taken), 409, 'uniqueness');
    expect((await scim.send('PUT', third, { schemas: [USER], userName: 'third' })).status).toBe(200);
    expect((await create('fourth', { number: 'N-3' })).status).toBe(201);
  });

  it('can be filtered, sorted, projected and patched by, also on users from before it', async () => {
    for (const [name, floor] of [
      ['upper', 12],
      ['lower', 2],
      ['ground', 0],
    ] as const) {
      await create(name, { floor, doors: [{ value: `${name} door` }] });
    }
    expect(await found(scim, '/Users', { filter: `${BADGE}:floor ge 2 and userName ew "er"` })).toEqual([
      'upper',
      'lower',
    ]);
    expect(await found(scim, '/Users', { filter: `${BADGE}:doors[value co "LOWER"]` })).toEqual(['lower']);
    const filter = `${BADGE}:floor pr and ${BADGE}:doors pr`;
    expect(await found(scim, '/Users', { filter, sortBy: `${BADGE}:floor`, sortOrder: 'descending' })).toEqual([
      'upper',
      'lower',
      'ground',
    ]);
    const before = await scim.send('GET', '/Users?filter=userName%20eq%20%22before%22');
    const path = `/Users/${textAt(before.body, 'Resources', 0, 'id')}`;
    const patched = await scim.patch(path, { op: 'add', path: `${BADGE}:floor`, value: 7 });
    expect([valueAt(patched.body, BADGE), valueAt(patched.body, 'schemas')]).toEqual([{ floor: 7 }, [USER, BADGE]]);
    const projected = await scim.send('GET', `${path}?attributes=${BADGE}:floor`);
    expect(Object.keys(Object(projected.body)).toSorted()).toEqual(['id', 'schemas', BADGE].toSorted());
    const removed = await scim.patch(path, { op: 'remove', path: `${BADGE}:floor` });
    expect([valueAt(removed.body, BADGE), valueAt(removed.body, 'schemas')]).toEqual([undefined, [USER]]);
  });

  it('takes its data out of answers, filters and uniqueness when it is removed', async () => {
    const own = await server.identityServer();
    await server.admin('POST', definitionsOf(own), badge);
    const user = { schemas: [USER, BADGE], userName: 'kept', [BADGE]: { number: 'K', floor: 1 } };
    const path = `/Users/${textAt((await own.send('POST', '/Users', user)).body, 'id')}`;
    await remove(own, BADGE);
    const { body } = await own.send('GET', path);
    expect([valueAt(body, 'userName'), valueAt(body, BADGE), valueAt(body, 'schemas')]).toEqual([
      'kept',
      undefined,
      [USER],
    ]);
    expect((await own.send('GET', '/Users')).text).not.toContain(BADGE);
    expectError(
      await own.send('GET', `/Users?filter=${encodeURIComponent(`${BADGE}:number eq "K"`)}`),
      400,
      'invalidFilter',
    );
    expectError(await own.send('GET', `/Schemas/${BADGE}`), 404);
    expect((await own.send('GET', '/ResourceTypes/User')).text).not.toContain(BADGE);
    expect((await own.patch(path, { op: 'replace', path: 'title', value: 'T' })).status).toBe(200);
    expect((await own.send('POST', '/Users', { ...user, userName: 'ignored' })).status).toBe(201);
  });
});

describe('a resource type added while the server runs', () => {
  let scim: TestClient;
  const create = (values: JsonObject) => scim.send('POST', '/Devices', { schemas: [DEVICE], ...values });
  beforeAll(async () => {
    scim = await server.identityServer();
    expectError(await scim.send('GET', '/Devices'), 404);
    await server.admin('POST', definitionsOf(scim), device);
  });

  it('has every operation at its endpoint, and stands in /ResourceTypes (RFC 7643 §6)', async () => {
    const { body } = await scim.send('GET', '/ResourceTypes/Device');
    expect(body).toMatchObject({ id: 'Device', endpoint: '/Devices', schema: DEVICE, name: 'Device' });
    const made = await create({ serial: 'D-1', weight: 1.5 });
    const path = `/Devices/${textAt(made.body, 'id')}`;
    expect(made.body).toMatchObject({
      schemas: [DEVICE],
      serial: 'D-1',
      weight: 1.5,
      meta: { resourceType: 'Device' },
    });
    expect(made.headers.location).toBe(`${server.origin}${scim.base}${path}`);
    const patched = await scim.patch(path, { op: 'replace', path: 'weight', value: 2 });
    expect(valueAt(patched.body, 'weight')).toBe(2);
    const put = await scim.send(
      'PUT',
      path,
      { schemas: [DEVICE], serial: 'D-1b' },
      { 'if-match': patched.headers.etag },
    );
    expect([put.status, valueAt(put.body, 'weight')]).toEqual([200, undefined]);
    expect((await scim.send('GET', path, undefined, { 'if-none-match': put.headers.etag })).status).toBe(304);
    expect((await scim.send('DELETE', path)).status).toBe(204);
    expectError(await scim.send('GET', path), 404);
  });

  it('is validated by its schema', async () => {
    expect(expectError(await create({ weight: 1 }), 400, 'invalidValue')).toContain('serial');
    expect(expectError(await create({ serial: 'W', weight: 'heavy' }), 400, 'invalidValue')).toContain('weight');
    expect((await create({ serial: 'U-1' })).status).toBe(201);
    expectError(await create({ serial: 'u-1' }), 409, 'uniqueness');
  });

  it('is searched at its endpoint and at the root, and may be a member of a group', async () => {
    const id = textAt((await create({ serial: 'R-1', weight: 70.25 })).body, 'id');
    await create({ serial: 'R-2', weight: 7 });
    expect(await found(scim, '/Devices', { filter: 'weight gt 7 and serial sw "r-"' })).toEqual(['R-1']);
    expect(await found(scim, '/Devices', { filter: 'serial sw "R"', sortBy: 'weight' })).toEqual(['R-2', 'R-1']);
    expect(await found(scim, '', { filter: 'serial eq "R-1"' })).toEqual(['R-1']);
    const group = await scim.group('Machines', [id]);
    const { body } = await scim.send('GET', `/Groups/${group}`);
    expect(listAt(body, 'members').map((member) => valueAt(member, 'value'))).toEqual([id]);
  });

  it('is covered by the scope of a token under its name', async () => {
    const issued = await server.admin('POST', `/identity-servers/${scim.slug}/tokens`, {
      name: 'd',
      scope: { Device: 'read' },
    });
    const reader = scim.as(`Bearer ${textAt(issued, 'token')}`);
    expect((await reader.send('GET', '/Devices')).status).toBe(200);
    expectError(await reader.send('POST', '/Devices', { schemas: [DEVICE], serial: 'no' }), 403);
    expectError(await reader.send('GET', '/Users'), 403);
  });

  it('takes its resources out of reach when it is removed', async () => {
    const id = textAt((await create({ serial: 'last' })).body, 'id');
    await remove(scim, 'Device');
    expectError(await scim.send('GET', '/Devices'), 404);
    expectError(await scim.send('GET', `/Devices/${id}`), 404);
    expectError(await scim.send('GET', '/ResourceTypes/Device'), 404);
    const root = await scim.send('GET', '');
    expect(root.status).toBe(200);
    expect(root.text).not.toContain(DEVICE);
  });
});
