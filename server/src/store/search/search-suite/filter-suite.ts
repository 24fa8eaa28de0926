import { ENTERPRISE_USER_SCHEMA } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { join } from '../../contract-suite/world-suite.ts';
import { type Asked, type Directory, directoryIn, EXTENSION, type OfSuite } from './directory-suite.ts';

const MANAGER = `${ENTERPRISE_USER_SCHEMA}:manager`;

async function people(store: OfSuite): Promise<Directory> {
  const directory = await directoryIn(store());
  await directory.addAll('User', [
    {
      userName: 'Mira',
      externalId: 'E-1',
      displayName: 'Mira Köhler',
      active: true,
      name: { familyName: 'Köhler' },
      emails: [
        { value: 'm@acme.example', type: 'work', primary: true },
        { value: 'm@home.example', type: 'home' },
      ],
    },
    {
      userName: 'noor',
      externalId: 'e-1',
      displayName: 'Noor',
      active: false,
      title: 'Head of "Lights"',
      emails: [{ value: 'N@ACME.example', type: 'home' }],
      [ENTERPRISE_USER_SCHEMA]: { department: 'Lights', manager: { value: 'Boss-1' } },
      [EXTENSION]: {
        badge: 'B-7',
        number: 7,
        score: 1.5,
        since: '2026-03-01T10:00:00+02:00',
        flag: true,
        tags: ['a', 'B'],
      },
    },
    {
      userName: 'ola',
      displayName: 'Ola',
      active: true,
      name: { givenName: 'x\t\u0308y' },
      [EXTENSION]: { badge: '', number: 11, flag: false },
    },
  ]);
  return directory;
}

/** What a filter finds, and the filters that find it. Each runs as it is, and where only a scan can answer it. */
const FOUND: readonly (readonly [readonly string[], readonly string[]])[] = [
  [['Mira'], ['USERNAME Eq "MIRA"', 'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "MI"']],
  [['Mira'], ['externalId eq "E-1"', 'emails eq "m@home.example"', 'displayName eq "mira kÖhler"']],
  [
    ['Mira'],
    ['displayName eq "Mira Ko\u0308hler"', 'name.familyName co "KÖH"', 'displayName sw "mi" and active eq true'],
  ],
  [['Mira'], ['emails[type eq "work"].value eq "M@ACME.example"', 'emails[type eq "work"]', 'emails.primary eq true']],
  [
    ['Mira', 'noor'],
    ['emails.value co "acme"', 'emails.value ew "ACME.EXAMPLE"', 'externalId pr', 'emails pr'],
  ],
  [
    ['Mira', 'noor'],
    ['userName eq "mira" or externalId eq "e-1"', 'userName lt "o"', 'not (userName eq "ola")'],
  ],
  [
    ['Mira', 'noor'],
    ['emails[type eq "home"]', 'emails[value pr]', 'emails[type eq "work" or value sw "n"]'],
  ],
  [['noor'], ['emails[type eq "home" and value co "acme"]', `${MANAGER}.value eq "Boss-1"`, 'title co "\\"lights\\""']],
  [['noor'], [`${EXTENSION}:badge eq "b-7"`, `${EXTENSION}:number eq 7`, `${EXTENSION}:number lt 8`]],
  [
    ['noor'],
    [`${EXTENSION}:score gt 1.25`, `${EXTENSION}:since eq "2026-03-01T08:00:00Z"`, `${EXTENSION}:tags eq "b"`],
  ],
  [['noor'], [`${EXTENSION}:badge pr`, `${EXTENSION}:flag eq true`, 'active eq false', 'active ne true']],
  [
    ['noor'],
    ['title pr', 'title ne null', 'userName sw "n" and not (title eq null)', 'userName ge "noor" and userName lt "o"'],
  ],
  [
    ['ola'],
    [`${EXTENSION}:badge eq ""`, `${EXTENSION}:number gt 8`, `${EXTENSION}:flag eq false`, 'externalId eq null'],
  ],
  [['ola'], ['not (emails pr)', 'emails.value eq null', 'userName gt "noor"', 'name.givenName co "\u0308Y"']],
  [
    ['Mira', 'ola'],
    ['active eq true', 'active ne false', 'title eq null', `not (${EXTENSION}:flag eq true)`],
  ],
  [
    ['Mira', 'noor', 'ola'],
    ['userName pr', 'displayName sw ""', 'displayName ne "x"', 'id pr', 'meta.created pr'],
  ],
  [
    ['Mira', 'noor', 'ola'],
    ['meta.resourceType eq "User"', 'meta.version eq "W/\\"1\\""', 'emails.value ne "m@acme.example"'],
  ],
  [
    ['Mira', 'noor', 'ola'],
    ['meta.created eq "2023-11-14T22:13:20Z"', 'meta.lastModified le "2023-11-14T22:13:20.000Z"'],
  ],
  [
    [],
    ['userName eq "x"', 'externalId eq "E-2"', 'emails[type eq "work" and value co "home"]', 'id eq "x"', 'id eq null'],
  ],
  [[], ['meta.resourceType eq "Group"', 'meta.lastModified gt "2023-11-14T22:13:20Z"', 'userName eq null']],
  [[], ['emails[value co "acme" and value co "home"]', 'emails[not (value pr)]', 'emails[value eq null]']],
  [[], ['userName eq "mira" and userName eq "noor"', 'groups pr', 'groups.value eq "x"', 'userName eq ""']],
];

