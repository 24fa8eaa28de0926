import { createRandom, type Random } from '../harness/random.ts';
import { csvRow } from './csv.ts';
import { DEPARTMENTS, FAMILY_NAMES, GIVEN_NAMES, GROUP_NAMES, TITLES } from './names.ts';

/*
 * A company of awkward people, the same for the same seed, and what a directory must hold when it was imported.
 *
 *   const company = makeCompany({ people: 2000, groups: 60, seed: 7 });
 *   toPeopleCsv(company), toGroupsCsv(company)      the two files of `rollcall directory import`
 *   const later = step(company, 20);                20 each of joiners, leavers, movers, re-hires, renames and
 *                                                   membership changes; `company` itself stays as it was
 *   const smaller = dismiss(company, 5);            five people are no longer in the files at all
 *   expectedDirectory(later)                        users, groups, memberships, managers as sorted plain data
 *   expectedDirectory(later, (p) => p.active)       the same as if only some people existed
 *   directoryOf(users, groups)                      (directory.ts) the same of SCIM resources, to compare with toEqual
 *
 * Everything is named by externalId: `e-17` is a person, `g-3` a group. The first people have parts to play: e-0 to e-9
 * are a chain of managers (e-9 reports to e-8, ...), e-10 to e-12 a cycle, e-13 is the manager of themself, e-14 and
 * e-15 are homonyms, e-16 has very long names. Group g-0 is empty, g-1 holds only groups, g-2 has everybody; every
 * fourth further group holds the one before, so that groups nest. One person in twelve left already (active is false).
 */

export interface Person {
  readonly externalId: string;
  readonly userName: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly displayName: string;
  readonly email: string;
  /** Empty when there is none, as are title, department and manager. */
  readonly phone: string;
  readonly title: string;
  readonly department: string;
  readonly employeeNumber: string;
  readonly active: boolean;
  /** externalId of a person. */
  readonly manager: string;
}

export interface Team {
  readonly externalId: string;
  readonly name: string;
  /** externalIds of people and groups, each once. */
  readonly members: readonly string[];
}

export interface Company {
  readonly seed: number;
  /** Steps made so far; with the seed it decides the next one. */
  readonly steps: number;
  /** Number of the next joiner. */
  readonly next: number;
  readonly people: readonly Person[];
  readonly groups: readonly Team[];
}

export interface CompanyOptions {
  readonly people: number;
  readonly groups: number;
  readonly seed: number;
}

export function makeCompany({ people, groups, seed }: CompanyOptions): Company {
  const random = createRandom(seed);
  const persons = Array.from({ length: people }, (_, n) => makePerson(random, n, people));
  const teams = Array.from({ length: groups }, (_, n) => makeTeam(random, n, people, groups));
  return { seed, steps: 0, next: people, people: persons, groups: teams };
}

/** `n` joiners, leavers, movers, re-hires, renames and membership changes each, in a copy. */
export function step(company: Company, n: number): Company {
  const random = createRandom(company.seed + 7919 * (company.steps + 1));
  const people = [...company.people];
  const groups = [...company.groups];
  const change = (count: number, among: (person: Person) => boolean, edit: (person: Person) => Person) => {
    const able = people.filter((person) => number(person) > 16 && among(person));
    for (const person of sample(random, able, count)) people[people.indexOf(person)] = edit(person);
  };
  const here = people.length;
  change(n, isActive, (person) => ({ ...person, active: false }));
  change(
    n,
    (person) => !person.active,
    (person) => ({ ...person, active: true, title: 'Back again' }),
  );
  change(n, isActive, (person) => ({
    ...person,
    department: random.pick(DEPARTMENTS),
    title: random.pick(TITLES),
    manager: random.chance(0.2) ? '' : `e-${random.below(Math.min(17, here))}`,
  }));
  change(n, isActive, (person) => renamed(random, person, company.steps));
  for (let joiner = 0; joiner < n; joiner += 1) people.push(makePerson(random, company.next + joiner, here));
  const ids = people.map((person) => person.externalId);
  for (let edit = 0; edit < n && groups.length > 3; edit += 1) {
    const at = 2 + random.below(groups.length - 2);
    const team = groups[at];
    if (team !== undefined) groups[at] = shuffledMembers(random, team, ids);
  }
  return { ...company, steps: company.steps + 1, next: company.next + n, people, groups };
}

/** Takes `count` people out of the company: no row, no membership, nobody's manager. */
export function dismiss(company: Company, count: number): Company {
  const random = createRandom(company.seed + 104_729 * (company.steps + 1));
  const able = company.people.filter((person) => number(person) > 16);
  const gone = new Set(sample(random, able, count).map((person) => person.externalId));
  return {
    ...company,
    steps: company.steps + 1,
    people: company.people
      .filter((person) => !gone.has(person.externalId))
      .map((person) => (gone.has(person.manager) ? { ...person, manager: '' } : person)),
    groups: company.groups.map((team) => ({ ...team, members: team.members.filter((id) => !gone.has(id)) })),
  };
}

