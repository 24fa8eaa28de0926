import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { TalliedRequest } from './contract.ts';
import { logFile } from './log-file.ts';
import type { HandedEntry, LogCall, LogMessage, LogReply, LogThreadOptions } from './message.ts';

/** Milliseconds that one search may take; what it has found by then is its result. */
const SEARCH_BUDGET = 3000;
const RETENTION_INTERVAL = 60_000;

const options: LogThreadOptions = workerData;
const file = logFile(options);
let isTrimming = false;

parentPort?.on('message', (message: LogMessage) => {
  if (message.kind === 'entries') store(message.entries, message.tallied);
  else void answer(message.number, message.call);
});
const retention = setInterval(() => void trim(), RETENTION_INTERVAL);

const reply = (message: LogReply): void => parentPort?.postMessage(message);

function store(entries: readonly HandedEntry[], tallied: readonly TalliedRequest[]): void {
  let stored = 0;
  try {
    stored = file.store(entries, tallied);
  } catch {
    // A full disk, a broken or locked file: these entries are lost and counted, the next ones may fit again.
  }
  reply({ kind: 'taken', stored, dropped: entries.length - stored });
  if (!isTrimming) void trim();
}

/** Removes what is too old or too much, in steps between which entries are stored. */
async function trim(): Promise<void> {
  isTrimming = true;
  try {
    while (file.trim(Date.now())) await nextTurn();
  } catch {
    // The file cannot be written now; the next batch tries again.
  } finally {
    isTrimming = false;
  }
}

async function answer(number: number, call: LogCall): Promise<void> {
  try {
    reply({ kind: 'result', number, result: await resultOf(call) });
  } catch (error) {
    reply({ kind: 'failure', number, message: error instanceof Error ? error.message : String(error) });
  }
  if (call.kind === 'close') parentPort?.close();
}

async function resultOf(call: LogCall): Promise<unknown> {
  switch (call.kind) {
    case 'search':
      return walk(file.search(call.query));
    case 'entry':
      return file.entry(call.server, call.n);
    case 'about':
      return walk(file.about(call.query));
    case 'lastAt':
      return file.lastAt(call.server);
    case 'count':
      return file.count(call.server);
    case 'clear':
      return clear(call.server);
    case 'statisticsByTime':
      return file.statisticsByTime(call.query);
    case 'flush':
      // Entries are stored as their messages come in: those before this one are.
      return undefined;
    case 'close':
      clearInterval(retention);
      file.close();
  }
}

/** What a search finds in its time, with a turn for others after each of its steps. */
async function walk<Found>(steps: Generator<Found, Found>): Promise<Found> {
  const end = performance.now() + SEARCH_BUDGET;
  for (;;) {
    const { done, value } = steps.next();
    if (done || performance.now() > end) return value;
    await nextTurn();
  }
}

async function clear(server: number): Promise<number> {
  let cleared = 0;
  for (;;) {
    const removed = file.clear(server);
    if (removed === 0) break;
    cleared += removed;
    await nextTurn();
  }
  await trim();
  return cleared;
}
