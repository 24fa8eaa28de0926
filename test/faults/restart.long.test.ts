import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processorTime } from '../bench/processor-time.ts';
import { createUsers } from '../harness/create-users.ts';
import { entraUser, patch } from '../harness/messages.ts';
import { inParallel, openPool } from '../harness/pool.ts';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import { valueAt } from '../harness/value-at.ts';

const USERS = Number(process.env.USERS ?? 50_000);
/** A log of this size is as full as it gets: beyond, the writers wait for a checkpoint. */
const FULL_LOG = 120 * 1024 * 1024;
/** Processor time of that start, by the time of a start on an empty directory. */
const LIMIT = 4;

const pidOf = (server: ServerProcess): number => server.pid() ?? 0;

let rollcall: ServerProcess;
beforeAll(async () => {
  rollcall = await startProcess();
});
afterAll(() => rollcall.remove());

describe('a start after SIGKILL under load', () => {
  it(`with ${USERS} users and a full write-ahead log costs at most ${LIMIT} times as much as one on nothing`, {
    timeout: 3_600_000,
  }, async () => {
    const empty = processorTime(pidOf(rollcall));
    const server = await rollcall.identityServer();
    const pool = openPool(server, 32);
    const ids = await createUsers(pool, USERS, entraUser);

    // A reader that stays keeps the log from beginning anew.
    const file = join(rollcall.data, 'rollcall.db');
    const reader = new DatabaseSync(file, { readOnly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM identity_server').get();
    const logSize = () => statSync(`${file}-wal`).size;
    let next = 0;
    await inParallel(32, async () => {
      const id = ids[(next++ * 7919) % ids.length];
      const change = patch({ op: 'replace', path: 'title', value: `Title ${next}` });
      await pool.request('PATCH', `/Users/${id}`, change);
      return logSize() < FULL_LOG;
    });
    await rollcall.kill('SIGKILL');
    reader.close();
    await pool.close();
    const bytes = logSize();
    const ready = await rollcall.start();
    const answer = await server.find('/Users', 'userName eq "person.7@acme.example"');
    const full = processorTime(pidOf(rollcall));
    console.log(
      `${USERS} users, log of ${(bytes / 2 ** 20).toFixed(0)} MiB: ready after ${ready.toFixed(0)} ms; ${full.toFixed(0)} ms of processor time, ${empty.toFixed(0)} on nothing`,
    );
    expect(valueAt(answer.body, '$.totalResults')).toBe(1);
    expect(bytes).toBeGreaterThan(FULL_LOG / 2);
    expect(full / empty).toBeLessThan(LIMIT);
  });
});
