import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../harness/server.ts';
import { makeCompany, step } from '../people/company.ts';
import { activeOnly, liveAtRandom } from './both-ends-busy.ts';
import { joinBothEnds, writesOfASecondRun } from './both-ends-flow.ts';
import { feed, plainDirectory } from './harness/feed.ts';

let first: TestServer;
let second: TestServer;
beforeAll(async () => {
  [first, second] = await Promise.all([startServer(), startServer()]);
});
afterAll(() => Promise.all([first.stop(), second.stop()]));

const company = makeCompany({ people: 120, groups: 10, seed: 51 });

describe('a directory that changes while it is provisioned', () => {
  it('is in the target in the end, however the imports fell into the first cycle', async () => {
    const { hr, crm, application } = await joinBothEnds(first, second, { settings: { guard: { enabled: false } } });
    let now = company;
    await feed(first.admin, hr.slug, now);
    await application.start();
    for (let steps = 0; steps < 4; steps += 1) {
      now = step(now, 6);
      await feed(first.admin, hr.slug, now);
    }
    await application.steady();
    expect(activeOnly(await plainDirectory(crm))).toEqual(activeOnly(await plainDirectory(hr)));
    expect(await application.failures()).toEqual([]);
  });

  it.each([61, 62])(
    'is in the target in the end, whatever single requests change meanwhile (seed %i)',
    async (seed) => {
      const { hr, crm, application } = await joinBothEnds(first, second, { settings: { guard: { enabled: false } } });
      await feed(first.admin, hr.slug, company);
      await application.start();
      await liveAtRandom(hr, seed, 200);
      await application.steady();
      expect(activeOnly(await plainDirectory(crm))).toEqual(activeOnly(await plainDirectory(hr)));
      await liveAtRandom(hr, seed + 100, 200);
      await application.steady();
      expect(activeOnly(await plainDirectory(crm))).toEqual(activeOnly(await plainDirectory(hr)));
      expect(await application.failures()).toEqual([]);
      expect(await writesOfASecondRun(second, { hr, crm, application })).toEqual([]);
    },
  );
});
