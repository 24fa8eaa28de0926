import { DatabaseSync } from 'node:sqlite';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

/** Writes and reads rows behind the server's back, at once. Parameters are `?`. */
export interface StatementsAtOnce {
  run(sql: string, ...values: (string | number | null)[]): Record<string, unknown>[];
  close(): void;
}

/** On the database file of a data directory. */
export function sqliteStatements(file: string): StatementsAtOnce {
  const database = new DatabaseSync(file, { timeout: 5000 });
  return {
    run: (sql, ...values) => database.prepare(sql).all(...values),
    close: () => database.close(),
  };
}

/** On a PostgreSQL database, through a thread that the caller waits for. */
export function postgresStatements(url: string): StatementsAtOnce {
  const { port1, port2 } = new MessageChannel();
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('./statements-thread.fixture.ts', import.meta.url), {
    workerData: { url, port: port2, flag },
    transferList: [port2],
  });
  worker.unref();
  return {
    run(sql, ...values) {
      let count = 0;
      Atomics.store(flag, 0, 0);
      port1.postMessage({ sql: sql.replaceAll('?', () => `$${++count}`), values });
      if (Atomics.wait(flag, 0, 0, 10_000) === 'timed-out') throw new Error('PostgreSQL has not answered');
      const answer: { rows?: Record<string, unknown>[]; error?: string } | undefined =
        receiveMessageOnPort(port1)?.message;
      if (answer?.rows === undefined) throw new Error(answer?.error ?? 'PostgreSQL has not answered');
      return answer.rows;
    },
    close() {
      port1.close();
      void worker.terminate();
    },
  };
}