/** The people file; managers are named by externalId or, every third time, by userName. */
export function toPeopleCsv(company: Company): string {
  const header = [
    'userName',
    'externalId',
    'givenName',
    'familyName',
    'displayName',
    'email',
    'phone',
    'title',
    'department',
    'employeeNumber',
    'active',
    'manager',
  ];
  const userNames = new Map(company.people.map((person) => [person.externalId, person.userName]));
  const rows = company.people.map((person, at) =>
    csvRow(
      [
        person.userName,
        person.externalId,
        person.givenName,
        person.familyName,
        person.displayName,
        person.email,
        person.phone,
        person.title,
        person.department,
        person.employeeNumber,
        String(person.active),
        at % 3 === 0 ? (userNames.get(person.manager) ?? '') : person.manager,
      ],
      at % 5 === 0,
    ),
  );
  return csvRow(header) + rows.join('');
}

/** The groups file, a row a membership; an empty group has one row without a member. */
export function toGroupsCsv(company: Company): string {
  const userNames = new Map(company.people.map((person) => [person.externalId, person.userName]));
  const rows = company.groups.flatMap((team) => {
    const members = team.members.length === 0 ? [''] : team.members;
    return members.map((member, at) =>
      csvRow([team.name, team.externalId, at % 4 === 0 ? (userNames.get(member) ?? member) : member]),
    );
  });
  return csvRow(['group', 'externalId', 'member']) + rows.join('');
}

const isActive = (person: Person): boolean => person.active;

const number = (person: Person): number => Number(person.externalId.slice(2));

function makePerson(random: Random, n: number, people: number): Person {
  const isHomonym = n === 14 || n === 15;
  const long = n === 16 ? 'ü'.repeat(120) : '';
  const givenName = (isHomonym ? 'Jan' : random.pick(GIVEN_NAMES)) + long;
  const familyName = (isHomonym ? 'Novák' : random.pick(FAMILY_NAMES)) + long;
  const mailbox = `${random.pick(['jan', "o'neil", 'büro', 'x_y', 'first.last', 'UPPER'])}${random.pick(['', '+hr', '+a+b'])}`;
  const [manager, active] = [managerOf(random, n, people), n <= 16 || !random.chance(1 / 12)];
  return {
    externalId: `e-${n}`,
    userName: `${mailbox}.${n}@${random.pick(['corp.example', 'Corp.Example', 'süd.example'])}`,
    givenName,
    familyName,
    displayName: isHomonym || random.chance(0.8) ? `${givenName} ${familyName}` : `${familyName}, ${givenName}`,
    email: `${mailbox}.${n}@mail.example`,
    phone: random.chance(0.7) ? `+49 (30) ${100_000 + n}` : '',
    title: random.pick(TITLES),
    department: random.chance(0.9) ? random.pick(DEPARTMENTS) : '',
    employeeNumber: String(n).padStart(6, '0'),
    active,
    manager: manager < people && manager >= 0 ? `e-${manager}` : '',
  };
}

/** Number of the manager, negative for none: forward and backward references alike. */
function managerOf(random: Random, n: number, people: number): number {
  if (n <= 9) return n - 1;
  if (n <= 12) return n === 12 ? 10 : n + 1;
  if (n === 13) return 13;
  return random.chance(0.1) ? -1 : random.below(people);
}

function makeTeam(random: Random, n: number, people: number, groups: number): Team {
  const name = n < GROUP_NAMES.length ? random.pick(GROUP_NAMES) : `${random.pick(GROUP_NAMES)} ☂`;
  const team = { externalId: `g-${n}`, name: `${name} ${n}` };
  const ids = Array.from({ length: people }, (_, person) => `e-${person}`);
  if (n === 0) return { ...team, members: [] };
  if (n === 1) return { ...team, members: ['g-0', 'g-2', 'g-3', 'g-4'].filter((id) => Number(id.slice(2)) < groups) };
  if (n === 2) return { ...team, members: ids };
  const members = sample(random, ids, 1 + random.below(Math.max(1, Math.ceil(people / 20))));
  return { ...team, members: n % 4 === 0 ? [...members, `g-${n - 1}`] : members };
}

function renamed(random: Random, person: Person, steps: number): Person {
  const familyName = random.pick(FAMILY_NAMES);
  const mailbox = `married${steps}+${number(person)}`;
  return {
    ...person,
    familyName,
    displayName: `${person.givenName} ${familyName}`,
    userName: `${mailbox}@corp.example`,
    email: `${mailbox}@mail.example`,
  };
}

function shuffledMembers(random: Random, team: Team, ids: readonly string[]): Team {
  const leaving = new Set(sample(random, team.members, Math.min(3, Math.floor(team.members.length / 4))));
  const members = [...team.members.filter((id) => !leaving.has(id)), ...sample(random, ids, 3)];
  return { ...team, members: [...new Set(members)] };
}

/** At most `count` of them, each once. */
function sample<T>(random: Random, from: readonly T[], count: number): T[] {
  const rest = [...from];
  const taken: T[] = [];
  while (taken.length < count && rest.length > 0) taken.push(...rest.splice(random.below(rest.length), 1));
  return taken;
}
