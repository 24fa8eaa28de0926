import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { definitionListSchema } from '../contract/definition.ts';
import { identityServerSchema } from '../contract/identity-server.ts';
import { problemSchema } from '../contract/problem.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const BADGE = 'urn:example:params:scim:schemas:extension:badge:1.0:User';
const DEVICE = 'urn:example:params:scim:schemas:device:1.0:Device';
const badge = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
  id: BADGE,
  name: 'Badge',
  attributes: [{ name: 'number', type: 'string', uniqueness: 'server' }],
};
const device = { id: DEVICE, name: 'Device', attributes: [{ name: 'serial', type: 'string', required: true }] };
const deviceType = { name: 'Device', endpoint: '/Devices', schema: DEVICE };

let rollcall: TestRollcall;
beforeAll(async () => {
  rollcall = await openTestRollcall();
});
afterAll(() => rollcall.close());

async function server(name: string) {
  const { slug } = await rollcall.ask(identityServerSchema, 'POST', '/identity-servers', { name, security: 'none' });
  const definitions = `/identity-servers/${slug}/definitions`;
  return {
    add: (body: unknown) => rollcall.ask(definitionListSchema, 'POST', definitions, body),
    list: async () =>
      (await rollcall.ask(definitionListSchema, 'GET', definitions)).definitions.map(({ kind, name }) => [kind, name]),
    refused: async (body: unknown) =>
      problemSchema.parse(JSON.parse((await rollcall.send('POST', definitions, body)).text)),
    remove: (urn: string, query = '') => rollcall.send('DELETE', `${definitions}/${encodeURIComponent(urn)}${query}`),
    async scim(method: string, path: string, body?: object) {
      const answer = await fetch(`${rollcall.url}/scim/${slug}/v2${path}`, {
        method,
        headers: { 'content-type': 'application/scim+json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
    },
  };
}

const userWithBadge = (userName: string, number: string) => ({ schemas: [USER, BADGE], userName, [BADGE]: { number } });

describe('adding schemas while the server runs', () => {
  it('makes a bare Schema an extension of User: shown by discovery, stored, and unique where it says so', async () => {
    const { add, list, scim } = await server('Badges');
    await add(badge);
    expect(await list()).toEqual([
      ['extension', `User ${BADGE}`],
      ['schema', BADGE],
    ]);
    expect((await scim('GET', `/Schemas/${BADGE}`)).body).toMatchObject({ id: BADGE, name: 'Badge' });
    expect((await scim('GET', '/ResourceTypes/User')).body.schemaExtensions).toContainEqual({
      schema: BADGE,
      required: false,
    });
    expect((await scim('POST', '/Users', userWithBadge('a', '1'))).body).toMatchObject({ [BADGE]: { number: '1' } });
    expect((await scim('POST', '/Users', userWithBadge('b', '1'))).body).toMatchObject({
      status: '409',
      scimType: 'uniqueness',
    });
    const found = await scim('GET', `/Users?filter=${encodeURIComponent(`${BADGE}:number eq "1"`)}`);
    expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ userName: 'a' }] });
  });

  it('extends the resource type that is named, as required', async () => {
    const { add, scim } = await server('Groups');
    await add({ resourceType: 'Group', required: true, schema: badge });
    const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Sales' };
    expect((await scim('POST', '/Groups', group)).status).toBe(400);
    const schemas = [...group.schemas, BADGE];
    expect((await scim('POST', '/Groups', { ...group, schemas, [BADGE]: { number: '7' } })).status).toBe(201);
  });

  it('adds whole resource types with an endpoint of their own', async () => {
    const { add, scim } = await server('Devices');
    await add({ resourceTypes: [deviceType], schemas: [device] });
    const created = await scim('POST', '/Devices', { schemas: [DEVICE], serial: 'X1' });
    expect(created.body).toMatchObject({ serial: 'X1', meta: { resourceType: 'Device' } });
    expect((await scim('GET', `/Devices/${created.body.id}`)).status).toBe(200);
    expect((await scim('GET', '/ResourceTypes')).body.totalResults).toBe(3);
  });

  it('is of one identity server alone', async () => {
    const { add } = await server('With');
    const other = await server('Without');
    await add(badge);
    expect(await other.list()).toEqual([]);
    expect((await other.scim('GET', `/Schemas/${BADGE}`)).status).toBe(404);
  });

  it.each([
    ['nothing', {}, 'There is nothing in it'],
    ['an array', [], 'body'],
    ["a schema of the standard's", { ...badge, id: USER }, 'reserved by the standard'],
    ['a resource type that does not exist', { resourceType: 'Robot', schema: badge }, "'Robot'"],
    ['a resource type without its schema', { resourceTypes: [deviceType] }, DEVICE],
    ['a schema that nothing uses', { schemas: [device] }, `No resource type uses ${DEVICE}`],
    ['an attribute of an unknown type', { ...badge, attributes: [{ name: 'x', type: 'colour' }] }, 'type'],
    [
      'a complex attribute in another',
      {
        ...badge,
        attributes: [
          { name: 'a', type: 'complex', subAttributes: [{ name: 'b', type: 'complex', subAttributes: [] }] },
        ],
      },
      'complex',
    ],
    ['an unknown member', { resourceType: 'User', schema: badge, colour: 'red' }, 'colour'],
  ])('refuses %s, naming it, and stores nothing', async (name, body, words) => {
    const { list, refused } = await server(name);
    const problem = await refused(body);
    expect(problem.status).toBe(400);
    expect(problem.detail).toContain(words);
    expect(await list()).toEqual([]);
  });

  it('refuses the same again, whatever the case of its letters', async () => {
    const { add, refused } = await server('Twice');
    await add(badge);
    expect(await refused({ ...badge, id: BADGE.replace('badge', 'BADGE') })).toMatchObject({
      type: '/problems/already-exists',
      status: 409,
    });
  });
});

