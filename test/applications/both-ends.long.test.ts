import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import { makeCompany } from '../people/company.ts';
import { joinBothEnds, liveThrough, writesOfASecondRun } from './both-ends-flow.ts';

let first: ServerProcess;
let second: ServerProcess;
beforeAll(async () => {
  [first, second] = await Promise.all([startProcess(), startProcess()]);
});
afterAll(() => Promise.all([first.remove(), second.remove()]));

describe.each([
  ['tolerant', 'rfc', ''],
  ['strict', 'rfc', ''],
  ['tolerant', 'entra', ''],
  ['tolerant', 'entra', '?aadOptscim062020'],
] as const)(
  '2,000 people and 60 groups into another Rollcall (%s) in the dialect %s%s',
  (compatibility, dialect, query) => {
    it('arrive whole and stay equal through four steps of joiners, movers, leavers, re-hires and renames', async () => {
      const company = makeCompany({ people: 2000, groups: 60, seed: 31 });
      const ends = await joinBothEnds(first, second, { compatibility, dialect, query });
      const reach = { keepsEmpty: dialect === 'entra' };
      await liveThrough(first, ends, { company, steps: 4, each: 25, reach });
      expect(await writesOfASecondRun(second, ends)).toEqual([]);
    });
  },
);

describe('2,000 people and 60 groups of which some are assigned', () => {
  it('arrive when they are assigned, by themselves and through nested groups, and stay equal', async () => {
    const company = makeCompany({ people: 2000, groups: 60, seed: 32 });
    const settings = { scope: 'assigned', guard: { enabled: false } };
    const ends = await joinBothEnds(first, second, { settings });
    const nested = ['g-4', 'g-8', 'g-12', 'g-16'];
    const alone = ['g-5', 'g-6', 'g-7', 'g-9', 'e-1990'];
    const assigned = [
      ...nested.map((externalId) => ({ externalId, nested: true })),
      ...alone.map((externalId) => ({ externalId, nested: false })),
    ];
    await liveThrough(first, ends, {
      company,
      steps: 4,
      each: 25,
      reach: { assigned },
      async prepare() {
        await ends.application.assign(nested, true);
        await ends.application.assign(alone);
      },
    });
    expect(await writesOfASecondRun(second, ends)).toEqual([]);
  });
});
