import { type Company, makeCompany } from '../people/company.ts';
import type { SwitchChanges } from '../targets/awkward-switches.ts';
import type { ForeignOptions } from './foreign-targets-flow.ts';
import type { Comparable } from './harness/comparable.ts';

/** What an awkward target does, as a title goes on after "an awkward target that". */
export interface Awkwardness {
  readonly title: string;
  readonly switches: SwitchChanges;
  readonly options: ForeignOptions;
}

const that = (title: string, switches: SwitchChanges, options: ForeignOptions = {}): Awkwardness => ({
  title,
  switches,
  options,
});

const cut = (expected: Comparable): Comparable => ({
  users: expected.users.map((user) => ({ ...user, displayName: user.displayName?.slice(0, 20) })),
  groups: expected.groups.map((group) => ({ ...group, displayName: group.displayName.slice(0, 20) })),
});

/** More than 200 of its people are members of one group. */
const big: Company = makeCompany({ people: 230, groups: 4, seed: 42 });

/** For targets that take their time. */
const few: Company = makeCompany({ people: 30, groups: 6, seed: 45 });

/** Peculiarities that no object may fail by. */
export const peculiar: readonly Awkwardness[] = [
  that('has no weakness', {}),
  that('is provisioned as Entra does it', {}, { dialect: 'entra' }),
  that('answers PATCH with 405', { putOnly: 405 }),
  that('answers PATCH with 501', { putOnly: 501 }),
  that('answers every write with 204', { noContent: true }),
  that('cannot search by externalId', { noExternalIdFilter: true }),
  that('truncates names', { truncates: 20 }, { altered: cut }),
  that('takes 100 members in a PATCH', { maxMembers: 100 }, { company: big }),
  that('answers 413 to more than 100 members', { maxMembers: { limit: 100, status: 413 } }, { company: big }),
  that('knows PUT only and answers it with 204', { putOnly: 405, noContent: true }),
  that('answers with 204, cannot filter and shows no members', {
    noContent: true,
    noFilter: true,
    noMembersInGet: true,
  }),
];

/** More of these, for which there is less hurry. */
export const rarelyPeculiar: readonly Awkwardness[] = [
  that('overlooks filters', { ignoresFilter: true }),
  that('does not know filters', { noFilter: true }),
  that('has small pages', { pageSize: 5 }),
  that('refuses what is not in the schemas', { rejectsUnknown: true }),
  that('wants an element to be there that is replaced', { strictNoTarget: true }),
  that('shows no members', { noMembersInGet: true }),
  that('compares user names exactly', { caseSensitiveUserName: true }),
  that('knows PUT only, and takes 100 members', { putOnly: 405, maxMembers: 100 }, { company: big }),
  that('answers 503', { throttle: { every: 150, status: 503 } }),
  that('answers 429 with Retry-After as a date', { throttle: { every: 150, retryAfter: 'date' } }, { company: few }),
];

/** Targets that ask to be called less: what they refuse is sent again, and nothing fails. */
export const throttling: readonly Awkwardness[] = [
  that('answers 429 without Retry-After', { throttle: { every: 90 } }, { company: few }),
  that('answers 429 with Retry-After', { throttle: { every: 90, retryAfter: 1 } }, { company: few }),
];

const often = { probability: 0.15 };

/** Members of one group fail in one request of several. */
export const restarted: readonly Awkwardness[] = [
  that(
    'drops connections, truncates and takes few members',
    { dropAfterReceiving: often, truncates: 20, maxMembers: 5, duplicatesOnReplay: true },
    { altered: cut },
  ),
];

/** Targets that fail, and leave it open whether they have done what was asked. */
export const failing: readonly Awkwardness[] = [
  that('drops connections when it has done what was asked', { dropAfterReceiving: often }),
  that('drops connections before', { dropBefore: often }),
  that('answers 500 when it has stored', { failAfterStoring: often }),
  that('makes another of what is sent again, and drops connections', {
    duplicatesOnReplay: true,
    dropAfterReceiving: often,
  }),
  that('makes another of what is sent again, and answers 500', { duplicatesOnReplay: true, failAfterStoring: often }),
  that('drops connections and knows PUT only', { putOnly: 405, dropAfterReceiving: often }),
  that('drops connections and answers with 204', {
    noContent: true,
    duplicatesOnReplay: true,
    dropAfterReceiving: often,
  }),
  that(
    'drops connections, fails, throttles, and cannot search by externalId',
    {
      dropAfterReceiving: often,
      failAfterStoring: often,
      throttle: { every: 120 },
      noExternalIdFilter: true,
      duplicatesOnReplay: true,
    },
    { company: few },
  ),
  ...restarted,
  that(
    'drops connections while it is provisioned as Entra does it',
    { dropAfterReceiving: often, duplicatesOnReplay: true },
    { dialect: 'entra' },
  ),
];
