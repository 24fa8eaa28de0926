import { afterAll, beforeAll, describe, it } from 'vitest';
import { startServer, type TestServer } from '../harness/server.ts';
import { scimmyTarget } from '../targets/target.ts';
import { provisionAwkward } from './foreign-targets-awkward.ts';
import { failing, peculiar, restarted, throttling } from './foreign-targets-cases.ts';
import { provisionInto } from './foreign-targets-flow.ts';
import { type SteppedClock, stepClock } from './harness/stepped-clock.ts';

let server: TestServer;
let clock: SteppedClock;
beforeAll(async () => {
  clock = stepClock();
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
  clock.restore();
});

describe('SCIMMY as a target', () => {
  it('gets a company and keeps equal to it', async () => {
    const target = await scimmyTarget();
    try {
      await provisionInto(server, target, 'nothing fails');
    } finally {
      await target.close();
    }
  });
});

describe('an awkward target that', () => {
  it.each([...peculiar, ...throttling])('$title gets a company and keeps equal to it', async (awkwardness) => {
    await provisionAwkward(server, awkwardness, 'nothing fails');
  });

  it.each(failing)('$title has in the end no duplicate, and nothing missing', async (awkwardness) => {
    await provisionAwkward(server, awkwardness, clock);
  });

  it.each(restarted)('$title has the same when its application is restarted', async (awkwardness) => {
    await provisionAwkward(server, awkwardness, 'restart');
  });
});
