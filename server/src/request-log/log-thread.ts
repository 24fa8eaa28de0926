import { parentPort, workerData } from 'node:worker_threads';
import type { TalliedRequest } from './contract.ts';
import type { LogKeeper } from './keeper.ts';
import { logFile } from './log-file.ts';
import { logTables } from './log-tables.ts';
import type { HandedEntry, LogCall, LogMessage, LogReply, LogThreadOptions } from './message.ts';

/** Milliseconds that one search may take; what it has found by then is its result. */
const SEARCH_BUDGET = 3000;
const RETENTION_INTERVAL = 60_000;
/** Milliseconds that a batch waits for those before it, while the database hangs: a search, or the end of the process, waits for it. */
const PATIENCE = 15_000;

const keeper = openKeeper(workerData);
let isTrimming = false;
/** The end of the last batch that came in: they are stored one after another. */
let storing = Promise.resolve();

parentPort?.on('message', (message: LogMessage) => {
  if (message.kind === 'entries') {
    const until = performance.now() + PATIENCE;
    storing = storing.then(() => store(message.entries, message.tallied, until));
  } else {
    void answer(message.number, message.call);
  }
});
const retention = setInterval(() => void trim(), RETENTION_INTERVAL);

const reply = (message: LogReply): void => parentPort?.postMessage(message);

function openKeeper({ place, ...options }: LogThreadOptions): LogKeeper {
  return 'file' in place ? logFile({ ...options, ...place }) : logTables({ ...options, ...place });
}

async function store(
  entries: readonly HandedEntry[],
  tallied: readonly TalliedRequest[],
  until: number,
): Promise<void> {
  let stored = 0;
  try {
    if (performance.now() < until) stored = await keeper.store(entries, tallied);
  } catch {
    // A full disk, a broken or locked file, a database that is away: these entries are lost and counted, the next ones may fit again.
  }
  reply({ kind: 'taken', stored, dropped: entries.length - stored });
  if (!isTrimming) void trim();
}

async function trim(): Promise<void> {
  isTrimming = true;
  try {
    await keeper.trim();
  } catch {
    // The place cannot be written now; the next batch tries again.
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
      return keeper.search(call.query, SEARCH_BUDGET);
    case 'entry':
      return keeper.entry(call.server, call.n);
    case 'about':
      return keeper.about(call.query, SEARCH_BUDGET);
    case 'lastAt':
      return keeper.lastAt(call.server);
    case 'count':
      return keeper.count(call.server);
    case 'clear':
      return keeper.clear(call.server);
    case 'statisticsByTime':
      return keeper.statisticsByTime(call.query);
    case 'flush':
      return storing;
    case 'close':
      clearInterval(retention);
      await storing;
      return keeper.close();
  }
}
