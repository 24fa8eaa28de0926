import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planItemSchema, planListSchema, planSchema, planWithItemsSchema } from '../contract/plan.ts';
import { onDemandOutcomeSchema, stagedListSchema, stagedOutcomeSchema } from '../contract/provisioning.ts';
import { openTestApplications, type TestApplications } from './application.fixture.ts';

let rollcall: TestApplications;
beforeAll(async () => {
  rollcall = await openTestApplications();
  await rollcall.add({ slug: 'crm', settings: { scope: 'all' }, connection: rollcall.connection });
});
afterAll(() => rollcall.close());

const plan = () => rollcall.ask(planSchema, 'POST', '/applications/crm/plans');
const read = (id: string, query = '') => rollcall.ask(planWithItemsSchema, 'GET', `/plans/${id}${query}`);

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
    const states = new Map((await read(id)).items.map(({ label, state }) => [label, state]));
    expect([states.get('carl@example.com'), states.get('anna@example.com')]).toEqual(['rejected', 'applied']);
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