export function filterContract(store: OfSuite): void {
  describe('a filter', () => {
    it('selects by every operator, whether an index answers it or the documents (RFC 7644 §3.4.2.2)', async () => {
      const directory = await people(store);
      for (const [labels, filters] of FOUND) {
        for (const filter of filters) {
          expect(await directory.labels({ filter }), filter).toEqual(labels);
          expect(await directory.labels({ filter: `(${filter}) or nickName eq "nobody"` }), filter).toEqual(labels);
          expect(await directory.labels({ filter: `(${filter}) and not (nickName pr)` }), filter).toEqual(labels);
        }
      }
    });

    it('counts all it selects and returns a page of them', async () => {
      const directory = await people(store);
      const page = { kind: 'index', startIndex: 2, count: 1 } as const;
      for (const filter of [
        'externalId pr',
        'userName eq "mira" or userName eq "noor"',
        'nickName ne "x" and emails pr',
      ]) {
        const { total, rows } = await directory.search({ filter, page });
        expect([total, rows.map(({ label }) => label)], filter).toEqual([2, ['noor']]);
      }
    });

    it('finds groups by a member, direct only, also together with their id', async () => {
      const directory = await directoryIn(store());
      const user = await directory.add('User', { userName: 'mira' });
      const inner = await directory.add('Group', { displayName: 'Inner' });
      const outer = await directory.add('Group', { displayName: 'Outer' });
      await directory.add('Group', { displayName: 'Empty' });
      await join(store(), inner, [user]);
      await join(store(), outer, [inner]);
      const groups = (filter: string) => directory.labels({ filter, types: ['Group'] });
      for (const filter of [
        `members.value eq "${user.id}"`,
        `members eq "${user.id}"`,
        `members[value eq "${user.id}"]`,
        `id eq "${inner.id}" and members eq "${user.id}"`,
        `displayName sw "in" and members[value eq "${user.id}"]`,
        `members[value eq "${user.id}" and value ne "x"]`,
        `members.value sw "${user.id}"`,
      ]) {
        expect(await groups(filter), filter).toEqual(['Inner']);
      }
      expect(await groups(`id eq "${outer.id}" and members eq "${user.id}"`)).toEqual([]);
      expect(await groups(`id eq "${outer.id}" and not (members eq "${user.id}")`)).toEqual(['Outer']);
      expect(await groups(`members eq "${user.id}" or members eq "${inner.id}"`)).toEqual(['Inner', 'Outer']);
      expect(await groups('members pr')).toEqual(['Inner', 'Outer']);
      expect(await groups('not (members pr)')).toEqual(['Empty']);
      expect(await groups('members.value ne "x"')).toEqual(['Inner', 'Outer', 'Empty']);
    });

    it('finds users by a group, direct and indirect, as the attribute lists them', async () => {
      const directory = await directoryIn(store());
      const [mira, noor] = await directory.addAll('User', [
        { userName: 'mira' },
        { userName: 'noor' },
        { userName: 'ola' },
      ]);
      const inner = await directory.add('Group', { displayName: 'Inner' });
      const outer = await directory.add('Group', { displayName: 'Outer' });
      await join(store(), inner, [mira ?? inner, outer]);
      await join(store(), outer, [noor ?? outer, inner]);
      const users = (filter: string) => directory.labels({ filter });
      expect(await users(`groups.value eq "${outer.id}"`)).toEqual(['mira', 'noor']);
      expect(await users(`groups eq "${inner.id}" and userName eq "mira"`)).toEqual(['mira']);
      expect(await users(`groups[value eq "${outer.id}" and type eq "direct"]`)).toEqual(['noor']);
      expect(await users('groups.display co "INN"')).toEqual(['mira', 'noor']);
      expect(await users('not (groups pr)')).toEqual(['ola']);
    });

    it('sees no other identity server', async () => {
      const directory = await people(store);
      const other = await directoryIn(store());
      const { id } = await other.add('User', { userName: 'mira', title: 'Other' });
      for (const filter of ['userName eq "mira"', 'userName pr', 'title eq "Other"', `id eq "${id}"`]) {
        expect(await other.labels({ filter }), filter).toEqual(['mira']);
      }
      expect(await directory.labels({ filter: `id eq "${id}" or title eq "Other"` })).toEqual([]);
      expect(await other.labels()).toEqual(['mira']);
    });

    it('searches all types at the root, where each may lack an attribute (RFC 7644 §3.4.2.1)', async () => {
      const directory = await people(store);
      await directory.addAll('Group', [{ displayName: 'Mira' }, { displayName: 'Others' }]);
      await directory.add('User', { userName: 'late' });
      const root = (filter?: string, more = {}) =>
        directory.labels({ types: ['User', 'Group'], ...(filter === undefined ? {} : { filter }), ...more });
      expect(await root()).toEqual(['Mira', 'noor', 'ola', 'Mira', 'Others', 'late']);
      expect(await root('userName eq "mira"')).toEqual(['Mira']);
      expect(await root('displayName sw "mira"')).toEqual(['Mira', 'Mira']);
      expect(await root('displayName eq "mira" or userName eq "late"')).toEqual(['Mira', 'late']);
      expect(await root('meta.resourceType eq "Group" and displayName eq "mira"')).toEqual(['Mira']);
      expect(await root('meta.resourceType eq "User"')).toEqual(['Mira', 'noor', 'ola', 'late']);
      expect(await root('userName eq null')).toEqual(['Mira', 'Others']);
      expect(await root(undefined, { page: { kind: 'index', startIndex: 3, count: 2 } })).toEqual(['ola', 'Mira']);
      expect(await root('displayName pr', { sortBy: 'displayName' })).toEqual([
        'Mira',
        'Mira',
        'noor',
        'ola',
        'Others',
      ]);
      expect(await directory.walk({ types: ['User', 'Group'], count: 2 })).toHaveLength(6);
    });

    it('knows an attribute as soon as it was added to the identity server', async () => {
      const directory = await directoryIn(store());
      const later = await directoryIn(store());
      await later.add('User', { userName: 'mira', [EXTENSION]: { flag: true, score: 2 } });
      expect(await directory.labels({ filter: 'title pr' })).toEqual([]);
      expect(await later.labels({ filter: `${EXTENSION}:score eq 2 and ${EXTENSION}:flag eq true` })).toEqual(['mira']);
    });

    it('compares values of any length, and tells those apart that begin alike', async () => {
      const directory = await directoryIn(store());
      const long = (end: string) => `${'x'.repeat(400)}${end}`;
      await directory.addAll('User', [
        { userName: 'mira', displayName: long(' one') },
        { userName: 'noor', displayName: long(' two') },
        { userName: 'ola', displayName: 'One' },
      ]);
      const found = (filter: string, more: Asked = {}) =>
        directory.labels({ filter: `displayName ${filter}`, ...more });
      expect(await found(`eq "${long(' ONE')}"`)).toEqual(['mira']);
      expect(await found(`ne "${long(' one')}"`)).toEqual(['noor', 'ola']);
      expect(await found('co "one"')).toEqual(['mira', 'ola']);
      expect(await found('ew "x two"')).toEqual(['noor']);
      expect(await found(`sw "${'x'.repeat(300)}"`)).toEqual(['mira', 'noor']);
      expect(await found(`sw "${long(' o')}"`)).toEqual(['mira']);
      expect(await found(`gt "${long(' one')}"`)).toEqual(['noor']);
      expect(await found(`le "${long(' one')}"`)).toEqual(['mira', 'ola']);
      expect(await found('pr', { sortBy: 'displayName' })).toHaveLength(3);
      expect(await directory.walk({ filter: 'displayName pr', sortBy: 'displayName', count: 1 })).toHaveLength(3);
      expect(await directory.walk({ sortBy: 'displayName', count: 1 })).toHaveLength(3);
    });

    it('is refused when what it names has just been taken away', async () => {
      const directory = await directoryIn(store());
      await directory.add('User', { userName: 'mira', [EXTENSION]: { score: 2 } });
      const definition = { server: directory.server, kind: 'extension', name: `User ${EXTENSION}` } as const;
      await store().settings.removeDefinition(definition);
      await expect(directory.search({ filter: `${EXTENSION}:score eq 2` })).rejects.toThrow(
        expect.objectContaining({ scimType: 'invalidFilter', status: 400 }),
      );
    });
  });
}
