import type { Json } from '@rollcall/scim';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administer } from '../harness/admin.ts';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { GROUP, PATCH_OP } from '../harness/scim-client.ts';
import { startServer, type TestServer } from '../harness/server.ts';
import { objectsAt, textAt, valueAt } from '../harness/value-at.ts';

type Method = Parameters<TestServer['admin']>[0];

/** What one identity server and an application of it hold. */
interface Side {
  readonly server: TestIdentityServer;
  readonly application: string;
  readonly user: string;
  readonly group: string;
  readonly plan: string;
  /** Of the request that made the user. */
  readonly entry: string;
}

let rollcall: TestServer;
let ours: Side;
let theirs: Side;
beforeAll(async () => {
  rollcall = await startServer();
  ours = await side('ours', await rollcall.identityServer());
  theirs = await side('theirs', await rollcall.identityServer());
});
afterAll(() => rollcall.stop());

const ask = async (method: Method, path: string, body?: Json) =>
  (await administer(rollcall.admin, method, path, body)).body;

async function side(name: string, server: TestIdentityServer): Promise<Side> {
  const user = await server.user({ userName: `mira@${name}.example` });
  const group = await server.group(`Sales of ${name}`, [user]);
  const settings = { scope: 'all' };
  const connection = { baseUrl: `${rollcall.origin}/scim/${rollcall.slug}/v2`, secret: rollcall.token };
  await ask('POST', '/applications', { name, directory: server.slug, settings, connection });
  const plan = textAt(await ask('POST', `/applications/${name}/plans`), '$.id');
  const log = objectsAt(await ask('GET', `/identity-servers/${server.slug}/log`), '$.entries');
  const entry = String(log.find(({ method }) => method === 'POST')?.n);
  return { server, application: name, user, group, plan, entry };
}

/** The statuses of requests of the admin API, each with the request. */
async function statuses(requests: readonly (readonly [Method, string, Json?])[]): Promise<string[]> {
  const lines: string[] = [];
  for (const [method, path, body] of requests) {
    const { status } = await rollcall.admin(method, path, body);
    lines.push(`${method} ${path}: ${status}`);
  }
  return lines;
}

/** What the other side holds, whole. */
const state = async ({ server, application, user, group, plan }: Side): Promise<string> => {
  const at = `/identity-servers/${server.slug}`;
  const paths = [
    at,
    `${at}/resources/User/${user}`,
    `${at}/resources/Group/${group}`,
    `${at}/resources/Group/${group}/members`,
    `${at}/tokens`,
    `${at}/changes?after=0`,
    `/applications/${application}`,
    `/applications/${application}/assignments`,
    `/plans/${plan}`,
  ];
  return JSON.stringify(await Promise.all(paths.map((path) => ask('GET', path))));
};

describe('ids of another identity server', () => {
  it('name nothing in the paths of this one', async () => {
    const at = `/identity-servers/${ours.server.slug}`;
    const application = `/applications/${ours.application}`;
    const patch = { schemas: [PATCH_OP], Operations: [{ op: 'replace', path: 'displayName', value: 'Taken' }] };
    const user = `${at}/resources/User/${theirs.user}`;
    const group = `${at}/resources/Group/${theirs.group}`;
    const plan = `${application}/plans/${theirs.plan}`;
    const before = await state(theirs);
    const requests: (readonly [Method, string, Json?])[] = [
      ['GET', user],
      ['PUT', user, { userName: 'taken' }],
      ['PATCH', user, patch],
      ['DELETE', user],
      ['GET', `${user}/links`],
      ['GET', group],
      ['PUT', group, { displayName: 'taken' }],
      ['PATCH', group, patch],
      ['DELETE', group],
      ['GET', `${group}/members`],
      ['GET', `${group}/links`],
      ['GET', `${at}/log/${theirs.entry}`],
      ['GET', `${at}/log/${theirs.entry}/curl`],
      ['POST', `${at}/log/${theirs.entry}/replay`, { dryRun: true }],
      ['POST', `${at}/log/${theirs.entry}/replay`, { dryRun: false }],
      ['POST', `${application}/assignments`, { objects: [`user:${theirs.user}`] }],
      ['DELETE', `${application}/assignments`, { objects: [`group:${theirs.group}`] }],
      ['POST', `${application}/provision`, { user: theirs.user }],
      ['POST', `${application}/expression`, { expression: '[userName]', object: `user:${theirs.user}` }],
      ['GET', plan],
      ['POST', `${plan}/items/1/reject`],
      ['POST', `${plan}/discard`],
      ['POST', `${plan}/apply`],
    ];
    const lines = await statuses(requests);
    expect(lines.filter((line) => !line.endsWith(': 404'))).toEqual([]);
    expect(await state(theirs)).toBe(before);
  });

  it('have no history and no requests there', async () => {
    const at = `/identity-servers/${ours.server.slug}/resources/User/${theirs.user}`;
    expect((await rollcall.admin('GET', `${at}/history`)).text).not.toContain('theirs.example');
    expect(objectsAt(await ask('GET', `${at}/requests`), '$.entries')).toEqual([]);
  });

  it('name nothing over SCIM either, whatever the operation', async () => {
    const { server } = ours;
    const before = await state(theirs);
    const got = await Promise.all([
      server.get(`/Users/${theirs.user}`),
      server.put(`/Users/${theirs.user}`, { userName: 'taken' }),
      server.patch(`/Users/${theirs.user}`, { op: 'replace', path: 'title', value: 'Taken' }),
      server.delete(`/Users/${theirs.user}`),
      server.get(`/Groups/${theirs.group}`),
      server.patch(`/Groups/${theirs.group}`, { op: 'remove', path: 'members' }),
      server.delete(`/Groups/${theirs.group}`),
    ]);
    expect(got.map(({ status }) => status)).toEqual(got.map(() => 404));
    const bulk = await server.post('/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [{ method: 'DELETE', path: `/Users/${theirs.user}` }],
    });
    expect(objectsAt(bulk.body, '$.Operations').map(({ status }) => status)).toEqual(['404']);
    const found = await server.find('/Users', `id eq "${theirs.user}" or userName eq "mira@theirs.example"`);
    expect(valueAt(found.body, '$.totalResults')).toBe(0);
    const made = await server.post('/Groups', {
      schemas: [GROUP],
      displayName: 'With a stranger',
      members: [{ value: theirs.user }],
    });
    expect([made.status, await server.members(textAt(made.body, '$.id'))]).toEqual([201, []]);
    expect(await state(theirs)).toBe(before);
  });

  it('come with tokens and cursors that are worth nothing there', async () => {
    const path = `/scim/${ours.server.slug}/v2/Users`;
    const authorization = `Bearer ${theirs.server.token}`;
    const answer = await fetch(rollcall.origin + path, { headers: { authorization } });
    expect(answer.status).toBe(401);
    await theirs.server.user();
    const first = await theirs.server.get('/Users?cursor=&count=1');
    const cursor = encodeURIComponent(textAt(first.body, '$.nextCursor'));
    expect((await theirs.server.get(`/Users?count=1&cursor=${cursor}`)).status).toBe(200);
    expect((await ours.server.get(`/Users?count=1&cursor=${cursor}`)).status).toBe(400);
  });
});
