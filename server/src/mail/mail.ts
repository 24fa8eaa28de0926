import { hostname } from 'node:os';
import { createTransport } from 'nodemailer';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { oneLine } from './one-line.ts';

/** One mail to one address. */
export interface AddressedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Why a mail was not sent. */
export interface MailFailure {
  readonly message: string;
  /** Whether trying again cannot help (RFC 5321 §4.2.1: a reply of 5yz; what is no address). */
  readonly final: boolean;
}

/** Sends mails, each once; what waits and is tried again is the delivery's (`delivery.ts`). */
export interface Mail {
  /** One try, now; resolves with what went wrong, or with undefined when the server has taken the mail. */
  attempt(mail: AddressedMail): Promise<MailFailure | undefined>;
  /** The same for a person who waits for it: also where no server is configured, that is what went wrong. */
  sendOnce(mail: AddressedMail): Promise<string | undefined>;
  isClosed(): boolean;
  /** Ends what runs. */
  close(): Promise<void>;
}

/** Milliseconds that the server may take for each step. */
const STEP_TIMEOUT = 30_000;

const SUBJECT_LENGTH = 200;

/** One address, and nothing that a header could read as more than one. */
const ADDRESS = /^[^\s\p{Cc}@,;:<>()[\]"\\]+@[^\s\p{Cc}@,;:<>()[\]"\\]+$/u;

/** Mail over the SMTP server of the configuration. Without one, the log tells what would have been sent. */
export function createMail(config: Pick<Config, 'smtpUrl' | 'smtpFrom'>, log: Logger): Mail {
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
  const running = new Set<Promise<unknown>>();

  const attempt = async ({ to, subject, text }: AddressedMail): Promise<MailFailure | undefined> => {
    if (!ADDRESS.test(to)) return { message: `${to} is not an address.`, final: true };
    try {
      closing.signal.throwIfAborted();
      const sent = transport.sendMail({
        from,
        to: { name: '', address: to },
        subject: oneLine(subject, SUBJECT_LENGTH),
        text,
        // So that absence notes do not answer (RFC 3834 §5).
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: closing.signal,
      });
      running.add(sent);
      await sent.finally(() => running.delete(sent));
      return undefined;
    } catch (error) {
      return failureOf(error);
    }
  };

  return {
    attempt,
    sendOnce: async (mail) => (await attempt(mail))?.message,
    isClosed: () => closing.signal.aborted,
    close: async () => {
      closing.abort();
      await Promise.allSettled(running);
      transport.close();
    },
  };
}

const onlyLogged = (log: Logger): Mail => ({
  attempt: async ({ to, subject, text }) => {
    log.info(
      { to, subject: oneLine(subject, SUBJECT_LENGTH), text },
      'Without ROLLCALL_SMTP_URL this mail is not sent',
    );
    return undefined;
  },
  sendOnce: async () => 'No mail server is configured.',
  isClosed: () => false,
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

function failureOf(error: unknown): MailFailure {
  const code = error instanceof Error && 'responseCode' in error ? error.responseCode : undefined;
  const message = oneLine(error instanceof Error ? error.message : String(error), SUBJECT_LENGTH);
  return { message, final: typeof code === 'number' && code >= 500 };
}
