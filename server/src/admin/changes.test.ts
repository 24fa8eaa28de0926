import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeListSchema } from '../contract/change.ts';
import { identityServerSchema } from '../contract/identity-server.ts';
import { problemSchema } from '../contract/problem.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

let rollcall: TestRollcall;
beforeAll(async () => {
  rollcall = await openTestRollcall();
});
afterAll(() => rollcall.close());

async function server(name: string) {
  const { slug } = await rollcall.ask(identityServerSchema, 'POST', '/identity-servers', { name, security: 'none' });
  const path = `/identity-servers/${slug}/changes`;
  return {
    path,
    changes: (query: string) => rollcall.ask(changeListSchema, 'GET', `${path}?${query}`),
    async scim(method: string, resource: string, body?: object) {
      const answer = await fetch(`${rollcall.url}/scim/${slug}/v2${resource}`, {
        method,
        headers: { 'content-type': 'application/scim+json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return text === '' ? undefined : JSON.parse(text);
    },
  };
}

describe('the change feed', () => {
  it('says in order who was created, disabled, joined and left a group, and deleted', async () => {
    const { changes, scim } = await server('Story');
    const user = await scim('POST', '/Users', { schemas: [USER], userName: 'ann', externalId: 'e1' });
    const group = await scim('POST', '/Groups', { schemas: [GROUP], displayName: 'Sales' });
    const patch = (Operations: object[]) => ({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations,
    });
    await scim('PATCH', `/Groups/${group.id}`, patch([{ op: 'add', path: 'members', value: [{ value: user.id }] }]));
    await scim('PATCH', `/Users/${user.id}`, patch([{ op: 'replace', path: 'active', value: false }]));
    await scim('DELETE', `/Users/${user.id}`);
    const { changes: found, next } = await changes('after=0');
    expect(found.map((change) => [change.kind, change.type, change.label])).toEqual([
      ['created', 'User', 'ann'],
      ['created', 'Group', 'Sales'],
      ['members', 'Group', 'Sales'],
      ['disabled', 'User', 'ann'],
      ['members', 'Group', 'Sales'],
      ['deleted', 'User', 'ann'],
    ]);
    expect(found[2]).toMatchObject({ membersAdded: [user.id] });
    expect(found[4]).toMatchObject({ membersRemoved: [user.id] });
    expect(found[5]).toMatchObject({ id: user.id, externalId: 'e1' });
    expect(next).toBe(found[5]?.n);
    expect(await changes(`after=${next}`)).toEqual({ changes: [], next });
  });

  it('is read in pages', async () => {
    const { changes, scim } = await server('Pages');
    for (const userName of ['a', 'b', 'c']) await scim('POST', '/Users', { schemas: [USER], userName });
    const first = await changes('limit=2');
    expect(first.changes.map((change) => change.label)).toEqual(['a', 'b']);
    expect((await changes(`after=${first.next}&limit=2`)).changes.map((change) => change.label)).toEqual(['c']);
  });

  it('waits for a change of this identity server, and no longer than asked', async () => {
    const { changes, scim } = await server('Wait');
    const other = await server('Other');
    // Longer than a test may take: the change ends the wait.
    const waiting = changes('wait=60');
    await other.scim('POST', '/Users', { schemas: [USER], userName: 'stranger' });
    await scim('POST', '/Users', { schemas: [USER], userName: 'ann' });
    expect((await waiting).changes.map((change) => change.label)).toEqual(['ann']);
    const { next } = await changes('after=0');
    expect((await changes(`after=${next}&wait=1`)).changes).toEqual([]);
  });

  it('refuses a position that is not kept, and says where to go on', async () => {
    const { path, scim } = await server('Expired');
    await scim('POST', '/Users', { schemas: [USER], userName: 'ann' });
    const answer = await rollcall.send('GET', `${path}?after=${Number.MAX_SAFE_INTEGER}`);
    expect(problemSchema.parse(JSON.parse(answer.text))).toMatchObject({
      type: '/problems/feed-expired',
      status: 410,
      detail: expect.stringMatching(/The feed ends at \d+\. Read all resources again, then go on from after=\d+\./),
    });
  });

  it.each(['after=-1', 'after=x', 'limit=0', 'wait=3600'])('refuses %s', async (query) => {
    const { path } = await server(`Refuse ${query}`);
    expect((await rollcall.send('GET', `${path}?${query}`)).status).toBe(400);
  });

  it('answers who waits when the server stops', async () => {
    const stopping = await openTestRollcall();
    await stopping.ask(identityServerSchema, 'POST', '/identity-servers', { name: 'Stop' });
    const waiting = stopping.ask(changeListSchema, 'GET', '/identity-servers/stop/changes?wait=60');
    await new Promise((resolve) => setTimeout(resolve, 50));
    // It asked to wait longer than a test may take.
    const [answer] = await Promise.all([waiting, stopping.close()]);
    expect(answer.changes).toEqual([]);
  });
});
