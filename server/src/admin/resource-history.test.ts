import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { historySchema } from '../contract/change.ts';
import { identityServerSchema } from '../contract/identity-server.ts';
import { resourceSchema } from '../contract/resource.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const RESOURCES = '/identity-servers/entra/resources';

let rollcall: TestRollcall;
let [ann, bob, sales] = ['', '', ''];
beforeAll(async () => {
  rollcall = await openTestRollcall();
  await rollcall.ask(identityServerSchema, 'POST', '/identity-servers', { name: 'Entra', security: 'none' });
  const user = (userName: string) => make('User', { schemas: [USER], userName });
  [ann, bob] = [await user('ann'), await user('bob')];
  const members = [{ value: ann }, { value: bob }];
  sales = await make('Group', { schemas: [GROUP], displayName: 'Sales', members });
  await patch('User', ann, { op: 'replace', path: 'active', value: false });
  await patch('Group', sales, { op: 'remove', path: `members[value eq "${ann}"]` });
});
afterAll(() => rollcall.close());

const make = async (type: string, body: object) =>
  (await rollcall.ask(resourceSchema, 'POST', `${RESOURCES}/${type}`, body)).id;
const patch = (type: string, id: string, operation: object) =>
  rollcall.send('PATCH', `${RESOURCES}/${type}/${id}`, { schemas: [PATCH_OP], Operations: [operation] });
const history = (path: string) => rollcall.ask(historySchema, 'GET', `${RESOURCES}/${path}`);

describe('the history of a resource', () => {
  it('has its changes and the groups that it joined and left, newest first', async () => {
    const { changes, next } = await history(`User/${ann}/history`);
    const group = { id: sales, label: 'Sales' };
    expect(changes).toMatchObject([
      { kind: 'members', id: sales, membersRemoved: [ann], group },
      { kind: 'disabled', id: ann, attributes: ['active'] },
      { kind: 'members', id: sales, membersAdded: [ann], group },
      { kind: 'created', id: ann, label: 'ann' },
    ]);
    expect(next).toBeNull();
    expect(changes[1]).not.toHaveProperty('group');
  });

  it('is read a page before the other', async () => {
    const whole = (await history(`User/${ann}/history`)).changes;
    const first = await history(`User/${ann}/history?limit=3`);
    expect([first.changes, first.next]).toEqual([whole.slice(0, 3), whole[2]?.n]);
    const second = await history(`User/${ann}/history?limit=3&before=${first.next}`);
    expect(second).toEqual({ changes: whole.slice(3), next: null });
  });

  it('of a group has who joined and left it', async () => {
    const { changes } = await history(`Group/${sales}/history`);
    expect(changes.map(({ kind }) => kind)).toEqual(['members', 'members', 'created']);
    expect(changes[1]?.membersAdded).toEqual([ann, bob]);
  });

  it('is there when the resource is gone, and empty for what never was', async () => {
    await rollcall.send('DELETE', `${RESOURCES}/User/${bob}`);
    const { changes } = await history(`User/${bob}/history`);
    expect(changes.map(({ kind }) => kind).sort()).toEqual(['created', 'deleted', 'members', 'members']);
    expect(await history('User/nobody/history')).toEqual({ changes: [], next: null });
    expect(await history(`Group/${bob}/history?limit=1`)).toMatchObject({ changes: [{ kind: 'members' }] });
  });
});
