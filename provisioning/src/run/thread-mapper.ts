import { Worker } from 'node:worker_threads';
import type { Assessment, ObjectProblem } from '../plan/assessment.ts';
import type { Assessed, Mapper } from './mapper.ts';
import { IDLE, type MapperBatch, type MapperReply, type MapperThreadData } from './mapper-message.ts';

/** In the published package the thread's file is JavaScript, as this one is. */
const THREAD = new URL(import.meta.url.endsWith('.ts') ? './mapper-thread.ts' : './mapper-thread.js', import.meta.url);

/** So often within a budget the thread is looked at. */
const LOOKS = 5;

/** Megabytes; an expression that would fill the memory ends its thread and not the process. */
const MEMORY = 512;

interface Thread {
  readonly worker: Worker;
  readonly progress: Int32Array;
}

/** How a batch ended before its end: at which place, and what is wrong with the object there. */
interface Ended {
  readonly place: number;
  readonly problem: ObjectProblem;
}

interface ThreadMapperOptions extends Pick<MapperThreadData, 'mappings' | 'catalogue'> {
  /** Milliseconds that one object may take. */
  readonly budget: number;
  now(): number;
}

type Results = Map<string, Assessment | ObjectProblem>;

/**
 * Evaluates in a thread. An object that takes longer than its budget ends the thread and becomes the problem
 * `ExpressionTimeout`; the others go to a new thread. The thread starts with the first batch and keeps no process alive.
 */
export function threadMapper(options: ThreadMapperOptions): Mapper {
  let thread: Thread | undefined;
  let closed = false;
  let turn: Promise<unknown> = Promise.resolve();

  const started = (): Thread => {
    thread ??= startThread(options, (ended) => {
      if (thread?.worker === ended) thread = undefined;
    });
    return thread;
  };

  const assessAll = async (objects: readonly Assessed[]): Promise<Results> => {
    const results: Results = new Map();
    let waiting = objects;
    while (waiting.length > 0) {
      if (closed) throw new Error('The mapper was closed.');
      const ended = await runBatch(started(), { objects: waiting, now: options.now() }, options.budget, results);
      if (ended === undefined) break;
      const id = waiting[ended.place]?.object.id;
      if (closed || id === undefined) throw new Error(closed ? 'The mapper was closed.' : ended.problem.message);
      if (!results.has(id)) results.set(id, ended.problem);
      waiting = waiting.filter(({ object }) => !results.has(object.id));
    }
    return results;
  };

  return {
    assess: (_type, objects) => {
      const assessed = turn.then(() => assessAll(objects));
      turn = assessed.catch(() => undefined);
      return assessed;
    },
    close: async () => {
      closed = true;
      await thread?.worker.terminate();
      await turn;
    },
  };
}

function startThread(options: ThreadMapperOptions, onExit: (worker: Worker) => void): Thread {
  const progress = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)).fill(IDLE);
  const { mappings, catalogue } = options;
  const workerData: MapperThreadData = { mappings, catalogue, progress: progress.buffer };
  const worker = new Worker(THREAD, { workerData, name: 'mapper', resourceLimits: { maxOldGenerationSizeMb: MEMORY } });
  // Whoever waits for a batch hears of an error too; between two batches nobody does, and the exit follows.
  worker.on('error', () => {});
  worker.once('exit', () => onExit(worker));
  // While a batch runs, its watch keeps the process alive.
  worker.unref();
  return { worker, progress };
}

/** Adds results as they come. Resolves when the batch is done (undefined) or the thread has ended in it. */
function runBatch(
  { worker, progress }: Thread,
  batch: MapperBatch,
  budget: number,
  results: Results,
): Promise<Ended | undefined> {
  const { promise, resolve } = Promise.withResolvers<Ended | undefined>();
  let ended: Ended | undefined;

  const onMessage = (reply: MapperReply): void => {
    for (const [id, result] of reply.results) results.set(id, result);
    // Of a thread that is being ended, only the exit counts: the next batch must not go to it.
    if (reply.done && ended === undefined) finish(undefined);
  };
  const onError = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    ended ??= { place: Atomics.load(progress, 0), problem: { code: 'InternalError', path: undefined, message } };
  };
  const onExit = (): void => {
    const message = 'The thread that evaluates expressions ended.';
    const problem = { code: 'InternalError', path: undefined, message } as const;
    finish(ended ?? { place: Atomics.load(progress, 0), problem });
  };
  const watch = watchPlace(progress, budget, (place) => {
    const message = `It was ended after ${budget} ms.`;
    ended = { place, problem: { code: 'ExpressionTimeout', path: undefined, message } };
    void worker.terminate();
  });
  const finish = (outcome: Ended | undefined): void => {
    clearInterval(watch);
    worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    resolve(outcome);
  };

  worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  worker.postMessage(batch);
  return promise;
}

/**
 * Tells when the thread has been at one place for the budget. It counts its own looks and not the time: a process
 * that stood still for a while has stopped the thread too.
 */
function watchPlace(progress: Int32Array, budget: number, onStuck: (place: number) => void): NodeJS.Timeout {
  let last = IDLE;
  let looks = 0;
  return setInterval(() => {
    const place = Atomics.load(progress, 0);
    looks = place === last && place !== IDLE ? looks + 1 : 0;
    last = place;
    if (looks === LOOKS) onStuck(place);
  }, budget / LOOKS);
}
