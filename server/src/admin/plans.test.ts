import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityServerSchema } from '../contract/identity-server.ts';
import { memberListSchema } from '../contract/member.ts';
import { planItemSchema, planListSchema, planSchema, planWithItemsSchema } from '../contract/plan.ts';
import { onDemandOutcomeSchema, stagedListSchema, stagedOutcomeSchema } from '../contract/provisioning.ts';
import { resourceListSchema } from '../contract/resource.ts';
import { issuedTokenSchema } from '../contract/token.ts';
import { openTestApplications, type TestApplications } from './application.fixture.ts';

let rollcall: TestApplications;
beforeAll(async () => {
  rollcall = await openTestApplications();
  await rollcall.add({ slug: 'crm', settings: { scope: 'all' }, connection: rollcall.connection });
});
afterAll(() => rollcall.close());

const plan = () => rollcall.ask(planSchema, 'POST', '/applications/crm/plans');
const read = (id: string, query = '') => rollcall.ask(planWithItemsSchema, 'GET', `/plans/${id}${query}`);

/** Names of the members of a group that a target holds. */
async function membersOf(server: string, group: string): Promise<string[]> {
  const groups = `/identity-servers/${server}/resources/Group`;
  const found = await rollcall.ask(resourceListSchema, 'GET', `${groups}?filter=displayName eq "${group}"`);
  const { text } = await rollcall.send('GET', `${groups}/${found.Resources[0]?.id}/members`);
  return memberListSchema
    .parse(JSON.parse(text))
    .members.map(({ label }) => label)
    .toSorted();
}

describe('a plan', () => {
  it('says what would be done, and does nothing', async () => {
    const made = await plan();
    expect(made).toMatchObject({ application: 'crm', state: 'open', by: 'local', counts: { create: 5 } });
    const { items, next } = await read(made.id);
    expect(items.map(({ label }) => label).toSorted()).toEqual(
      expect.arrayContaining(['Everybody', 'Sales', 'anna@example.com', 'bob@example.com', 'carl@example.com']),
    );
    expect(next).toBeNull();
    const { plans } = await rollcall.ask(planListSchema, 'GET', '/applications/crm/plans');
    expect(plans).toContainEqual(made);
  });

  it('is read in pages', async () => {
    const { id } = await plan();
    const first = await read(id, '?limit=2');
    const second = await read(id, `?limit=2&after=${first.next}`);
    expect([...first.items, ...second.items]).toEqual((await read(id, '?limit=4')).items);
    expect((await rollcall.ask(planWithItemsSchema, 'GET', `/applications/crm/plans/${id}`)).id).toBe(id);
  });

  it('is discarded, and then neither applied nor discarded again', async () => {
    const { id } = await plan();
    expect((await rollcall.ask(planSchema, 'POST', `/plans/${id}/discard`)).state).toBe('discarded');
    for (const what of ['apply', 'discard', 'items/1/reject']) {
      expect((await rollcall.problem('POST', `/plans/${id}/${what}`)).status).toBe(409);
    }
    expect((await rollcall.problem('GET', '/plans/none')).status).toBe(404);
  });

  it('is applied without the items that were rejected', async () => {
    const { id } = await plan();
    const { items } = await read(id);
    const carl = items.find(({ label }) => label === 'carl@example.com');
    const rejected = await rollcall.ask(planItemSchema, 'POST', `/plans/${id}/items/${carl?.n}/reject`);
    expect(rejected.state).toBe('rejected');
    expect((await rollcall.problem('POST', `/plans/${id}/items/${carl?.n}/reject`)).status).toBe(409);
    expect((await rollcall.problem('POST', `/plans/${id}/items/9999/reject`)).status).toBe(404);
    const applied = await rollcall.ask(planSchema, 'POST', `/plans/${id}/apply`);
    expect(applied).toMatchObject({ state: 'applied', appliedBy: 'local' });
    const done = (await read(id)).items;
    const filled = done.filter(({ action }) => action === 'members').map(({ label }) => label);
    expect(filled.toSorted()).toEqual(['Everybody', 'Sales']);
    expect(done.filter(({ state }) => state !== 'applied').map(({ label, state }) => [label, state])).toEqual([
      ['carl@example.com', 'rejected'],
    ]);
    expect(await membersOf('target', 'Sales')).toEqual(['anna@example.com', 'bob@example.com']);
  });

  it('gives a group those of its members that go out, and none when that is rejected', async () => {
    await rollcall.ask(identityServerSchema, 'POST', '/identity-servers', { name: 'second' });
    const { token } = await rollcall.ask(issuedTokenSchema, 'POST', '/identity-servers/second/tokens', { name: 'x' });
    const connection = { baseUrl: `${rollcall.url}/scim/second/v2`, secret: token };
    await rollcall.add({ slug: 'second', settings: { scope: 'all' }, connection });
    const { id } = await rollcall.ask(planSchema, 'POST', '/applications/second/plans');
    const { items } = await read(id);
    const rejected = items.filter(
      ({ label, action }) => label === 'anna@example.com' || (label === 'Everybody' && action === 'members'),
    );
    expect(rejected).toHaveLength(2);
    for (const { n } of rejected) await rollcall.ask(planItemSchema, 'POST', `/plans/${id}/items/${n}/reject`);
    await rollcall.ask(planSchema, 'POST', `/plans/${id}/apply`);
    const states = (await read(id)).items.map(({ label, action, state }) => `${label} ${action} ${state}`);
    expect(states.filter((line) => !line.endsWith('create applied')).toSorted()).toEqual([
      'Everybody members rejected',
      'Sales members applied',
      'anna@example.com create rejected',
    ]);
    expect([await membersOf('second', 'Sales'), await membersOf('second', 'Everybody')]).toEqual([
      ['bob@example.com'],
      [],
    ]);
  });
});

describe('removals that the guard holds', () => {
  const staged = async () => (await rollcall.ask(stagedListSchema, 'GET', '/applications/crm/staged')).staged;
  const decide = (decision: string, objects?: string[]) =>
    rollcall.ask(stagedOutcomeSchema, 'POST', `/applications/crm/staged/${decision}`, { objects });

  it('wait, are named, and are allowed or rejected one by one or all', async () => {
    await rollcall.send('PATCH', '/applications/crm', { settings: { guard: { number: 0 } } });
    const disabled = ['anna', 'bob'].map((name, index) => `${name}@example.com,${index + 1},false`);
    await rollcall.importPeople(`userName,externalId,active\n${disabled.join('\n')}\n`);
    for (const user of ['anna@example.com', 'bob@example.com']) {
      await rollcall.ask(onDemandOutcomeSchema, 'POST', '/applications/crm/provision', { user });
    }
    expect((await staged()).map(({ label, action }) => [label, action]).toSorted()).toEqual([
      ['anna@example.com', 'disable'],
      ['bob@example.com', 'disable'],
    ]);
    const unknown = await rollcall.problem('POST', '/applications/crm/staged/allow', { objects: ['user:carl'] });
    expect(unknown.detail).toContain('No removal of "user:carl" waits');
    expect(await decide('reject', ['user:ANNA@example.com'])).toEqual({ decided: 1, waiting: 1 });
    expect(await decide('allow')).toEqual({ decided: 1, waiting: 0 });
    expect(await decide('allow')).toEqual({ decided: 0, waiting: 0 });
  });
});
