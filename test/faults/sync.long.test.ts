import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../harness/pool.ts';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import { createRandom } from '../harness/random.ts';
import { canRun } from './can-run.ts';
import { advance, newPerson } from './person.ts';
import { readTrace, tracedWrites } from './trace.ts';

const SAMPLES = 100;
const CALLS = 'read,readv,recvfrom,write,writev,sendto,sendmsg,pwrite64,pwritev,fdatasync,fsync';

let rollcall: ServerProcess;
let directory: string;
beforeAll(async () => {
  rollcall = await startProcess();
  directory = await mkdtemp(join(tmpdir(), 'rollcall-trace-'));
});
afterAll(async () => {
  await rollcall.remove();
  await rm(directory, { recursive: true, force: true });
});

const hasTrace = canRun('strace is not here: whether the log is synced before each answer was not shown.', () =>
  execFileSync('strace', ['-V'], { stdio: 'ignore' }),
);

describe.runIf(hasTrace)('the system calls of a write', () => {
  it(`sync the write-ahead log between request and answer, ${SAMPLES} times of ${SAMPLES}`, async () => {
    const server = await rollcall.identityServer();
    const team = await server.group('Team');
    const pool = openPool(server, 1);
    const file = join(directory, 'trace');
    const words = ['-f', '-y', '-s', '64', '-e', `trace=${CALLS}`, '-o', file, '-p', String(rollcall.pid())];
    const strace = spawn('strace', words, { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = once(strace, 'exit');
    await once(strace.stderr, 'data');

    const random = createRandom(1);
    const persons = Array.from({ length: 10 }, (_, index) => newPerson(`traced-${index}`));
    const statuses: string[] = [];
    for (let sample = 0; sample < SAMPLES; sample++) {
      const answer = await advance(pool, random.pick(persons), team, random);
      statuses.push(String(answer?.status));
    }
    strace.kill('SIGINT');
    await ended;
    await pool.close();

    const writes = tracedWrites(readTrace(await readFile(file, 'utf8')));
    expect(writes.map(({ status }) => status)).toEqual(statuses);
    expect(writes.filter(({ logged, synced }) => !logged || !synced)).toEqual([]);
  });
});
