import {
  type BulkOperation,
  type BulkRequest,
  type BulkResult,
  type BulkStep,
  bulkResponse,
  conflict,
  goesOn,
  type Json,
  parseBulk,
  planBulk,
  resolveBulkIds,
  type ScimError,
} from '@rollcall/scim';
import { toScimError } from '../http/errors.ts';
import type { Exchange, ScimRequest, ScimResponse } from '../http/exchange.ts';
import { parseBody } from './body.ts';
import { inAttempts } from './in-transaction.ts';

/** Operations under way at once: enough to share a group commit, few enough to leave the event loop free. */
const AT_ONCE = 32;

/** Runs one operation of the job as the single request that it stands for; rejects with what that would answer. */
export type RunSingle = (exchange: Exchange, request: ScimRequest) => Promise<ScimResponse>;

/** What a job has come to: results by position in the request, ids by bulkId. */
interface Job {
  readonly exchange: Exchange;
  readonly runSingle: RunSingle;
  readonly results: Map<number, BulkResult>;
  readonly ids: Map<string, string>;
}

/**
 * POST /Bulk (RFC 7644 §3.7): 200 with a result for each operation that ran. Operations begin in the planned order; one
 * ends before the next where the store does not keep that order by itself; those that name a bulkId wait for it.
 */
export async function bulk(exchange: Exchange, request: ScimRequest, runSingle: RunSingle): Promise<ScimResponse> {
  const { bulkOperations } = exchange.limits;
  const parsed = parseBulk(parseBody(request.body), { maxOperations: bulkOperations, baseUrl: exchange.baseUrl });
  const job: Job = { exchange, runSingle, results: new Map(), ids: new Map() };
  await (exchange.store.keepsOrder ? runAtOnce : runTogether)(job, parsed);
  return { status: 200, headers: {}, body: JSON.stringify(bulkResponse([...job.results.values()])) };
}

/** Steps begin without waiting for those before, where the store keeps their order. */
async function runAtOnce(job: Job, parsed: BulkRequest): Promise<void> {
  const atOnce = parsed.failOnErrors === undefined ? AT_ONCE : 1;
  let running: Promise<void>[] = [];
  for (const step of planBulk(parsed)) {
    if (running.length >= atOnce || (running.length > 0 && waitsFor(step, job.ids))) {
      await Promise.all(running);
      running = [];
    }
    if (parsed.failOnErrors !== undefined && !goesOn(parsed, errorsIn(job))) break;
    running.push(runStep(job, step));
  }
  await Promise.all(running);
}

/** One step after another, as many as are at once elsewhere with one commit. */
async function runTogether(job: Job, parsed: BulkRequest): Promise<void> {
  const { exchange } = job;
  const steps = [...planBulk(parsed)];
  const isOver = () => parsed.failOnErrors !== undefined && !goesOn(parsed, errorsIn(job));
  while (steps.length > 0 && !isOver()) {
    const batch = steps.splice(0, AT_ONCE);
    const before = { results: new Map(job.results), ids: new Map(job.ids) };
    try {
      await inAttempts(exchange, (attempt) =>
        exchange.store.together(async (store) => {
          // What an attempt before this one came to does not count.
          restore(job, before);
          const part = { ...job, exchange: { ...attempt(), store } };
          for (const step of batch) {
            if (isOver()) return;
            await runStep(part, step);
          }
        }),
      );
    } catch (error) {
      restore(job, before);
      for (const step of batch) if (step.kind !== 'refuse') failStep(job, step.operation, error);
    }
  }
}

function restore(job: Job, before: Pick<Job, 'results' | 'ids'>): void {
  job.results.clear();
  for (const [index, result] of before.results) job.results.set(index, result);
  job.ids.clear();
  for (const [bulkId, id] of before.ids) job.ids.set(bulkId, id);
}

const errorsIn = ({ results }: Job): number => [...results.values()].filter(({ status }) => status >= 400).length;

/** Whether a step names a bulkId whose operation has not ended yet. */
function waitsFor(step: BulkStep, ids: ReadonlyMap<string, string>): boolean {
  if (step.kind === 'refuse') return false;
  const { path, data } = step.operation;
  return step.kind === 'complete' || resolveBulkIds({ path, data: data ?? null }, ids).unresolved.length > 0;
}

async function runStep(job: Job, step: BulkStep): Promise<void> {
  if (step.kind === 'refuse') {
    job.results.set(step.entry.index, failure(step.entry, step.entry.error, undefined));
    return;
  }
  const { operation } = step;
  const before = job.results.get(operation.index);
  if (step.kind === 'run') {
    const result = await runOperation(job, operation);
    job.results.set(operation.index, result);
    const id = result.location?.split('/').at(-1);
    const made = operation.method === 'POST' && result.status < 400 && id !== undefined;
    if (made && operation.bulkId !== undefined) job.ids.set(operation.bulkId, id);
  } else if (before !== undefined && before.status < 400) {
    const { status, response, version } = await runOperation(job, operation);
    const outcome = status < 400 ? { version: version ?? before.version } : { status, response };
    job.results.set(operation.index, { ...before, ...outcome });
  }
}

async function runOperation(job: Job, operation: BulkOperation): Promise<BulkResult> {
  const { index, method, bulkId, version } = operation;
  const path = resolveBulkIds(operation.path, job.ids);
  const data = resolveBulkIds(operation.data ?? null, job.ids);
  const location = method === 'POST' ? undefined : `${job.exchange.baseUrl}${path.data}`;
  const unresolved = [...path.unresolved, ...data.unresolved];
  if (unresolved.length > 0) {
    const names = [...new Set(unresolved)].join(', ');
    return failure(operation, conflict(`bulkId ${names} names nothing that this job has created.`), location);
  }
  try {
    const { status, headers } = await job.runSingle(
      job.exchange,
      single(method, String(path.data), data.data, version),
    );
    return {
      index,
      method,
      bulkId,
      location: headers.location ?? location,
      version: headers.etag,
      status,
      response: undefined,
    };
  } catch (error) {
    return failure(operation, scimErrorOf(job, error), location);
  }
}

/** What other operations did stays done, so that the job still has to say it. */
function scimErrorOf({ exchange }: Job, error: unknown): ScimError {
  const scimError = toScimError(error, 'of the bulk request', exchange.limits.maxBody);
  if (scimError.status === 500) exchange.reportFailure(error);
  return scimError;
}

function failStep(job: Job, operation: BulkOperation, error: unknown): void {
  const location = operation.method === 'POST' ? undefined : `${job.exchange.baseUrl}${operation.path}`;
  job.results.set(operation.index, failure(operation, scimErrorOf(job, error), location));
}

function single(method: string, path: string, data: Json, version: string | undefined): ScimRequest {
  const [way = '', query = ''] = path.split('?', 2);
  return {
    method,
    segments: way.split('/').filter((segment) => segment !== ''),
    query,
    header: (name) => (name === 'if-match' ? version : undefined),
    body: data === null ? '' : JSON.stringify(data),
  };
}

const failure = (
  { index, method, bulkId }: { index: number; method: string | undefined; bulkId: string | undefined },
  error: ScimError,
  location: string | undefined,
): BulkResult => ({
  index,
  method,
  bulkId,
  location,
  version: undefined,
  status: error.status,
  response: error.toJSON(),
});
