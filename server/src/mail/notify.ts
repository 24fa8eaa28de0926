import type { Application } from '../store/application-contract.ts';
import type { Mail } from './mail.ts';
import { writeNotice } from './messages.ts';
import type { Notice } from './notice.ts';

/** Tells the people behind an application what happens to it. */
export interface Notifier {
  /** Returns at once; the mail is on its way or, told before, left out. */
  notify(application: Application, notice: Notice): void;
}

const DAY = 24 * 60 * 60_000;

/** The same is not told again so long; a warning about credentials, not until another is due. */
const MEMORY = DAY;
const CREDENTIALS_MEMORY = 30 * DAY;

/** What was told. */
interface Told {
  /** Until when it is not told again. */
  readonly until: number;
  readonly size: number;
}

/**
 * Sends notices to the addresses of an application's settings (`notify`), each once for its cause: a quarantine when it
 * begins, when its reason changes and when it ends, as Microsoft documents it; held removals once a day, and when they
 * have become ten times as many. The quarantine `TooManyDeletes` that held removals lead to sends no mail of its own
 * when it begins.
 */
export function createNotifier(options: { mail: Pick<Mail, 'send'>; publicUrl(): string; now(): number }): Notifier {
  const { mail, publicUrl, now } = options;
  const told = new Map<string, Told>();

  const isNews = (application: Application, notice: Notice): boolean => {
    for (const [key, { until }] of told) if (until <= now()) told.delete(key);
    // All removals have been decided about: those that are held next are others.
    if (notice.kind === 'quarantineRecovered') told.delete(`${application.id} removalsStaged `);
    const key = `${application.id} ${notice.kind} ${causeOf(notice)}`;
    const size = notice.kind === 'removalsStaged' ? String(notice.waiting).length : 0;
    const before = told.get(key);
    if (before !== undefined && size <= before.size) return false;
    told.set(key, { until: now() + (notice.kind === 'credentialsExpire' ? CREDENTIALS_MEMORY : MEMORY), size });
    return true;
  };

  return {
    notify: (application, notice) => {
      const to = application.settings.notify;
      if (to.length === 0 || isToldByStaged(notice) || !isNews(application, notice)) return;
      void mail.send({ to, ...writeNotice(application, notice, publicUrl()) });
    },
  };
}

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
