import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditLogSchema } from '../contract/audit.ts';
import { identityServerSchema } from '../contract/identity-server.ts';
import { logEntrySchema, logSchema } from '../contract/log.ts';
import { problemSchema } from '../contract/problem.ts';
import { replaySchema } from '../contract/replay.ts';
import { resourceListSchema, resourceSchema } from '../contract/resource.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const ENTRA = '/identity-servers/entra';

let rollcall: TestRollcall;
beforeAll(async () => {
  rollcall = await openTestRollcall({ logBody: 2000 });
  await rollcall.ask(identityServerSchema, 'POST', '/identity-servers', { name: 'Entra', security: 'none' });
});
afterAll(() => rollcall.close());

/** Sends a request as an identity provider does; its number in the log. */
async function logged(method: string, path: string, body?: object | string): Promise<number> {
  const answer = await fetch(`${rollcall.url}/scim/entra/v2${path}`, {
    method,
    headers: { 'content-type': 'application/scim+json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const id = answer.headers.get('x-request-id');
  const find = async () =>
    (await rollcall.ask(logSchema, 'GET', `${ENTRA}/log?limit=20`)).entries.find((entry) => entry.id === id)?.n ?? 0;
  await expect.poll(find).toBeGreaterThan(0);
  return find();
}

const make = async (type: string, body: object) =>
  (await rollcall.ask(resourceSchema, 'POST', `${ENTRA}/resources/${type}`, body)).id;
const show = async (type: string, id: string) =>
  JSON.parse((await rollcall.send('GET', `${ENTRA}/resources/${type}/${id}`)).text);
const remove = (type: string, id: string) => rollcall.send('DELETE', `${ENTRA}/resources/${type}/${id}`);
const replay = (n: number, dryRun: boolean) =>
  rollcall.ask(replaySchema, 'POST', `${ENTRA}/log/${n}/replay`, { dryRun });
const refusal = async (n: number) => {
  const { text } = await rollcall.send('POST', `${ENTRA}/log/${n}/replay`, { dryRun: true });
  return problemSchema.parse(JSON.parse(text));
};
const patch = (...Operations: object[]) => ({ schemas: [PATCH_OP], Operations });
const users = async (userName: string) => {
  const filter = encodeURIComponent(`userName eq "${userName}"`);
  return (await rollcall.ask(resourceListSchema, 'GET', `${ENTRA}/resources/User?filter=${filter}`)).Resources;
};
const newestAction = async () => (await rollcall.ask(auditLogSchema, 'GET', '/audit?limit=1')).entries[0]?.action;

describe('a dry run of a replay', () => {
  it('says what a change would do now, and does nothing', async () => {
    const ann = await make('User', { schemas: [USER], userName: 'ann', name: { givenName: 'Ann' } });
    const n = await logged('PATCH', `/Users/${ann}`, patch({ op: 'replace', path: 'name.givenName', value: 'Anna' }));
    await rollcall.send('PATCH', `${ENTRA}/resources/User/${ann}`, patch({ op: 'remove', path: 'name' }));
    const before = await show('User', ann);
    const result = await replay(n, true);
    expect(result).toMatchObject({ dryRun: true, status: 200, entry: null, others: [] });
    expect(result.changes).toEqual([{ path: 'name.givenName', from: null, to: 'Anna' }]);
    expect([result.before?.name, result.after?.name]).toEqual([undefined, { givenName: 'Anna' }]);
    expect(JSON.parse(result.responseBody ?? '').name).toEqual({ givenName: 'Anna' });
    expect(await show('User', ann)).toEqual(before);
    expect(await newestAction()).toBe('resource.changed');
  });

  it('tells members and others whom it would touch', async () => {
    const [cid, dan] = [
      await make('User', { schemas: [USER], userName: 'cid' }),
      await make('User', { schemas: [USER], userName: 'dan' }),
    ];
    const sales = await make('Group', { schemas: [GROUP], displayName: 'Sales', members: [{ value: cid }] });
    const join = patch({ op: 'add', path: 'members', value: [{ value: dan }] });
    const n = await logged('PATCH', `/Groups/${sales}`, join);
    await rollcall.send('PATCH', `${ENTRA}/resources/Group/${sales}`, patch({ op: 'remove', path: 'members' }));
    const joined = await replay(n, true);
    expect(joined.changes).toEqual([{ path: `members[value eq "${dan}"]`, from: null, to: dan }]);
    expect([joined.membersAdded, joined.membersRemoved]).toEqual([1, 0]);
    await replay(n, false);
    const leave = await logged('DELETE', `/Users/${dan}`);
    expect((await replay(leave, true)).status).toBe(404);
  });

  it('says why it would be refused', async () => {
    const n = await logged('POST', '/Users', { schemas: [USER], userName: 'eve' });
    expect(await replay(n, true)).toMatchObject({ status: 409, before: null, after: null, changes: [] });
    const { Resources } = { Resources: await users('eve') };
    await remove('User', Resources[0]?.id ?? '');
    const again = await replay(n, true);
    expect(again).toMatchObject({ status: 201, before: null, after: { userName: 'eve' } });
    expect(again.changes).toContainEqual({ path: 'userName', from: null, to: 'eve' });
    expect(await users('eve')).toEqual([]);
  });

  it('of a bulk request tells each resource, and of a search gives the answer', async () => {
    const operations = ['fay', 'gil', 'fay'].map((userName, index) => ({
      method: 'POST',
      path: '/Users',
      bulkId: String(index),
      data: { schemas: [USER], userName },
    }));
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'];
    const bulk = await logged('POST', '/Bulk', { schemas, Operations: operations });
    for (const name of ['fay', 'gil']) await remove('User', (await users(name))[0]?.id ?? '');
    const result = await replay(bulk, true);
    expect(result.others.map(({ label, kind }) => [label, kind])).toEqual([
      ['fay', 'created'],
      ['gil', 'created'],
    ]);
    expect(await users('fay')).toEqual([]);
    const search = await logged('GET', `/Users?filter=${encodeURIComponent('userName eq "nobody"')}`);
    expect(JSON.parse((await replay(search, true)).responseBody ?? '')).toMatchObject({ totalResults: 0 });
  });
});

describe('a replay', () => {
  it('does the request again, marked in the log and audited', async () => {
    const n = await logged('POST', '/Users', { schemas: [USER], userName: 'hal', active: 'True' });
    await remove('User', (await users('hal'))[0]?.id ?? '');
    const result = await replay(n, false);
    expect(result).toMatchObject({
      dryRun: false,
      status: 201,
      before: null,
      after: { userName: 'hal', active: true },
    });
    expect((await users('hal')).map(({ id }) => id)).toEqual([result.after?.id]);
    const entry = await rollcall.ask(logEntrySchema, 'GET', `${ENTRA}/log/${result.entry}`);
    expect(entry).toMatchObject({ method: 'POST', url: '/scim/entra/v2/Users', status: 201, address: 'local' });
    expect(entry.notes[0]).toEqual({ quirk: 'replay', detail: `of ${n} by local` });
    expect(entry.notes[1]?.quirk).toBe('boolean-as-string');
    expect((await rollcall.ask(auditLogSchema, 'GET', '/audit?limit=1')).entries[0]).toMatchObject({
      action: 'identityServer.request.replayed',
      subject: 'entra',
      after: { request: n, status: 201, entry: result.entry },
    });
  });

  it('is refused where the log does not have all of the request', async () => {
    const cut = await logged('POST', '/Users', { schemas: [USER], userName: 'ivy', title: 'x'.repeat(3000) });
    expect(await refusal(cut)).toMatchObject({ type: '/problems/not-usable', status: 409 });
    expect((await refusal(cut)).detail).toContain('bytes of its body were not kept');
    const secret = await logged('POST', '/Users', { schemas: [USER], userName: 'jo', password: 'never-kept' });
    expect((await refusal(secret)).detail).toContain('it held a secret');
    expect((await rollcall.send('POST', `${ENTRA}/log/999999/replay`, { dryRun: true })).status).toBe(404);
    expect((await rollcall.send('POST', `${ENTRA}/log/${secret}/replay`, {})).status).toBe(400);
  });
});
