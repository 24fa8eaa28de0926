import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Signals } from '../store/signals.ts';
import type { ImportMarks } from '../store/work-contract.ts';

/** Which identity servers an import is writing into just now, in whatever process. */
export interface Imports {
  /**
   * Marks the identity server (its key) as being imported into; what it resolves to ends that, and may be called twice.
   * Undefined where another import runs.
   */
  begin(server: number): Promise<(() => Promise<void>) | undefined>;
  isRunning(server: number): Promise<boolean>;
  /** Resolves when no import runs into the identity server, or when the signal aborts. */
  whenIdle(server: number, signal: AbortSignal): Promise<void>;
}

/** Milliseconds after which the mark of an import whose process died no longer counts, and between two renewals. */
const EXPIRY = 15_000;
const RENEW = 5000;
/** How often is looked where no hint comes. */
const LOOK = 1000;

const HINT = 'imported';

/** Who reads a directory waits here, so that it sees an import whole: half of one looks like a mass removal. */
export function createImports(options: {
  readonly marks: ImportMarks;
  readonly signals: Signals;
  readonly newId: () => string;
  readonly log: Pick<Logger, 'warn'>;
}): Imports {
  const { marks, signals, newId, log } = options;

  async function begin(server: number): Promise<(() => Promise<void>) | undefined> {
    const id = newId();
    if (!(await marks.begin(server, id, EXPIRY))) return undefined;
    const timer = setInterval(() => {
      marks.renew(id, EXPIRY).catch((error: unknown) => log.warn({ error }, 'An import could not say that it goes on'));
    }, RENEW);
    timer.unref();
    return async () => {
      clearInterval(timer);
      await marks.end(id);
      signals.publish('jobs', `${HINT} ${server}`);
    };
  }

  async function whenIdle(server: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await marks.isRunning(server))) {
      const woken = new AbortController();
      const end = signals.subscribe('jobs', (subject) => {
        if (subject === '' || subject === `${HINT} ${server}`) woken.abort();
      });
      await pause(LOOK, undefined, { signal: AbortSignal.any([signal, woken.signal]) }).catch(() => undefined);
      end();
    }
  }

  return { begin, isRunning: marks.isRunning, whenIdle };
}
