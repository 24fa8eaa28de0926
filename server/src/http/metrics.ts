import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RequestLog } from '../request-log/contract.ts';
import type { Store } from '../store/contract.ts';

export interface Metrics {
  /** Counts one answered SCIM request. */
  request(operation: string, status: number, seconds: number): void;
  /** The metrics in Prometheus' text format, and its media type. */
  text(): Promise<{ body: string; contentType: string }>;
}

/** Metrics of one process: request durations, and how full the queues of store and request log are. */
export function createMetrics(store: Store, requestLog: RequestLog): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'rollcall_request_duration_seconds',
    help: 'Time from the first byte of a SCIM request to the end of its answer',
    labelNames: ['operation', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge('rollcall_store_waiting_writes', 'Writes that wait for their commit', () => store.statistics().waitingWrites);
  gauge(
    'rollcall_store_waiting_searches',
    'Searches that wait for a reader thread',
    () => store.statistics().waitingSearches,
  );
  gauge('rollcall_store_wal_bytes', 'Size of the write-ahead log', () => store.statistics().walBytes);
  gauge(
    'rollcall_log_waiting_rows',
    'Requests handed to the request log and not stored yet',
    () => requestLog.statistics().waiting,
  );
  const counter = (name: string, help: string, read: () => number) =>
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  counter('rollcall_store_commits_total', 'Group commits', () => store.statistics().commits);
  counter(
    'rollcall_log_dropped_rows_total',
    'Requests that the request log had to drop',
    () => requestLog.statistics().dropped,
  );

  // One child per pair of labels, looked up in our own map: prom-client hashes the labels at each observation.
  const children = new Map<string, { observe(value: number): void }>();
  return {
    request(operation, status, seconds) {
      const key = `${operation} ${status}`;
      let child = children.get(key);
      if (child === undefined) {
        child = duration.labels(operation, String(status));
        children.set(key, child);
      }
      child.observe(seconds);
    },
    async text() {
      return { body: await registry.metrics(), contentType: registry.contentType };
    },
  };
}
