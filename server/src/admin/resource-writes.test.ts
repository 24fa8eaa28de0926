import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditLogSchema } from '../contract/audit.ts';
import { identityServerSchema } from '../contract/identity-server.ts';
import { problemSchema } from '../contract/problem.ts';
import { resourceSchema } from '../contract/resource.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const PATH = '/identity-servers/entra/resources';

let rollcall: TestRollcall;
beforeAll(async () => {
  rollcall = await openTestRollcall();
  await rollcall.ask(identityServerSchema, 'POST', '/identity-servers', { name: 'Entra', security: 'none' });
});
afterAll(() => rollcall.close());

const add = (userName: string, more = {}) =>
  rollcall.ask(resourceSchema, 'POST', `${PATH}/User`, { schemas: [USER], userName, ...more });
const audited = async () => (await rollcall.ask(auditLogSchema, 'GET', '/audit?limit=1')).entries[0];
const patch = (...Operations: object[]) => ({ schemas: [PATCH_OP], Operations });

describe('writing resources by hand', () => {
  it('creates, replaces, changes and deletes as SCIM does', async () => {
    const created = await rollcall.send('POST', `${PATH}/users`, { schemas: [USER], userName: 'ann', title: 'Lead' });
    expect([created.status, created.headers.etag]).toEqual([201, 'W/"1"']);
    const { id } = resourceSchema.parse(JSON.parse(created.text));
    const one = `${PATH}/User/${id}`;
    const replaced = await rollcall.ask(resourceSchema, 'PUT', one, { schemas: [USER], userName: 'ann.b' });
    expect(replaced).toMatchObject({ id, userName: 'ann.b' });
    expect(replaced).not.toHaveProperty('title');
    const disabled = await rollcall.ask(
      resourceSchema,
      'PATCH',
      one,
      patch({ op: 'replace', path: 'active', value: false }),
    );
    expect(disabled.active).toBe(false);
    expect(await rollcall.send('DELETE', one)).toMatchObject({ status: 204, text: '' });
    expect((await rollcall.send('GET', one)).status).toBe(404);
  });

  it('refuses what SCIM refuses, with its detail and keyword', async () => {
    await add('bob');
    const refused = await rollcall.send('POST', `${PATH}/User`, { schemas: [USER], userName: 'BOB' });
    expect(problemSchema.parse(JSON.parse(refused.text))).toMatchObject({
      type: '/problems/scim-error',
      status: 409,
      scimType: 'uniqueness',
      detail: expect.stringContaining('userName "BOB" is already used'),
    });
    expect((await rollcall.send('PUT', `${PATH}/User/nobody`, { schemas: [USER], userName: 'x' })).status).toBe(404);
    expect((await rollcall.send('POST', `${PATH}/User`, [])).status).toBe(400);
    expect((await rollcall.send('POST', `${PATH}/Robot`, { schemas: [USER] })).status).toBe(404);
  });

  it('takes bodies as long as SCIM does', async () => {
    const members = Array.from({ length: 30_000 }, (_, index) => ({ value: `nobody-${'x'.repeat(30)}${index}` }));
    const group = { schemas: [GROUP], displayName: 'Nobody', members };
    expect(await rollcall.ask(resourceSchema, 'POST', `${PATH}/Group`, group)).toMatchObject({ members: [] });
  });

  it('writes only the version that was read, when If-Match names it (RFC 7644 §3.14)', async () => {
    const { id } = await add('cid');
    const send = (version: string) =>
      rollcall.send('PATCH', `${PATH}/User/${id}`, patch({ op: 'add', path: 'title', value: version }), {
        'if-match': version,
      });
    expect((await send('W/"1"')).headers.etag).toBe('W/"2"');
    expect((await send('W/"1"')).status).toBe(412);
  });

  it('is in the audit log, with names of attributes and no value', async () => {
    const { id } = await add('dora', { password: 'dora-secret', emails: [{ type: 'work', value: 'd@example.org' }] });
    expect(await audited()).toMatchObject({
      action: 'resource.created',
      subject: 'entra',
      after: { type: 'User', id, label: 'dora', attributes: ['userName', 'password', 'emails'] },
    });
    const operations = [
      { op: 'replace', path: 'emails[value eq "d@example.org"].type', value: 'home' },
      { op: 'replace', value: { password: 'second-secret', 'name.givenName': 'Dora' } },
    ];
    await rollcall.send('PATCH', `${PATH}/User/${id}`, patch(...operations));
    expect((await audited())?.after).toEqual({
      type: 'User',
      id,
      label: 'dora',
      attributes: ['emails', 'password', 'name.givenName'],
    });
    await rollcall.send('DELETE', `${PATH}/User/${id}`);
    expect(await audited()).toMatchObject({ action: 'resource.deleted', after: { type: 'User', id, label: 'dora' } });
    const { text } = await rollcall.send('GET', '/audit');
    expect(text).not.toMatch(/-secret|d@example/);
  });

  it('shows a group without its members, when asked', async () => {
    const members = [{ value: (await add('eve')).id }];
    const group = { schemas: [GROUP], displayName: 'Sales', members };
    const { id } = await rollcall.ask(resourceSchema, 'POST', `${PATH}/Group`, group);
    const show = (query: string) => rollcall.ask(resourceSchema, 'GET', `${PATH}/Group/${id}${query}`);
    expect((await show('')).members).toEqual([expect.objectContaining(members[0])]);
    expect(await show('?excludedAttributes=members')).not.toHaveProperty('members');
    expect((await rollcall.send('GET', `${PATH}/Group/${id}?filter=x`)).status).toBe(400);
  });
});
