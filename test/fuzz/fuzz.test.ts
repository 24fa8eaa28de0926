import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../harness/server.ts';
import { fuzzServer } from './fuzz-server.ts';
import { seedOf } from './seed.ts';

const SEED = seedOf('short');

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('hostile requests', () => {
  it(`get an answer or a SCIM error, never a 500 (1,000 cases, SEED=${SEED})`, async () => {
    const statuses = await fuzzServer(server, 1000, SEED);
    expect(statuses[200]).toBeGreaterThan(100);
    expect(statuses[400]).toBeGreaterThan(100);
  });
});
