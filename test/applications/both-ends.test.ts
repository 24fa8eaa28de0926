import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../harness/server.ts';
import { makeCompany, step } from '../people/company.ts';
import { expectedDirectory } from '../people/directory.ts';
import { joinBothEnds, liveThrough, writesOfASecondRun } from './both-ends-flow.ts';
import { feed, plainDirectory } from './harness/feed.ts';
import { NOBODY, provisioned } from './harness/provisioned.ts';

const company = makeCompany({ people: 150, groups: 12, seed: 21 });
let first: TestServer;
let second: TestServer;
beforeAll(async () => {
  [first, second] = await Promise.all([startServer(), startServer()]);
});
afterAll(() => Promise.all([first.stop(), second.stop()]));

describe.each([
  ['tolerant', 'rfc', ''],
  ['strict', 'rfc', ''],
  ['tolerant', 'entra', ''],
  ['tolerant', 'entra', '?aadOptscim062020'],
] as const)(
  'a company that is provisioned into another Rollcall (%s) in the dialect %s%s',
  (compatibility, dialect, query) => {
    it('arrives whole and stays equal while people join, move, leave, come back and are renamed', async () => {
      const ends = await joinBothEnds(first, second, { compatibility, dialect, query });
      const reach = { keepsEmpty: dialect === 'entra' };
      await liveThrough(first, ends, { company, steps: 2, each: 5, reach });
      expect(await writesOfASecondRun(second, ends)).toEqual([]);
    });
  },
);

describe('an application whose scope is who is assigned', () => {
  const assigned = [
    { externalId: 'g-4', nested: true },
    { externalId: 'g-5', nested: false },
    { externalId: 'e-140', nested: false },
    { externalId: 'e-3', nested: false },
  ];

  it('gets people and groups that are assigned, by themselves and through nested groups, and no others', async () => {
    const ends = await joinBothEnds(first, second, { settings: { scope: 'assigned', guard: { enabled: false } } });
    const { hr, crm, application } = ends;
    await feed(first.admin, hr.slug, company);
    await application.start();
    await application.steady();
    expect(await plainDirectory(crm)).toEqual({ users: [], groups: [], memberships: [], managers: [] });

    await application.assign(['group:g-4'], true);
    await application.assign(['group:g-5', 'user:e-140', 'user:e-3']);
    await application.steady();
    let there = provisioned(NOBODY, company, { assigned });
    expect(await plainDirectory(crm)).toEqual(expectedDirectory({ ...company, ...there }));

    let now = company;
    for (let steps = 0; steps < 2; steps += 1) {
      now = step(now, 6);
      there = provisioned(there, now, { assigned });
      await feed(first.admin, hr.slug, now);
      await application.steady();
      expect(await plainDirectory(crm)).toEqual(expectedDirectory({ ...now, ...there }));
    }

    await application.unassign(['group:g-5', 'user:e-3']);
    await application.steady();
    const fewer = assigned.filter(({ externalId }) => externalId !== 'g-5' && externalId !== 'e-3');
    there = provisioned(there, now, { assigned: fewer });
    expect(await plainDirectory(crm)).toEqual(expectedDirectory({ ...now, ...there }));
    expect(await application.failures()).toEqual([]);
    expect(await writesOfASecondRun(second, ends)).toEqual([]);
  });
});
