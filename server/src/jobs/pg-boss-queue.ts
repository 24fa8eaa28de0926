import type { Json } from '@rollcall/scim';
import { type Job, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { FIRST_RETRY, LONGEST_RETRY, type Queue, RETRIES } from './queue.ts';

export interface PgBossOptions {
  readonly url: string;
  readonly log: Pick<Logger, 'error' | 'warn'>;
  /** Milliseconds that handlers get at the end before their signals abort. */
  readonly closePatience?: number;
}

const SCHEMA = 'pgboss';
/** Its own, so that jobs wait for no request, and no request for jobs. */
const CONNECTIONS = 3;
/** Seconds without a sign of life after which another process gets a job: the least that pg-boss has. */
const HEARTBEAT = 10;
/** Seconds between two looks for such jobs. With the next, a job is taken over within 20 seconds. */
const MONITOR = 5;
/** Seconds between two looks for jobs whose time has come. A new one is told of by NOTIFY. */
const POLL = 5;
/** Seconds that a handler may take: pg-boss has no job without an end. Ours end by themselves. */
const LONGEST_JOB = 6 * 60 * 60;
/** Seconds that a finished job is kept. */
const KEEP = 60 * 60;
const DAY = 24 * 60 * 60;

/**
 * Opens the queue of an installation on PostgreSQL: jobs are rows in the schema `pgboss` of the same database. A job
 * whose process shows no sign of life is given to another one. Errors: those of the database.
 */
export async function openPgBossQueue({ url, log, closePatience = 10_000 }: PgBossOptions): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: url,
    schema: SCHEMA,
    application_name: 'rollcall jobs',
    max: CONNECTIONS,
    useListenNotify: true,
    // Repeated jobs need no cron (see `every`), and nothing here reads statistics, registries or flows.
    schedule: false,
    registerInstance: false,
    flowIntervalSeconds: 60 * 60,
    bamIntervalSeconds: 5 * 60,
    superviseIntervalSeconds: MONITOR,
    monitorIntervalSeconds: MONITOR,
    maintenanceIntervalSeconds: 10 * 60,
    queueCacheIntervalSeconds: 5 * 60,
    monitorVacuum: false,
    openTelemetry: { enabled: false },
  });
  // Without a listener, the process would end while the database is away; pg-boss goes on by itself when it is back.
  boss.on('error', (error) => log.warn({ error }, 'The job queue met an error; it goes on'));
  boss.on('warning', ({ message }) => log.warn({ message }, 'The job queue warns'));
  await boss.start();
  const known = new Map<string, Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  /** Makes the queue of a name, whoever comes first. */
  function ready(name: string): Promise<void> {
    const made = known.get(name) ?? make(name);
    known.set(name, made);
    made.catch(() => known.delete(name));
    return made;
  }

  async function make(name: string): Promise<void> {
    const options = {
      retryLimit: RETRIES,
      retryDelay: FIRST_RETRY / 1000,
      retryBackoff: true,
      retryDelayMax: LONGEST_RETRY / 1000,
      heartbeatSeconds: HEARTBEAT,
      expireInSeconds: LONGEST_JOB,
      retentionSeconds: 14 * DAY,
      deleteAfterSeconds: KEEP,
      notify: true,
    };
    // One waits for each key, any number may be under way: what is sent while one runs is not lost.
    await boss.createQueue(name, { ...options, policy: 'short' });
    await boss.updateQueue(name, options);
  }

  async function send(name: string, data: Json, options: Parameters<Queue['send']>[2] = {}): Promise<void> {
    const { key, after = 0, retries } = options;
    if (closed) return;
    await ready(name);
    await boss.send(
      name,
      { data },
      {
        // The policy counts jobs without a key as ones of the same key.
        singletonKey: key ?? crypto.randomUUID(),
        ...(after > 0 ? { startAfter: Math.ceil(after / 1000) } : {}),
        ...(retries === undefined ? {} : { retryLimit: retries }),
      },
    );
  }

  return {
    async work(name, handler, { atOnce = 1 } = {}) {
      await ready(name);
      const options = { pollingIntervalSeconds: POLL, notifyPollingIntervalSeconds: POLL };
      for (let n = 0; n < atOnce; n++) {
        const worker = await boss.work<{ data: Json }>(name, options, async (jobs: Job<{ data: Json }>[]) => {
          for (const { data, signal, retryCount } of jobs) {
            try {
              await handler(data.data, signal);
            } catch (error) {
              log.warn({ error, job: name, tries: retryCount + 1 }, 'A job failed');
              throw error;
            } finally {
              // There may be more: the worker would look for it only with the next poll.
              if (!closed) boss.notifyWorker(worker);
            }
          }
        });
      }
    },
    send,
    every(name, ms) {
      const seconds = Math.max(1, Math.round(ms / 1000));
      const tick = async () => {
        await ready(name);
        // All processes send; the database keeps one for each such time.
        await boss.send(name, { data: null }, { singletonKey: 'every', singletonSeconds: seconds, retryLimit: 0 });
      };
      const timer = setInterval(() => {
        tick().catch((error) =>
          log.warn({ error, job: name }, 'A repeated job could not be sent; the next one will be'),
        );
      }, ms);
      timer.unref();
      timers.add(timer);
    },
    async close() {
      closed = true;
      for (const timer of timers) clearInterval(timer);
      await boss.stop({ graceful: true, timeout: closePatience });
    },
  };
}
