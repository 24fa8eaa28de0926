import { Worker } from 'node:worker_threads';
import { threadFile } from '../store/thread-file.ts';
import type { TalliedRequest } from './contract.ts';
import type { HandedEntry, LogCall, LogMessage, LogReply, LogThreadOptions } from './message.ts';

/** Milliseconds between a crash of the thread and its next start. */
const RESTART_DELAY = 1000;

const THREAD = threadFile('./log-thread.ts', import.meta.url);

/** The log's thread, started again when it crashes. */
export interface LogThread {
  /** Whether there was a thread to take them. */
  post(entries: readonly HandedEntry[], tallied: readonly TalliedRequest[]): boolean;
  /** Rejects when the thread refuses, crashes or is not there. */
  call(call: LogCall): Promise<unknown>;
  close(): Promise<void>;
}

/** What the thread reports without being asked. */
export interface LogThreadEvents {
  taken(stored: number, dropped: number): void;
  /** It crashed: batches that were not reported as taken are lost. */
  lost(): void;
}

/** Starts the thread. */
export function superviseThread(options: LogThreadOptions, events: LogThreadEvents, thread: URL = THREAD): LogThread {
  const calls = new Map<number, PromiseWithResolvers<unknown>>();
  let number = 0;
  let isClosed = false;
  let restart: NodeJS.Timeout | undefined;
  let worker: Worker | undefined = start();

  function start(): Worker {
    const started = new Worker(thread, { workerData: options, name: 'request-log' });
    started.on('message', onReply);
    // An error ends the thread; the exit that follows deals with it.
    started.on('error', () => {});
    started.on('exit', onExit);
    return started;
  }

  function onReply(reply: LogReply): void {
    if (reply.kind === 'taken') {
      events.taken(reply.stored, reply.dropped);
      return;
    }
    const call = calls.get(reply.number);
    calls.delete(reply.number);
    if (reply.kind === 'result') call?.resolve(reply.result);
    else call?.reject(new Error(`The request log: ${reply.message}`));
  }

  function onExit(): void {
    worker = undefined;
    events.lost();
    for (const call of calls.values()) call.reject(new Error('The request log stopped'));
    calls.clear();
    if (isClosed) return;
    restart = setTimeout(() => {
      worker = start();
    }, RESTART_DELAY);
  }

  const send = (message: LogMessage): boolean => {
    worker?.postMessage(message);
    return worker !== undefined;
  };

  const call = (asked: LogCall): Promise<unknown> => {
    const answer = Promise.withResolvers<unknown>();
    number++;
    if (send({ kind: 'call', number, call: asked })) calls.set(number, answer);
    else answer.reject(new Error('The request log is starting again'));
    return answer.promise;
  };

  return {
    post: (entries, tallied) => send({ kind: 'entries', entries, tallied }),
    call,
    close: async () => {
      isClosed = true;
      clearTimeout(restart);
      if (worker === undefined) return;
      const exited = new Promise((resolve) => worker?.once('exit', resolve));
      await call({ kind: 'close' }).catch(() => undefined);
      await exited;
    },
  };
}