describe('removing schemas', () => {
  it('is refused while resources hold their data', async () => {
    const { add, remove, scim, list } = await server('In use');
    await add(badge);
    const { body } = await scim('POST', '/Users', userWithBadge('a', '1'));
    const refused = await remove(BADGE);
    expect(problemSchema.parse(JSON.parse(refused.text))).toMatchObject({
      type: '/problems/in-use',
      status: 409,
      detail: expect.stringMatching(/^One resource uses it\. .*--force/),
    });
    await scim('DELETE', `/Users/${body.id}`);
    expect((await remove(BADGE)).status).toBe(200);
    expect(await list()).toEqual([]);
  });

  it('leaves the data out of answers when it is forced', async () => {
    const { add, remove, scim } = await server('Forced');
    await add(badge);
    const { body } = await scim('POST', '/Users', userWithBadge('a', '1'));
    expect((await remove(BADGE, '?force=true')).status).toBe(200);
    const shown = await scim('GET', `/Users/${body.id}`);
    expect(shown.body).toMatchObject({ userName: 'a' });
    expect(shown.body[BADGE]).toBeUndefined();
    const patch = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'displayName', value: 'A' }],
    };
    expect((await scim('PATCH', `/Users/${body.id}`, patch)).body).toMatchObject({ displayName: 'A' });
  });

  it('removes a resource type once it is empty, and its schema only after it', async () => {
    const { add, remove, scim, list } = await server('Empty');
    await add({ resourceTypes: [deviceType], schemas: [device] });
    const { body } = await scim('POST', '/Devices', { schemas: [DEVICE], serial: 'X1' });
    expect((await remove('Device')).status).toBe(409);
    expect(problemSchema.parse(JSON.parse((await remove(DEVICE)).text)).detail).toContain('Another definition needs');
    await scim('DELETE', `/Devices/${body.id}`);
    expect((await remove('Device')).status).toBe(200);
    expect((await remove(DEVICE)).status).toBe(200);
    expect(await list()).toEqual([]);
    expect((await scim('GET', '/Devices')).status).toBe(404);
  });

  it('refuses what was never added', async () => {
    const { remove } = await server('Nothing');
    expect((await remove(USER)).status).toBe(404);
  });
});
