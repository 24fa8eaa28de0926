import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { oneLine } from './one-line.ts';

export interface MailMessage {
  readonly to: readonly string[];
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}

/** One mail to one address. */
export interface AddressedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends mails. What goes wrong is logged, never thrown. */
export interface Mail {
  /** Resolves when every recipient's server has taken the mail, or when it was given up; nobody need wait for it. */
  send(message: MailMessage): Promise<void>;
  /** One try, now; resolves with what went wrong, or with undefined when the server has taken the mail. */
  sendOnce(mail: AddressedMail): Promise<string | undefined>;
  /** Ends what runs and gives up what waits. */
  close(): Promise<void>;
}

/** Milliseconds between one try and the next: five tries, the last one after some 36 minutes. */
const WAITS = [10_000, 60_000, 5 * 60_000, 30 * 60_000];

/** Mails, one a recipient, that may wait for their next try; more are given up, so that they do not fill the memory. */
const MOST_WAITING = 100;

/** Milliseconds that the server may take for each step. */
const STEP_TIMEOUT = 30_000;

const SUBJECT_LENGTH = 200;

/** One address, and nothing that a header could read as more than one. */
const ADDRESS = /^[^\s\p{Cc}@,;:<>()[\]"\\]+@[^\s\p{Cc}@,;:<>()[\]"\\]+$/u;

interface Failure {
  readonly message: string;
  /** Whether trying again cannot help (RFC 5321 §4.2.1: a reply of 5yz). */
  readonly final: boolean;
}

/** Mail over the SMTP server of the configuration. Without one, the log tells what would have been sent. */
export function createMail(
  config: Pick<Config, 'smtpUrl' | 'smtpFrom'>,
  log: Logger,
  waits: readonly number[] = WAITS,
): Mail {
  if (config.smtpUrl === undefined) return onlyLogged(log);
  const from = config.smtpFrom ?? senderOf(config.smtpUrl);
  const closing = new AbortController();
  const transport = createTransport({
    url: config.smtpUrl,
    connectionTimeout: STEP_TIMEOUT,
    greetingTimeout: STEP_TIMEOUT,
    socketTimeout: STEP_TIMEOUT,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const running = new Set<Promise<void>>();
  // One at a time: a slow server is not called a hundred times at once.
  let turn: Promise<unknown> = Promise.resolve();

  const attempt = async ({ to, subject, text }: AddressedMail): Promise<Failure | undefined> => {
    try {
      closing.signal.throwIfAborted();
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text,
        // So that absence notes do not answer (RFC 3834 §5).
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: closing.signal,
      });
      return undefined;
    } catch (error) {
      return failureOf(error);
    }
  };

  const deliver = async (mail: AddressedMail): Promise<void> => {
    const about = { to: mail.to, subject: mail.subject };
    for (let tries = 1; ; tries++) {
      const tried = turn.then(() => attempt(mail));
      turn = tried;
      const failure = await tried;
      if (failure === undefined) {
        log.info(about, 'A mail was sent');
        return;
      }
      const wait = failure.final ? undefined : waits[tries - 1];
      if (wait === undefined || closing.signal.aborted) {
        log.error({ ...about, tries, failure: failure.message }, 'A mail could not be sent and was given up');
        return;
      }
      log.warn({ ...about, tries, failure: failure.message }, 'A mail could not be sent; it is tried again');
      // An abort only ends the wait: the next try fails at once and says so.
      await delay(wait, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
    }
  };

  const queue = async (mail: AddressedMail): Promise<void> => {
    const about = { to: mail.to, subject: mail.subject };
    if (!ADDRESS.test(mail.to)) {
      log.error(about, 'A mail was not sent: this is not an address');
      return;
    }
    if (running.size >= MOST_WAITING) {
      log.error(about, 'A mail was given up: too many wait already');
      return;
    }
    const delivered = deliver(mail);
    running.add(delivered);
    await delivered;
    running.delete(delivered);
  };

  return {
    send: async ({ to, subject, text }) => {
      const line = oneLine(subject, SUBJECT_LENGTH);
      await Promise.all(to.map((address) => queue({ to: address, subject: line, text })));
    },
    sendOnce: async (mail) => {
      if (!ADDRESS.test(mail.to)) return `${mail.to} is not an address.`;
      return (await attempt(mail))?.message;
    },
    close: async () => {
      closing.abort();
      await Promise.all(running);
      transport.close();
    },
  };
}

const onlyLogged = (log: Logger): Mail => ({
  send: async ({ to, subject, text }) => {
    if (to.length === 0) return;
    log.info(
      { to, subject: oneLine(subject, SUBJECT_LENGTH), text },
      'Without ROLLCALL_SMTP_URL this mail is not sent',
    );
  },
  sendOnce: async () => 'No mail server is configured.',
  close: async () => {},
});

/** Who a mail is from where nobody has said it. Most servers take mail from the account that signs in; one without an account takes it from this machine. */
export function senderOf(smtpUrl: string): string {
  const user = decoded(new URL(smtpUrl).username);
  return ADDRESS.test(user) ? user : `rollcall@${hostname() || 'localhost'}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function failureOf(error: unknown): Failure {
  const code = error instanceof Error && 'responseCode' in error ? error.responseCode : undefined;
  const message = oneLine(error instanceof Error ? error.message : String(error), SUBJECT_LENGTH);
  return { message, final: typeof code === 'number' && code >= 500 };
}
