import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../harness/server.ts';
import { makeCompany } from '../people/company.ts';
import { NO_SCIM2_SERVER } from '../targets/scim2-server.ts';
import { scim2ServerTarget, scimmyTarget } from '../targets/target.ts';
import { provisionAwkward } from './foreign-targets-awkward.ts';
import { failing, peculiar, rarelyPeculiar, throttling } from './foreign-targets-cases.ts';
import { provisionInto } from './foreign-targets-flow.ts';
import { type SteppedClock, stepClock } from './harness/stepped-clock.ts';

const scim2Server = await scim2ServerTarget();
let server: TestServer;
let clock: SteppedClock;
beforeAll(async () => {
  clock = stepClock();
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
  await scim2Server?.close();
  clock.restore();
});

describe('servers that others wrote', () => {
  const company = makeCompany({ people: 120, groups: 8, seed: 43 });

  it('get a company and keep equal to it: scim2-server', async () => {
    if (scim2Server === undefined) {
      console.log(NO_SCIM2_SERVER);
      expect(process.env.CI_STRICT).not.toBe('1');
      return;
    }
    await provisionInto(server, scim2Server, 'nothing fails', { company });
  });

  it('get a company and keep equal to it: SCIMMY', async () => {
    const target = await scimmyTarget();
    try {
      await provisionInto(server, target, 'nothing fails', { company });
    } finally {
      await target.close();
    }
  });
});

describe('an awkward target that', () => {
  const company = makeCompany({ people: 200, groups: 10, seed: 44 });
  const larger = <T extends { readonly options: object }>(one: T) => ({ ...one, options: { company, ...one.options } });

  it.each([...peculiar, ...rarelyPeculiar, ...throttling].map(larger))(
    '$title gets 200 people and keeps equal to them',
    async (one) => {
      await provisionAwkward(server, one, 'nothing fails');
    },
  );

  it.each(failing.map(larger))('$title has in the end no duplicate, and nothing missing of 200 people', async (one) => {
    for (const seed of [2, 3]) await provisionAwkward(server, one, clock, seed);
  });

  it.each(failing)('$title has the same when it is restarted', async (one) => {
    await provisionAwkward(server, one, 'restart', 5);
  });
});
