import { PATCH_SCHEMA } from '../patch/parse.ts';
import type { BulkOperation, BulkRequest, MalformedOperation } from './operation.ts';
import { referencedBulkIds } from './reference.ts';
import { splitReferences } from './split.ts';

/** What a server does for a bulk request, step by step. */
export type BulkStep =
  | { readonly kind: 'refuse'; readonly entry: MalformedOperation }
  | {
      readonly kind: 'run';
      readonly operation: BulkOperation;
      /** Attributes whose values wait for a `complete` step, because their references form a circle. */
      readonly deferred: readonly string[];
    }
  /** Adds deferred values to what the POST at `operation.index` created. A failure is that operation's. */
  | { readonly kind: 'complete'; readonly operation: BulkOperation };

/**
 * Puts the operations of a bulk request into an order in which each `bulkId` is known when it is needed (RFC 7644
 * §3.7.1): that of the request, but for resources that are referred to before they are created. Where references form a
 * circle, one of the resources is created without them and patched afterwards. Linear in the size of the request.
 */
export function planBulk(request: BulkRequest): readonly BulkStep[] {
  const { order, cuts } = sortEntries(readGraph(request));
  const deferrals = deferralsOf(cuts);
  const waiting = Map.groupBy(cuts, (cut) => cut.needs);
  const missing = new Map<BulkOperation, number>();
  for (const { operation } of cuts) missing.set(operation, (missing.get(operation) ?? 0) + 1);
  const steps: BulkStep[] = [];
  for (const entry of order) {
    if ('error' in entry) {
      steps.push({ kind: 'refuse', entry });
      continue;
    }
    const deferral = deferrals.get(entry);
    steps.push({ kind: 'run', operation: deferral?.run ?? entry, deferred: deferral?.deferred ?? [] });
    for (const { operation } of waiting.get(entry) ?? []) {
      const left = (missing.get(operation) ?? 0) - 1;
      missing.set(operation, left);
      const complete = deferrals.get(operation)?.complete;
      if (left === 0 && complete !== undefined) steps.push({ kind: 'complete', operation: complete });
    }
  }
  return steps;
}

type Entry = BulkOperation | MalformedOperation;

/** For each entry, in the order of the request, the POSTs that it refers to. */
type Graph = ReadonlyMap<Entry, readonly BulkOperation[]>;

function readGraph({ operations, malformed }: BulkRequest): Graph {
  const created = new Map<string, BulkOperation>();
  for (const operation of operations) {
    if (operation.method === 'POST' && operation.bulkId !== undefined) created.set(operation.bulkId, operation);
  }
  const entries = [...operations, ...malformed].toSorted((a, b) => a.index - b.index);
  return new Map(entries.map((entry) => [entry, 'error' in entry ? [] : neededBy(entry, created)]));
}

function neededBy(operation: BulkOperation, created: ReadonlyMap<string, BulkOperation>): readonly BulkOperation[] {
  const bulkIds = referencedBulkIds([operation.path, operation.data ?? null]);
  return [...bulkIds].flatMap((bulkId) => created.get(bulkId) ?? []);
}

/** A reference that could not be kept: `operation` is created before what it needs. */
interface Cut {
  readonly operation: BulkOperation;
  readonly needs: BulkOperation;
}

/** Depth first and in the order of the request, with a stack of its own: a chain can be as long as the request. */
function sortEntries(graph: Graph): { order: ReadonlySet<Entry>; cuts: readonly Cut[] } {
  const order = new Set<Entry>();
  const cuts: Cut[] = [];
  for (const start of graph.keys()) {
    // What is on the path, and how many of its needs have been looked at.
    const path = new Map<Entry, number>();
    const stack = [start];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const at = path.get(top) ?? 0;
      const needs = order.has(top) ? undefined : graph.get(top)?.[at];
      path.set(top, at + 1);
      if (needs === undefined) {
        order.add(top);
        path.delete(top);
        stack.pop();
      } else if (!path.has(needs)) {
        stack.push(needs);
      } else if (!('error' in top)) {
        cuts.push({ operation: top, needs });
      }
    }
  }
  return { order, cuts };
}

interface Deferral {
  readonly run: BulkOperation;
  readonly deferred: readonly string[];
  readonly complete: BulkOperation;
}

function deferralsOf(cuts: readonly Cut[]): ReadonlyMap<BulkOperation, Deferral> {
  const deferrals = [...Map.groupBy(cuts, (cut) => cut.operation)].map(
    ([operation, own]): [BulkOperation, Deferral] => {
      const bulkIds = new Set(own.flatMap(({ needs }) => needs.bulkId ?? []));
      const { now, later, deferred } = splitReferences(operation.data ?? {}, bulkIds);
      const data = { schemas: [PATCH_SCHEMA], Operations: [{ op: 'add', value: later }] };
      const path = `${operation.path}/bulkId:${operation.bulkId}`;
      const complete: BulkOperation = { ...operation, method: 'PATCH', version: undefined, path, data };
      return [operation, { run: { ...operation, data: now }, deferred, complete }];
    },
  );
  return new Map(deferrals);
}
