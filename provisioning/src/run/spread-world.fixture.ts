import { ENTERPRISE_USER_SCHEMA } from '@rollcall/scim';
import { expect } from 'vitest';
import { type Crew, type CrewOptions, crew } from './crew.fixture.ts';
import { type Provisioned, type ProvisionedOptions, provisioned } from './provisioned.fixture.ts';
import type { Counts } from './tally.ts';

const MANAGER = `${ENTERPRISE_USER_SCHEMA}:manager`;

/** The same numbers for the same seed, from 0 up to 1. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Some are there from before; of them one has changed, three have left, and a group is gone. Others are new. */
export async function before(options: ProvisionedOptions = {}): Promise<Provisioned> {
  const it = provisioned(options);
  const { directory, target } = it;
  target.add('User', { userName: 'new1@acme.example', title: 'Was there' });
  for (let n = 0; n < 6; n++) directory.user(`old${n}`);
  for (const id of ['og', 'gone']) directory.group(id);
  directory.join('og', 'old0', 'old1', 'old2');
  directory.join('gone', 'old0');
  await it.cycle();
  target.calls.length = 0;
  for (let n = 0; n < 7; n++) directory.user(`new${n}`, {}, n === 0 ? 'new6' : n === 5 ? 'old0' : undefined);
  for (const id of ['na', 'nb']) directory.group(id);
  directory.join('na', 'new0', 'new6', 'nb');
  directory.join('nb', 'old0');
  directory.leave('og', 'old1');
  directory.join('og', 'new3');
  directory.user('old0', { title: 'Head' }, 'new4');
  directory.disable('old3');
  directory.disable('old4');
  directory.remove('old5');
  directory.remove('gone');
  return it;
}

export interface Life {
  readonly it: Provisioned;
  readonly counts: Counts;
  readonly crew: Crew;
}

export async function spreadOver(options: CrewOptions, settings: ProvisionedOptions = {}): Promise<Life> {
  const it = await before(settings);
  const workers = crew(it, options);
  const counts = await it.cycle('initial', {}, workers.spread);
  return { it, counts, crew: workers };
}

/** What everybody would see: the target, the links, what waits. */
export const seen = ({ target, journal }: Provisioned) => ({
  target: [...target.content()]
    .map(([name, { attributes, members }]) => ({
      name,
      members,
      manager: nameOf(target, attributes.get(MANAGER)),
      attributes: Object.fromEntries([...attributes].filter(([path]) => path !== MANAGER).sort()),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1)),
  links: journal
    .allLinks()
    .map(({ type, id, state, membersVersion }) => ({ type, id, state, membersVersion }))
    .sort((a, b) => (a.id < b.id ? -1 : 1)),
  intents: journal.intents.size,
  escrows: journal.allEscrows().length,
  removals: journal.removals.length,
  rows: ['og', 'na', 'nb', 'gone'].map((group) => [journal.rows(group, 'wanted'), journal.rows(group, 'present')]),
});

const nameOf = (target: Provisioned['target'], id: unknown): string | undefined =>
  [...target.content().keys()].find((name) => target.idOf(name) === id);

type Write = Provisioned['target']['calls'][number];

export const isRemoval = ({ verb, what }: Write) =>
  verb === 'delete' || (verb === 'update' && what.join() === 'active');

/** Which phase a write belongs to. */
function phaseOf(write: Write): string {
  const { verb, type } = write;
  if (isRemoval(write)) return 'removals';
  return verb === 'addMembers' || verb === 'removeMembers' ? verb : type === 'User' ? 'users' : 'groups';
}

/** Phases in their order. A manager that is linked already is set with the users, others behind the groups. */
export function expectOrder({ target }: Provisioned): void {
  const phases = target.writes().map(phaseOf);
  const sequence = phases.filter((phase, index) => phase !== phases[index - 1]);
  const behind = ['addMembers', 'removeMembers', 'removals'];
  expect([
    ['users', 'groups', 'users', ...behind],
    ['users', 'groups', ...behind],
  ]).toContainEqual(sequence);
  const groups = phases.indexOf('groups');
  const late = target.writes().filter((write, index) => index > groups && phaseOf(write) === 'users');
  expect(late.every(({ verb, what }) => verb === 'update' && what.join() === MANAGER)).toBe(true);
}

export function expectNothingTwice({ target }: Provisioned): void {
  const created = target.calls.filter(({ verb }) => verb === 'create').map(({ subject }) => subject);
  expect(created).toEqual([...new Set(created)]);
  expect([...target.content().keys()]).toHaveLength(new Set(target.content().keys()).size);
  const writes = target.writes().map(({ verb, subject, what }) => [verb, subject, ...what].join(' '));
  expect(writes).toEqual([...new Set(writes)]);
  // The disabled ones and the group.
  expect(target.writes().filter(isRemoval)).toHaveLength(4);
}
