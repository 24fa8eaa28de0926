import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../harness/server.ts';
import { makeCompany } from '../people/company.ts';
import { activeOnly, liveAtRandom } from './both-ends-busy.ts';
import { type BothEndsOptions, joinBothEnds, writesOfASecondRun } from './both-ends-flow.ts';
import { feed, plainDirectory } from './harness/feed.ts';

let first: TestServer;
let second: TestServer;
beforeAll(async () => {
  [first, second] = await Promise.all([startServer(), startServer()]);
});
afterAll(() => Promise.all([first.stop(), second.stop()]));

const guard = { enabled: false };
const all: BothEndsOptions = { settings: { guard } };
const deleting: BothEndsOptions = { settings: { guard, leaving: 'delete' } };
const assigning: BothEndsOptions = { settings: { guard, scope: 'assigned' } };
const deletingAssigned: BothEndsOptions = { settings: { guard, scope: 'assigned', leaving: 'delete' } };
const ways: readonly (readonly [string, BothEndsOptions, readonly string[] | undefined])[] = [
  ['everybody', all, undefined],
  ['everybody, and leavers are deleted', deleting, undefined],
  ['who is assigned', assigning, ['g-3', 'g-4', 'g-5']],
  ['who is assigned, and leavers are deleted', deletingAssigned, ['g-3', 'g-4', 'g-5']],
];
const cases = ways.flatMap(([what, options, assigned]) =>
  Array.from({ length: 8 }, (_, n) => ({ what, options, assigned, seed: 200 + n })),
);

describe('a directory that single requests change while it is provisioned', () => {
  it.each(cases)('is in the target in the end: $what (seed $seed)', async ({ options, assigned, seed }) => {
    const { hr, crm, application } = await joinBothEnds(first, second, options);
    await feed(first.admin, hr.slug, makeCompany({ people: 120, groups: 10, seed }));
    if (assigned !== undefined) await application.assign(assigned, true);
    await application.start();
    for (let again = 0; again < 3; again += 1) {
      await liveAtRandom(hr, seed + 1000 * again, 200);
      await application.steady();
      const held = activeOnly(await plainDirectory(crm));
      expect(held).toEqual(activeOnly(await plainDirectory(hr), assigned));
    }
    expect(await application.failures()).toEqual([]);
    expect(await writesOfASecondRun(second, { hr, crm, application })).toEqual([]);
  });
});
