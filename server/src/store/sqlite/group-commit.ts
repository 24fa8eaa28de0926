import { CommitFailed } from '../contract.ts';
import type { Connection } from './connection.ts';
import { isStorageFailure } from './error.ts';

/** Milliseconds of bodies after which a group is committed, so that the event loop gets its turn. */
const GROUP_MS = 10;

/** The queue of all writes. */
export interface GroupCommit {
  /** Runs `body` in a savepoint; resolves with its value when it is on disk, rejects with what it threw or CommitFailed. */
  run<T>(body: () => Promise<T>): Promise<T>;
  waiting(): number;
  commits(): number;
  /** Accepts nothing more and resolves when everything accepted has been answered. */
  close(): Promise<void>;
}

export interface GroupCommitOptions {
  readonly connection: Connection;
  /** Brings what was committed to disk. */
  readonly sync: () => Promise<void>;
  /** Called before a group begins: a promise makes the writers wait. */
  readonly before: () => Promise<void> | undefined;
  /** Called when a group is on disk, before anybody is answered; and when one failed. */
  readonly after: (outcome: 'stored' | 'failed') => void;
  /** Brings everything in the log to disk in another way, after a sync failed; throws when it cannot. */
  readonly repair: () => Promise<void>;
}

interface Entry {
  readonly body: () => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Finished {
  readonly entry: Entry;
  readonly value: unknown;
}

/**
 * Gathers concurrent writes into one commit and one sync. Bodies run strictly one after another, each in its own
 * savepoint (savepoints are a stack: two open at once would undo each other). While a sync is in flight the next
 * writers gather in the queue; a group's answers leave only after its sync.
 */
export function createGroupCommit(options: GroupCommitOptions): GroupCommit {
  const { connection } = options;
  const { database } = connection;
  const queue: Entry[] = [];
  const idle: (() => void)[] = [];
  let working = false;
  let closed = false;
  let commits = 0;
  /** A sync failed: the kernel may have dropped the pages and call the next one a success. */
  let suspect = false;

  const run = (sql: string) => connection.run(sql, []);
  const totalChanges = () => connection.first('SELECT total_changes() AS n', [])?.n;

  async function work(): Promise<void> {
    await group();
    if (queue.length > 0) {
      setImmediate(work);
      return;
    }
    working = false;
    for (const resolve of idle.splice(0)) resolve();
  }

  async function group(): Promise<void> {
    const finished: Finished[] = [];
    try {
      await options.before();
      if (suspect) await options.repair();
      suspect = false;
      run('BEGIN IMMEDIATE');
      const changesBefore = totalChanges();
      await runBodies(finished);
      const wrote = totalChanges() !== changesBefore;
      run('COMMIT');
      if (wrote) await sync();
    } catch (error) {
      fail(finished, error);
      return;
    }
    tell('stored');
    for (const { entry, value } of finished) entry.resolve(value);
  }

  async function runBodies(finished: Finished[]): Promise<void> {
    const until = performance.now() + GROUP_MS;
    for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
      await runBody(entry, finished);
      if (performance.now() > until) return;
    }
  }

  async function runBody(entry: Entry, finished: Finished[]): Promise<void> {
    run('SAVEPOINT body');
    try {
      finished.push({ entry, value: await entry.body() });
    } catch (error) {
      if (isStorageFailure(error) || !database.isTransaction) {
        finished.push({ entry, value: undefined });
        throw error;
      }
      run('ROLLBACK TO body');
      entry.reject(error);
    }
    // SQLite itself ends the transaction after some failures; a body that caught the error does not know.
    if (!database.isTransaction) throw new Error('the transaction was rolled back');
    run('RELEASE body');
  }

  async function sync(): Promise<void> {
    try {
      await options.sync();
      commits++;
    } catch (error) {
      suspect = true;
      throw error;
    }
  }

  function tell(outcome: 'stored' | 'failed'): void {
    try {
      options.after(outcome);
    } catch {
      // Whoever waits for the outcome must have it; what comes after a commit comes again after the next.
    }
  }

  function rollBack(): void {
    try {
      if (database.isTransaction) run('ROLLBACK');
    } catch {
      // The next group cannot begin then, fails, and tries again.
    }
  }

  function fail(finished: readonly Finished[], cause: unknown): void {
    rollBack();
    tell('failed');
    const failure = new CommitFailed(`The write could not be stored: ${messageOf(cause)}`, { cause });
    for (const { entry } of finished) entry.reject(failure);
    // Before the first body there is nobody to blame but the storage: whoever waits would only wait for the same.
    if (finished.length === 0) for (const entry of queue.splice(0)) entry.reject(failure);
  }

  return {
    run<T>(body: () => Promise<T>): Promise<T> {
      if (closed) return Promise.reject(new CommitFailed('The write could not be stored: the store is closed'));
      return new Promise<T>((resolve, reject) => {
        // The value that comes back is the one this body returned.
        queue.push({ body, resolve: (value) => resolve(value as T), reject });
        if (working) return;
        working = true;
        // Whoever arrives in the same turn of the event loop joins the first group.
        setImmediate(work);
      });
    },
    waiting: () => queue.length,
    commits: () => commits,
    close() {
      closed = true;
      return working ? new Promise((resolve) => idle.push(resolve)) : Promise.resolve();
    },
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
