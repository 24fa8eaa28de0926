import type { Logger } from 'pino';
import type { Application } from '../store/application-contract.ts';
import type { News } from '../store/work-contract.ts';
import type { Delivery } from './delivery.ts';
import { writeNotice } from './messages.ts';
import type { Notice } from './notice.ts';

/** Tells the people behind an application what happens to it. */
export interface Notifier {
  /** Resolves when the mail is on its way or, told before, left out. Never rejects. */
  notify(application: Application, notice: Notice): Promise<void>;
}

const DAY = 24 * 60 * 60_000;

/** The same is not told again so long; a warning about credentials, not until another is due. */
const MEMORY = DAY;
const CREDENTIALS_MEMORY = 30 * DAY;

/**
 * Sends notices to the addresses of an application's settings (`notify`), each once for its cause: a quarantine when it
 * begins, when its reason changes and when it ends, as Microsoft documents it; held removals once a day, and when they
 * have become ten times as many. The quarantine `TooManyDeletes` that held removals lead to sends no mail of its own
 * when it begins. What was told is remembered in the store, for all processes.
 */
export function createNotifier(options: {
  delivery: Pick<Delivery, 'send'>;
  publicUrl(): string;
  log: Pick<Logger, 'error'>;
}): Notifier {
  const { delivery, publicUrl, log } = options;
  return {
    async notify(application, notice) {
      const to = application.settings.notify;
      if (to.length === 0 || isToldByStaged(notice)) return;
      try {
        await delivery.send(newsOf(application, notice), to, writeNotice(application, notice, publicUrl()));
      } catch (error) {
        log.error({ error, application: application.slug }, 'A notice could not be stored, and is not sent');
      }
    },
  };
}

const newsOf = ({ key }: Application, notice: Notice): News => ({
  application: key,
  cause: `${notice.kind} ${causeOf(notice)}`,
  size: notice.kind === 'removalsStaged' ? String(notice.waiting).length : 0,
  memory: notice.kind === 'credentialsExpire' ? CREDENTIALS_MEMORY : MEMORY,
  // All removals have been decided about: those that are held next are others.
  forget: notice.kind === 'quarantineRecovered' ? 'removalsStaged ' : undefined,
});

const isToldByStaged = (notice: Notice): boolean =>
  (notice.kind === 'quarantineEntered' || notice.kind === 'quarantineReasonChanged') &&
  notice.quarantine.reason === 'TooManyDeletes';

/** What makes a notice the same as one before. */
function causeOf(notice: Notice): string {
  switch (notice.kind) {
    case 'quarantineEntered':
    case 'quarantineReasonChanged':
      return `${notice.quarantine.reason} ${notice.quarantine.began}`;
    case 'quarantineRecovered':
    case 'jobDisabled':
      return String(notice.quarantine.began);
    case 'removalsStaged':
      return '';
    case 'credentialsExpire':
      return `${notice.expires} ${notice.days}`;
  }
}
