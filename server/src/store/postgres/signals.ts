import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { createSignals, type Signals, type SignalTopic } from '../signals.ts';
import type { Connections } from './pool.ts';

const CHANNEL = 'rollcall';
/** Milliseconds that hints are gathered for: every NOTIFY waits for a lock of the whole cluster when it commits. */
const GATHER = 20;
/** A notification may have 8,000 bytes. */
const MOST_BYTES = 7000;
const RECONNECT = 500;

export interface PostgresSignals extends Signals {
  close(): Promise<void>;
}

/** Hints by LISTEN and NOTIFY, on a connection of its own; after one was lost, everybody is told to look. */
export function openSignals(url: string, connections: Connections): PostgresSignals {
  const local = createSignals();
  const gathered = new Set<string>();
  const closing = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let client: Client | undefined;

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
      const lost = Promise.withResolvers<void>();
      try {
        client = new Client({ connectionString: url, application_name: 'rollcall signals', keepAlive: true });
        client.on('error', () => lost.resolve());
        client.on('end', () => lost.resolve());
        client.on('notification', ({ payload }) => receive(payload));
        await client.connect();
        await client.query(`LISTEN ${CHANNEL}`);
        for (const topic of TOPICS) local.deliver(topic, '');
        await lost.promise;
      } catch {
        // The database is away: whoever follows hints looks by itself meanwhile.
      } finally {
        await client?.end().catch(() => undefined);
      }
      await pause(RECONNECT, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
    }
  }
  const listening = listen();

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
      await client?.end().catch(() => undefined);
      await listening;
    },
  };
}

const TOPICS: readonly SignalTopic[] = ['settings', 'changes', 'application', 'log', 'jobs'];
