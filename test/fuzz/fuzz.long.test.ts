import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../harness/server.ts';
import { fuzzServer } from './fuzz-server.ts';
import { casesOf, seedOf } from './seed.ts';

const CASES = casesOf(20_000);
const SEED = seedOf('long');

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('hostile requests', () => {
  const name = `get an answer or a SCIM error, never a 500 (${CASES} cases, SEED=${SEED})`;
  it(name, { timeout: 60_000 + CASES * 20 }, async () => {
    const statuses = await fuzzServer(server, CASES, SEED);
    console.log(`SEED=${SEED}`, statuses);
    expect(statuses[200]).toBeGreaterThan(CASES / 10);
    expect(statuses[400]).toBeGreaterThan(CASES / 10);
  });
});
