import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { compileMappings } from '../mapping/compile.ts';
import { assessOne } from './assess-one.ts';
import { IDLE, type MapperBatch, type MapperReply, type MapperThreadData } from './mapper-message.ts';

/** Milliseconds after which results leave: what has left need not be evaluated again when an object ends the thread. */
const REPLY_INTERVAL = 20;

const data: MapperThreadData = workerData;
const mappings = compileMappings(data.mappings, data.catalogue);
const progress = new Int32Array(data.progress);

parentPort?.on('message', ({ objects, now }: MapperBatch) => {
  const environment = { now, random: randomBytes };
  let results: MapperReply['results'][number][] = [];
  let left = performance.now();
  for (const [place, assessed] of objects.entries()) {
    Atomics.store(progress, 0, place);
    results.push([assessed.object.id, assessOne(mappings, assessed, environment)]);
    if (performance.now() - left < REPLY_INTERVAL) continue;
    reply({ results, done: false });
    results = [];
    left = performance.now();
  }
  Atomics.store(progress, 0, IDLE);
  reply({ results, done: true });
});

function reply(message: MapperReply): void {
  parentPort?.postMessage(message);
}
