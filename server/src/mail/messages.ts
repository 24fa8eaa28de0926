import { ERRORS, type Quarantine } from '@rollcall/provisioning';
import type { Application } from '../store/application-contract.ts';
import type { Notice } from './notice.ts';
import { oneLine } from './one-line.ts';

/** A mail without its recipients. The subject is one line; the text is plain. */
export interface WrittenNotice {
  readonly subject: string;
  readonly text: string;
}

/** What a notice says. */
interface Content {
  readonly subject: string;
  readonly happened: string;
  readonly why: string;
  /** Paragraphs and commands, one a line. */
  readonly next: readonly string[];
  /** Below the application's page. */
  readonly page: string;
}

type Named = Pick<Application, 'name' | 'slug'>;

const DAY = 24 * 60 * 60_000;
const SHOWN_LABELS = 20;
const LABEL_LENGTH = 120;
const NAME_LENGTH = 80;
const ANSWER_LENGTH = 500;

/** Writes the mail of a notice: what happened, why, what to do next, and where. `publicUrl` has no slash at its end. */
export function writeNotice(application: Named, notice: Notice, publicUrl: string): WrittenNotice {
  const name = oneLine(application.name, NAME_LENGTH);
  const { subject, happened, why, next, page } = contentOf(notice, name, application.slug);
  const lines = [
    happened,
    '',
    `Why: ${why}`,
    '',
    'What to do next:',
    ...next.map((line) => `  ${line}`),
    '',
    `${publicUrl}/applications/${encodeURIComponent(application.slug)}${page}`,
    '',
  ];
  return { subject: `[Rollcall] ${name}: ${subject}`, text: lines.join('\n') };
}

function contentOf(notice: Notice, name: string, slug: string): Content {
  switch (notice.kind) {
    case 'quarantineEntered':
      return heldBack(notice.quarantine, slug, {
        subject: 'provisioning is held back',
        happened: `Provisioning of ${name} is held back: changes of the directory do not reach it for now.`,
      });
    case 'quarantineReasonChanged':
      return heldBack(notice.quarantine, slug, {
        subject: 'provisioning is still held back, for another reason',
        happened: `Provisioning of ${name} has been held back since ${day(notice.quarantine.began)}. The reason is another one now.`,
      });
    case 'quarantineRecovered':
      return {
        subject: 'provisioning works again',
        happened: `Provisioning of ${name} is no longer held back. It was since ${day(notice.quarantine.began)}.`,
        why: 'The last try went well.',
        next: ['Nothing. What was missed is made up for, beginning now.', `rollcall application status ${slug}`],
        page: '',
      };
    case 'jobDisabled':
      return {
        subject: 'provisioning has been switched off',
        happened: `Provisioning of ${name} has been switched off: it was held back for 28 days. It is not tried again by itself.`,
        why: reasonOf(notice.quarantine),
        next: [
          adviceOf(notice.quarantine, slug),
          'Then begin anew; what is linked stays linked:',
          `rollcall application restart ${slug}`,
        ],
        page: '',
      };
    case 'removalsStaged':
      return staged(notice, name, slug);
    case 'credentialsExpire':
      return {
        subject: `the credentials expire in ${days(notice.days)}`,
        happened: `The credentials by which Rollcall reaches ${name} expire on ${minute(notice.expires)}.`,
        why: 'This is the date that was entered with the connection. After it the target refuses every request.',
        next: ['Issue new credentials in the target, enter them with their new date, and test:'].concat(
          `rollcall application test ${slug}`,
        ),
        page: '',
      };
  }
}

function heldBack(quarantine: Quarantine, slug: string, what: Pick<Content, 'subject' | 'happened'>): Content {
  return {
    ...what,
    why: reasonOf(quarantine),
    next: [
      adviceOf(quarantine, slug),
      `rollcall application status ${slug}`,
      `It is tried again by itself, next at ${minute(quarantine.nextAttempt)}. ` +
        `If it has not gone well by ${day(quarantine.began + 28 * DAY)}, provisioning is switched off.`,
    ],
    page: '',
  };
}

function staged(notice: Notice & { kind: 'removalsStaged' }, name: string, slug: string): Content {
  const { waiting, labels, since } = notice;
  const shown = labels.slice(0, SHOWN_LABELS).map((label) => `- ${oneLine(label, LABEL_LENGTH)}`);
  const more = waiting - shown.length;
  const removals = waiting === 1 ? '1 removal waits' : `${waiting} removals wait`;
  return {
    subject: `${removals} for your decision`,
    happened: [
      `${removals} for your decision before anything is taken away from ${name}, since ${minute(since)}:`,
      ...shown,
      ...(more > 0 ? [`and ${more} more`] : []),
    ].join('\n'),
    why: 'They are more at once than the guard against accidental deletions lets through. All else goes on.',
    next: [
      'See whether they are meant: a scope, an assignment or an import may be wrong.',
      `rollcall application staged ${slug}`,
      'Then carry them out, or reject them so that everybody stays:',
      `rollcall application allow ${slug} --all`,
      `rollcall application reject ${slug} --all`,
    ],
    page: '/staged',
  };
}

function reasonOf({ reason, code, message }: Quarantine): string {
  const told = oneLine(message, ANSWER_LENGTH);
  switch (reason) {
    case 'EncounteredQuarantineException':
      return code === null ? told : `${ERRORS[code].reason} ${told}`;
    case 'EncounteredEscrowProportionThreshold':
    case 'EncounteredBaseEscrowThreshold':
    case 'EncounteredTotalEscrowThreshold':
      return `Too many objects failed. ${told}`;
    case 'TooManyDeletes':
      return `There are more removals than the guard against accidental deletions lets through. ${told}`;
    case 'IngestionInterrupted':
      return `The directory could not be read. ${told}`;
  }
}

function adviceOf({ reason, code }: Quarantine, slug: string): string {
  switch (reason) {
    case 'EncounteredQuarantineException':
      return code === null ? `See what the target answers: rollcall application test ${slug}` : ERRORS[code].advice;
    case 'EncounteredEscrowProportionThreshold':
    case 'EncounteredBaseEscrowThreshold':
    case 'EncounteredTotalEscrowThreshold':
      return `See what fails, and why: rollcall application log ${slug} --status failure`;
    case 'TooManyDeletes':
      return `Decide about them: rollcall application staged ${slug}`;
    case 'IngestionInterrupted':
      return 'Look into the log of the server.';
  }
}

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

/** `2026-11-25`. */
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** `2026-11-25 04:37 UTC`. */
const minute = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
