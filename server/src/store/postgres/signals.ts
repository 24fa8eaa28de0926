import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { createSignals, SIGNAL_TOPICS, type Signals, type SignalTopic } from '../signals.ts';
import type { Connections } from './pool.ts';

const CHANNEL = 'rollcall';
/** Milliseconds that hints are gathered for: every NOTIFY waits for a lock of the whole cluster when it commits. */
const GATHER = 50;
/** A notification may have 8,000 bytes. */
const MOST_BYTES = 7000;
const RECONNECT = 500;
const CONNECT = 3000;

export interface PostgresSignals extends Signals {
  close(): Promise<void>;
}

/** Hints by LISTEN and NOTIFY, on a connection of its own; after one was lost, everybody is told to look. */
export async function openSignals(url: string, connections: Connections): Promise<PostgresSignals> {
  const local = createSignals();
  const gathered = new Set<string>();
  const closing = new AbortController();
  const ready = Promise.withResolvers<void>();
  let connected = false;
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    timer = undefined;
    const texts = [...gathered];
    gathered.clear();
    for (let from = 0; from < texts.length; ) {
      const piece: string[] = [];
      for (let bytes = 0; from < texts.length && bytes < MOST_BYTES; from++) {
        const text = texts[from] ?? '';
        bytes += Buffer.byteLength(text) + 3;
        piece.push(text);
      }
      await connections.read
        .execute('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify(piece)])
        .catch(() => undefined);
    }
  }

  function receive(payload: string | undefined): void {
    const texts: string[] = JSON.parse(payload ?? '[]');
    for (const text of texts) {
      const end = text.indexOf(' ');
      // Only `publish` of such a process writes these.
      local.deliver(text.slice(0, end) as SignalTopic, text.slice(end + 1));
    }
  }

  async function listen(): Promise<void> {
    while (!closing.signal.aborted) {
      await listenOnce().catch(() => ready.resolve());
      // While the database is away, whoever follows hints looks by itself.
      await pause(RECONNECT, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
    }
  }

  /** Until the connection is lost, or the end. */
  async function listenOnce(): Promise<void> {
    const over = Promise.withResolvers<void>();
    const client = new Client({
      connectionString: url,
      application_name: 'rollcall signals',
      keepAlive: true,
      connectionTimeoutMillis: CONNECT,
    });
    client.on('error', () => over.resolve());
    client.on('end', () => over.resolve());
    client.on('notification', ({ payload }) => receive(payload));
    closing.signal.addEventListener('abort', () => over.resolve(), { once: true });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      // Before the first time nobody has missed anything: they read what there is when they begin.
      if (connected) for (const topic of SIGNAL_TOPICS) local.deliver(topic, '');
      connected = true;
      ready.resolve();
      if (!closing.signal.aborted) await over.promise;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  const listening = listen();

  await ready.promise;

  return {
    publish(topic, subject) {
      if (closing.signal.aborted) return;
      gathered.add(`${topic} ${subject}`);
      timer ??= setTimeout(() => void flush(), GATHER);
    },
    subscribe: local.subscribe,
    async close() {
      closing.abort();
      clearTimeout(timer);
      await flush();
      await listening;
    },
  };
}
