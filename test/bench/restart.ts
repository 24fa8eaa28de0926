import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Connections, onEach, openConnections } from './connections.ts';
import { median, requireSuccess } from './measure.ts';
import { get, patchUser } from './operations.ts';
import type { Report } from './report.ts';
import type { Side } from './side.ts';
import { milliseconds, table } from './table.ts';

const CONNECTIONS = 16;
const WITHIN = 2000;
/** A log of this size is as full as it gets: beyond, the writers wait for a checkpoint. */
const FULL_LOG = 120 * 1024 * 1024;

interface Restart {
  readonly logBytes: number;
  /** Milliseconds until /readyz says yes, and of the first `get` after that. */
  readonly ready: number;
  readonly first: number;
}

/** Kills the server under load with a full write-ahead log, and measures how soon it serves again. */
export async function measureRestart(side: Side, rounds: number): Promise<Report> {
  const restarts: Restart[] = [];
  for (let round = 0; round < rounds; round++) restarts.push(await restartOnce(side, round));
  const total = ({ ready, first }: Restart): number => ready + first;
  const rows = restarts.map(({ logBytes, ready, first }) => [
    `SIGKILL with a log of ${(logBytes / 2 ** 20).toFixed(0)} MiB`,
    milliseconds(ready),
    milliseconds(first),
  ]);
  const slowest = Math.max(...restarts.map(total));
  return {
    markdown: table(['restart', 'ready after ms', 'first `get` ms'], rows),
    misses: slowest > WITHIN ? [`restart: ${milliseconds(slowest)} ms; ${WITHIN} is the goal`] : [],
    figures: { median: median(restarts.map(total)), restarts },
  };
}

async function restartOnce({ rollcall, main }: Side, round: number): Promise<Restart> {
  const filled = { users: main.seeded.sample, groups: [], strangers: [] };
  const file = join(rollcall.data, 'rollcall.db');
  const logSize = () => statSync(`${file}-wal`).size;
  const release = holdLog(file);
  const connections = openConnections(main.address, CONNECTIONS);
  let sent = 0;
  const load = onEach(connections, async (send) => {
    // The connections break when the server is killed.
    while (
      await send(patchUser.message(filled, round * 1e6 + sent++)).then(
        ({ status }) => status === 200,
        () => false,
      )
    );
  });
  while (logSize() < FULL_LOG) await new Promise((resolve) => setTimeout(resolve, 20));
  await rollcall.kill('SIGKILL');
  release();
  await load;
  await connections.close();
  const logBytes = logSize();
  const ready = await rollcall.start();
  const first = await firstAnswer(openConnections(main.address, 1), filled);
  return { logBytes, ready, first };
}

/** A reader that stays keeps the log from beginning anew. */
function holdLog(file: string): () => void {
  const reader = new DatabaseSync(file, { readOnly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM identity_server').get();
  return () => reader.close();
}

async function firstAnswer(connections: Connections, filled: Parameters<typeof get.message>[0]): Promise<number> {
  const began = performance.now();
  const message = get.message(filled, 0);
  requireSuccess(message, await connections.send(0, message));
  const milliseconds = performance.now() - began;
  await connections.close();
  return milliseconds;
}
