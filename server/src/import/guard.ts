import type { Missing } from './plan.ts';

/** So few removals are nothing to stop for, however small the directory is. */
const ALWAYS_ALLOWED = 10;
const SHARE_OF_PEOPLE = 0.1;
const SHARE_OF_MEMBERSHIPS = 0.5;

export interface GuardInput {
  readonly missing: Missing;
  /** How many removals an administrator has allowed by number. */
  readonly allowed: number | undefined;
  readonly peopleFile: string;
  /** Rows of the people file, refused ones included. */
  readonly rows: number;
  /** Rows of it that do not even tell whom they are about. */
  readonly unread: number;
  /** People in the directory that the file could name. */
  readonly managed: number;
  /** People who would be disabled or deleted. */
  readonly removed: number;
  /** Memberships that the groups of the file have now, and those of them that would end. */
  readonly memberships: number;
  readonly leaving: number;
  readonly signsOfCut: readonly string[];
}

/**
 * Why an import must not happen, in whole sentences; none when it may. An export that failed half-way looks like a
 * mass dismissal, so that a file with signs of it removes nobody unless the number is allowed expressly.
 */
export function guard(input: GuardInput): readonly string[] {
  const { rows, removed, leaving, signsOfCut, allowed = -1 } = input;
  const reasons: string[] = [];
  if (rows === 0 && !(removed > 0 && removed <= allowed)) reasons.push(`${input.peopleFile} holds nobody.`);
  const isRemoving = removed > allowed && removed > 0;
  const isEmptying = leaving > allowed && leaving > 0;
  if (isRemoving || isEmptying) reasons.push(...signsOfCut.map((sign) => `The file looks cut: ${sign}.`));
  if (isRemoving) reasons.push(...tooFewPeople(input), ...tooManyRemovals(input));
  if (isEmptying && leaving > Math.max(ALWAYS_ALLOWED, input.memberships * SHARE_OF_MEMBERSHIPS)) {
    reasons.push(`${leaving} of ${input.memberships} memberships of the groups in the file would end.`);
  }
  return reasons;
}

function tooFewPeople({ missing, peopleFile, rows, unread, managed }: GuardInput): string[] {
  if (missing === 'leave') return [];
  const unsure = `${unread} rows of ${peopleFile} are unreadable, so that who is missing is not known.`;
  const tooFew = `${peopleFile} has ${rows} people where the directory has ${managed}.`;
  return [...(unread > 0 ? [unsure] : []), ...(rows * 2 < managed ? [tooFew] : [])];
}

function tooManyRemovals({ removed, managed }: GuardInput): string[] {
  if (removed <= Math.max(ALWAYS_ALLOWED, managed * SHARE_OF_PEOPLE)) return [];
  return [`${removed} of ${managed} people would be disabled or deleted.`];
}
