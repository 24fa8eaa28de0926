import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignmentListSchema } from '../contract/assignment.ts';
import { GROUPS, openTestApplications, PEOPLE, type TestApplications } from './application.fixture.ts';

let rollcall: TestApplications;
beforeAll(async () => {
  rollcall = await openTestApplications();
  await rollcall.add({ slug: 'crm' });
});
afterAll(() => rollcall.close());

const PATH = '/applications/crm/assignments';
const list = async () => (await rollcall.ask(assignmentListSchema, 'GET', PATH)).assignments;
const assign = async (...objects: string[]) =>
  (await rollcall.ask(assignmentListSchema, 'POST', PATH, { objects })).assignments;

describe('assignments', () => {
  it('are made by userName, displayName, externalId and id', async () => {
    const added = await assign('user:ANNA@example.com', 'group:Sales', 'user:2');
    expect(added.map(({ type, label }) => [type, label])).toEqual([
      ['User', 'anna@example.com'],
      ['Group', 'Sales'],
      ['User', 'bob@example.com'],
    ]);
    const again = await assign(added[0]?.id ?? '');
    expect(again[0]).toMatchObject({ type: 'User', label: 'anna@example.com', exists: true });
    expect(await list()).toHaveLength(3);
  });

  it('may take the members of groups in a group, and of a group only', async () => {
    const body = { objects: ['group:Everybody', 'user:carl@example.com'], nested: true };
    const { assignments } = await rollcall.ask(assignmentListSchema, 'POST', PATH, body);
    expect(assignments.map(({ nested }) => nested)).toEqual([true, false]);
  });

  it('name what is not there', async () => {
    const problem = await rollcall.problem('POST', PATH, { objects: ['user:nobody@example.com'] });
    expect(problem).toMatchObject({ status: 404, detail: expect.stringContaining('no user "nobody@example.com"') });
  });

  it('assign none when one of them is not there', async () => {
    const before = await list();
    await rollcall.problem('POST', PATH, { objects: ['group:g2', 'nobody'] });
    expect(await list()).toEqual(before);
  });

  it('show who is gone from the directory, and can be taken away all the same', async () => {
    const [carl] = await assign('user:carl@example.com');
    const present = PEOPLE.split('\n').filter((line) => !line.startsWith('carl'));
    const files = { people: { name: 'p.csv', text: present.join('\n') }, groups: { name: 'g.csv', text: GROUPS } };
    await rollcall.send('POST', '/identity-servers/hr/import', { ...files, missing: 'delete', allowRemovals: 10 });
    const gone = (await list()).find(({ id }) => id === carl?.id);
    expect(gone).toMatchObject({ label: null, exists: false });
    await rollcall.ask(assignmentListSchema, 'DELETE', PATH, { objects: [carl?.id, 'group:Sales'] });
    expect((await list()).map(({ label }) => label).toSorted()).toEqual([
      'Everybody',
      'anna@example.com',
      'bob@example.com',
    ]);
  });

  it('say of somebody who is not assigned that there is nothing to take away', async () => {
    const problem = await rollcall.problem('DELETE', PATH, { objects: ['group:Sales'] });
    expect(problem.detail).toContain('"group:Sales" is not assigned');
  });
});
