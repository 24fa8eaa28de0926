import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { plainUser } from '../harness/messages.ts';
import { CutAnswer, openPool } from '../harness/pool.ts';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import { createRandom } from '../harness/random.ts';
import { inspect } from './inspect.ts';
import { createLoad } from './load.ts';

const ROUNDS = 10;
const CLIENTS = 32;

let rollcall: ServerProcess;
beforeEach(async () => {
  rollcall = await startProcess();
});
afterEach(() => rollcall.remove());

describe('SIGTERM under load', () => {
  it(`cuts no request and loses no acknowledged write, ${ROUNDS} times`, async () => {
    const server = await rollcall.identityServer();
    const team = await server.group('Team');
    const random = createRandom(3);
    const load = createLoad(CLIENTS, team, random);
    for (let round = 0; round < ROUNDS; round++) {
      const pool = openPool(server, CLIENTS);
      let stopping = Number.POSITIVE_INFINITY;
      const problems: string[] = [];
      let begun = 0;
      let open = 0;
      const watched: typeof pool = {
        ...pool,
        async request(...words) {
          const isFirst = begun++ < CLIENTS;
          const began = performance.now();
          try {
            const answer = await pool.request(...words);
            if (isFirst) open++;
            if (answer.status >= 300 && began < stopping) problems.push(`${answer.status} ${answer.text}`);
            return answer;
          } catch (error) {
            // What was sent after the stop may find the door closed, but no answer ends in the middle.
            if (began < stopping || error instanceof CutAnswer) problems.push(`${words[0]}: ${error}`);
            throw error;
          }
        },
      };
      const loading = load.run(watched, (answer) => answer !== undefined && answer.status < 300);
      // A connection that is still being made has sent nothing yet.
      await vi.waitUntil(() => open === CLIENTS, { timeout: 60_000, interval: 5 });
      await pause(random.below(300));
      stopping = performance.now();
      const code = await rollcall.kill('SIGTERM');
      const touched = await loading;
      await pool.close();
      expect({ problems, code }).toEqual({ problems: [], code: 0 });
      await rollcall.start();
      const reader = openPool(server, CLIENTS);
      expect(await inspect(reader, load.persons, touched, team)).toEqual([]);
      await reader.close();
    }
  });

  it('waits for a request whose body is still on its way', async () => {
    const server = await rollcall.identityServer();
    const body = JSON.stringify(plainUser('late@acme.example'));
    const outgoing = request(`${server.baseUrl}/Users`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${server.token}`,
        'content-type': 'application/scim+json',
        'content-length': Buffer.byteLength(body),
      },
    });
    outgoing.write(body.slice(0, 20));
    await pause(200);
    const ended = rollcall.kill('SIGTERM');
    await pause(500);
    outgoing.end(body.slice(20));
    const [incoming] = await once(outgoing, 'response');
    incoming.resume();
    expect(incoming.statusCode).toBe(201);
    expect(await ended).toBe(0);
    await rollcall.start();
    expect((await server.find('/Users', 'userName eq "late@acme.example"')).text).toContain('late@acme.example');
  });
});
