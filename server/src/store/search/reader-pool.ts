import { Worker } from 'node:worker_threads';
import { ScimError } from '@rollcall/scim';
import { BudgetExceeded, type SearchPage, StoreUnavailable } from '../contract.ts';
import { searchQueue } from './search-queue.ts';
import type { ThreadReply, ThreadSearch } from './thread-message.ts';

/** What a thread may exceed its budget by before it is ended: it looks at the clock itself, but not within a statement. */
const GRACE = 500;
/** Searches that may wait; a client that waits longer than these take has gone. */
const MOST_WAITING = 1000;

/** Memory of a thread: the sort keys of a million resources take 200 MB. */
const HEAP = { maxOldGenerationSizeMb: 512 };

/** Threads that search, each with a connection of its own. */
export interface ReaderPool {
  /** Rejects with BudgetExceeded when the search takes too long or too many wait. */
  run(search: ThreadSearch): Promise<SearchPage>;
  waiting(): number;
  close(): Promise<void>;
}

interface Job extends PromiseWithResolvers<SearchPage> {
  readonly search: ThreadSearch;
}

interface Thread {
  readonly worker: Worker;
  isReady: boolean;
  job: Job | undefined;
  watchdog: NodeJS.Timeout | undefined;
}

/**
 * Starts threads of a file when searches come, at most `threads`, with `options` as their data, and ends one that does
 * not come back from a statement.
 */
export function readerPool<Options extends { readonly budget: number }>(
  threads: number,
  options: Options,
  file: URL,
): ReaderPool {
  const queue = searchQueue<Job>(threads);
  const running = new Set<Thread>();
  /** Threads that were ended and are still in a statement. */
  const ending = new Set<Promise<unknown>>();
  let isClosed = false;

  function start(): Thread {
    const worker = new Worker(file, { resourceLimits: HEAP, workerData: options, name: 'search' });
    const thread: Thread = { worker, isReady: false, job: undefined, watchdog: undefined };
    running.add(thread);
    let failure: unknown;
    worker.on('message', (reply: ThreadReply) => onReply(thread, reply));
    worker.on('error', (error) => {
      failure = error;
    });
    worker.on('exit', () => onExit(thread, failure));
    return thread;
  }

  function dispatch(): void {
    for (;;) {
      const idle = running.values().find((thread) => thread.job === undefined);
      // A thread that is ending still uses a processor: there are never more of these than threads.
      if (idle === undefined && (running.size >= threads || ending.size >= threads)) return;
      const next = queue.take();
      if (next === undefined) return;
      assign(idle ?? start(), next.job);
    }
  }

  function assign(thread: Thread, job: Job): void {
    thread.job = job;
    thread.worker.ref();
    thread.worker.postMessage(job.search);
    if (thread.isReady) watch(thread);
  }

  function watch(thread: Thread): void {
    thread.watchdog = setTimeout(() => end(thread), options.budget + GRACE);
  }

  function onReply(thread: Thread, reply: ThreadReply): void {
    if (reply.kind === 'ready') {
      thread.isReady = true;
      if (thread.job !== undefined) watch(thread);
      return;
    }
    const job = release(thread);
    if (job === undefined) return;
    queue.done(job.search.server);
    if (reply.kind === 'page') job.resolve(reply.page);
    else job.reject(errorOf(reply));
    dispatch();
  }

  function release(thread: Thread): Job | undefined {
    const { job } = thread;
    clearTimeout(thread.watchdog);
    thread.job = undefined;
    // An idle thread does not keep the process alive.
    thread.worker.unref();
    return job;
  }

  /** Its search is over budget in a statement, which only the end of the thread ends. */
  function end(thread: Thread): void {
    running.delete(thread);
    const job = release(thread);
    job?.reject(exceeded());
    const ended = thread.worker.terminate().finally(() => {
      ending.delete(ended);
      if (job !== undefined) queue.done(job.search.server);
      dispatch();
    });
    ending.add(ended);
    dispatch();
  }

  function onExit(thread: Thread, failure: unknown): void {
    if (!running.delete(thread)) return;
    const job = release(thread);
    if (job === undefined) return;
    queue.done(job.search.server);
    job.reject(isOutOfMemory(failure) ? exceeded() : new Error('A search thread ended', { cause: failure }));
    if (!isClosed) dispatch();
  }

  return {
    run(search) {
      const job: Job = { search, ...Promise.withResolvers<SearchPage>() };
      if (isClosed) job.reject(new Error('The store is closed'));
      else if (queue.length() >= MOST_WAITING) job.reject(exceeded());
      else {
        queue.add(search.server, job);
        dispatch();
      }
      return job.promise;
    },
    waiting: () => queue.length(),
    async close() {
      isClosed = true;
      for (const job of queue.clear()) job.reject(new Error('The store is closed'));
      await Promise.all([...running].map(({ worker }) => worker.terminate()));
      await Promise.all(ending);
    },
  };
}

function errorOf(reply: Exclude<ThreadReply, { kind: 'ready' | 'page' }>): Error {
  switch (reply.kind) {
    case 'exceeded':
      return exceeded();
    case 'refused':
      return new ScimError(reply.status, reply.scimType, reply.detail);
    case 'unavailable':
      return new StoreUnavailable(`The database cannot be reached: ${reply.detail}`);
    case 'failure':
      return reply.error;
  }
}

const exceeded = () => new BudgetExceeded('The search takes too long');

function isOutOfMemory(failure: unknown): boolean {
  return failure instanceof Error && 'code' in failure && failure.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
