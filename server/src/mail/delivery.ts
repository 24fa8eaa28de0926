import type { Logger } from 'pino';
import type { Queue } from '../jobs/queue.ts';
import type { News, Outbox, WaitingMail } from '../store/work-contract.ts';
import type { Mail } from './mail.ts';

/** Mails on their way to the mail server: stored before anybody goes on, sent in their order, tried again. */
export interface Delivery {
  /** Stores a mail to each of these, unless the news was told before. */
  send(news: News, to: readonly string[], mail: { readonly subject: string; readonly text: string }): Promise<void>;
  /** From here on this process sends what waits, whichever process has stored it. */
  begin(): Promise<void>;
}

export interface DeliveryOptions {
  readonly mail: Pick<Mail, 'attempt' | 'isClosed'>;
  readonly outbox: Outbox;
  readonly queue: Queue;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly waits?: readonly number[];
}

const JOB = 'mail';

/** Milliseconds between one try and the next: five tries, the last one after some 36 minutes. */
const WAITS = [10_000, 60_000, 5 * 60_000, 30 * 60_000];

/** Mails of one application that may wait; more are given up. */
const MOST_WAITING = 1000;

/** Milliseconds that sending one takes at most; then its process has died, and another one tries. */
const LONGEST = 3 * 60_000;

/** How often is looked for what waits where a job was lost. */
const LOOK = 60_000;

export function createDelivery({ mail, outbox, queue, log, waits = WAITS }: DeliveryOptions): Delivery {
  const wake = (application: number, after = 0) => {
    const key = after === 0 ? String(application) : `${application} later`;
    return queue.send(JOB, { application }, { key, after });
  };

  async function attempt(waiting: WaitingMail): Promise<void> {
    const { n, recipient, subject, text } = waiting;
    const about = { to: recipient, subject };
    const failure = await mail.attempt({ to: recipient, subject, text });
    if (failure === undefined) {
      await outbox.remove(n);
      log.info(about, 'A mail was sent');
      return;
    }
    // It was not the mail server that ended it: the next process tries.
    if (mail.isClosed()) return outbox.postpone(n, waiting.tries, 0);
    const tries = waiting.tries + 1;
    const wait = failure.final ? undefined : waits[waiting.tries];
    if (wait === undefined) {
      await outbox.remove(n);
      log.error({ ...about, tries, failure: failure.message }, 'A mail could not be sent and was given up');
      return;
    }
    await outbox.postpone(n, tries, wait);
    log.warn({ ...about, tries, failure: failure.message }, 'A mail could not be sent; it is tried again');
  }

  async function sendWaiting(application: number): Promise<void> {
    while (!mail.isClosed()) {
      const waiting = await outbox.take(application, LONGEST);
      if (waiting === undefined) break;
      await attempt(waiting);
    }
    const next = await outbox.next(application);
    if (next !== undefined && !mail.isClosed()) await wake(application, Math.max(1, next));
  }

  async function look(): Promise<void> {
    for (const application of await outbox.applications()) await wake(application);
  }

  return {
    async send(news, to, { subject, text }) {
      const mails = to.map((recipient) => ({ recipient, subject, text }));
      if (await outbox.add(news, mails, MOST_WAITING)) await wake(news.application);
    },
    async begin() {
      await queue.work(JOB, async (data) => {
        // Only `wake` sends it with data, and `every` without.
        const { application } = (data ?? {}) as { readonly application?: number };
        if (application === undefined) await look();
        else await sendWaiting(application);
      });
      queue.every(JOB, LOOK);
      await look();
    },
  };
}
