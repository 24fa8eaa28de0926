import { ERRORS, type Quarantine, type QuarantineReason } from '@rollcall/provisioning';
import type { AttentionView } from '../../contract/overview.ts';
import { iso } from '../iso.ts';
import type { ApplicationFacts } from './facts.ts';

const DAY = 86_400_000;
const EXPIRY_WARNING = 30 * DAY;
const EXPIRY_URGENT = 3 * DAY;

/** What an application needs a person for. */
export function applicationAttention(application: ApplicationFacts, now: number): AttentionView[] {
  if (application.state === 'removing') return [];
  return [
    ...held(application),
    ...removals(application),
    ...failing(application),
    ...drift(application),
    ...credentials(application, now),
  ];
}

const about = ({ slug, name }: ApplicationFacts, kind: AttentionView['kind'], page = '') => ({
  id: `${kind}:${slug}`,
  kind,
  subject: { kind: 'application' as const, slug, name },
  link: `/applications/${slug}${page}`,
  since: null,
});

function held(application: ApplicationFacts): AttentionView[] {
  const { name, state, quarantine } = application;
  const isOff = state === 'disabled';
  // Removals that are held have an entry of their own.
  if (!isOff && (state !== 'quarantine' || isAboutRemovals(quarantine))) return [];
  const reason = quarantine === null ? '' : ` ${reasonOf(quarantine)}`;
  const advice = quarantine === null ? 'Put right what held it back.' : adviceOf(quarantine);
  return [
    {
      ...about(application, isOff ? 'switchedOff' : 'quarantine'),
      severity: 'error',
      message: isOff
        ? `Provisioning of "${name}" was switched off: it had been held back for 28 days.${reason}`
        : `Provisioning of "${name}" is held back: changes do not reach it for now.${reason}`,
      advice: `${advice} Then restart it.`,
      values: { name, reason: quarantine?.reason ?? '', code: quarantine?.code ?? '' },
      since: quarantine === null ? null : iso(quarantine.began),
    },
  ];
}

const isAboutRemovals = (quarantine: Quarantine | null): boolean => quarantine?.reason === 'TooManyDeletes';

const TOO_MANY = 'Too many objects fail.';
const REASONS: Readonly<Record<QuarantineReason, string>> = {
  EncounteredQuarantineException: '',
  EncounteredEscrowProportionThreshold: TOO_MANY,
  EncounteredBaseEscrowThreshold: TOO_MANY,
  EncounteredTotalEscrowThreshold: TOO_MANY,
  TooManyDeletes: 'There are more removals than the guard against accidental deletions lets through.',
  IngestionInterrupted: 'The directory could not be read.',
};

const SEE_FAILURES = 'See in the provisioning log what fails, and put it right.';
const ADVICE: Readonly<Record<QuarantineReason, string>> = {
  EncounteredQuarantineException: 'Test the connection.',
  EncounteredEscrowProportionThreshold: SEE_FAILURES,
  EncounteredBaseEscrowThreshold: SEE_FAILURES,
  EncounteredTotalEscrowThreshold: SEE_FAILURES,
  TooManyDeletes: 'See the removals, and allow or reject them.',
  IngestionInterrupted: 'The log of the server says why.',
};

function reasonOf({ reason, code, message }: Quarantine): string {
  const known = code === null ? REASONS[reason] : ERRORS[code].reason;
  return `${known} ${message}`.trim();
}

const adviceOf = ({ reason, code }: Quarantine): string => (code === null ? ADVICE[reason] : ERRORS[code].advice);

function removals(application: ApplicationFacts): AttentionView[] {
  const { name, staged: count, quarantine } = application;
  if (count === 0) return [];
  const waits = count === 1 ? '1 removal waits' : `${count} removals wait`;
  return [
    {
      ...about(application, 'removalsHeld', '/staged'),
      severity: 'warning',
      message: `${waits} for a decision before anything is taken away from "${name}"; all else goes on.`,
      advice:
        'See whether they are meant - a scope, an assignment or an import may be wrong - and allow or reject them.',
      values: { name, count },
      since: quarantine !== null && isAboutRemovals(quarantine) ? iso(quarantine.began) : null,
    },
  ];
}

function failing(application: ApplicationFacts): AttentionView[] {
  const { name, failing: count } = application;
  if (count === 0) return [];
  const fails = count === 1 ? '1 object fails' : `${count} objects fail`;
  return [
    {
      ...about(application, 'objectsFail', '/log?status=failure'),
      severity: 'warning',
      message: `${fails} in "${name}" and will be tried again.`,
      advice: 'The provisioning log says why, and what to do.',
      values: { name, count },
    },
  ];
}

function drift(application: ApplicationFacts): AttentionView[] {
  const { name, drift: count } = application;
  if (count === 0) return [];
  const objects = count === 1 ? '1 object' : `${count} objects`;
  return [
    {
      ...about(application, 'drift', '/drift'),
      severity: 'info',
      message: `Somebody else changed ${objects} in "${name}".`,
      advice: 'Push what the directory says, accept what was changed, or ignore it.',
      values: { name, count },
    },
  ];
}

function credentials(application: ApplicationFacts, now: number): AttentionView[] {
  const { name, secretMissing, expires } = application;
  const advice = 'Enter new ones with the connection, and test it.';
  if (secretMissing) {
    return [
      {
        ...about(application, 'credentialsMissing', '/provisioning'),
        severity: 'error',
        message: `The credentials by which Rollcall reaches "${name}" are missing.`,
        advice,
        values: { name },
      },
    ];
  }
  if (expires === null || expires - now > EXPIRY_WARNING) return [];
  const day = iso(expires).slice(0, 10);
  const values = { name, expiresAt: iso(expires) };
  if (expires <= now) {
    return [
      {
        ...about(application, 'credentialsExpired', '/provisioning'),
        severity: 'error',
        message: `The credentials by which Rollcall reaches "${name}" expired on ${day}.`,
        advice,
        values,
        since: iso(expires),
      },
    ];
  }
  return [
    {
      ...about(application, 'credentialsExpire', '/provisioning'),
      severity: expires - now <= EXPIRY_URGENT ? 'error' : 'warning',
      message: `The credentials by which Rollcall reaches "${name}" expire on ${day}.`,
      advice,
      values,
    },
  ];
}
