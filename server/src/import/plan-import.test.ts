import { createCatalogue, ENTERPRISE_USER_SCHEMA, GROUP_SCHEMA, type JsonObject, USER_SCHEMA } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { readGroups } from './group-row.ts';
import { readPeople } from './person-row.ts';
import type { ImportPlan, Missing } from './plan.ts';
import { planImport } from './plan-import.ts';
import type { Present } from './read-directory.ts';
import { readSheet } from './read-sheet.ts';

const { resourceTypes } = createCatalogue();

function present(id: string, document: JsonObject): Present {
  const { userName, displayName, externalId, active } = document;
  return {
    id,
    seq: 1,
    label: String(userName ?? displayName),
    externalId: externalId === undefined ? undefined : String(externalId),
    active: active !== false,
    document: JSON.stringify(document),
  };
}

const user = (id: string, userName: string, more: JsonObject = {}) =>
  present(id, { schemas: [USER_SCHEMA], userName, active: true, ...more });
const group = (id: string, displayName: string, more: JsonObject = {}) =>
  present(id, { schemas: [GROUP_SCHEMA], displayName, ...more });

interface Given {
  readonly users?: readonly Present[];
  readonly groups?: readonly Present[];
  readonly members?: Readonly<Record<string, readonly string[]>>;
  readonly people?: string;
  readonly groupsFile?: string;
  readonly missing?: Missing;
  readonly compatibility?: 'tolerant' | 'strict';
}

async function plan(given: Given): Promise<ImportPlan> {
  const [userType, groupType] = [resourceTypes.get('User'), resourceTypes.get('Group')];
  if (userType === undefined || groupType === undefined) throw new Error('No types');
  const peopleSheet = await readSheet({ name: 'people.csv', text: given.people ?? 'userName\nsomebody\n' });
  const { groupsFile, members = {}, compatibility = 'tolerant' } = given;
  const groupsSheet = groupsFile === undefined ? undefined : await readSheet({ name: 'groups.csv', text: groupsFile });
  return planImport(
    {
      peopleSheet,
      people: await readPeople(userType, peopleSheet),
      groupsSheet,
      groups: groupsSheet === undefined ? undefined : await readGroups(groupsSheet),
      missing: given.missing ?? 'leave',
      allowRemovals: undefined,
    },
    { users: given.users ?? [], groups: given.groups ?? [] },
    async ({ id }) => new Set(members[id] ?? []),
    { user: userType, group: groupType, rules: { compatibility, notes: [] } },
  );
}

/** `line action id` of each person. */
const actions = ({ people }: ImportPlan) => people.map(({ line, action, id }) => `${line} ${action} ${id ?? 'new'}`);

describe('whom a row is about', () => {
  const ann = user('1', 'ann@x', { externalId: 'e-1' });
  const ben = user('2', 'ben@x');

  it.each([
    ['externalId comes first', 'userName,externalId\nann.new@x,e-1\n', ['2 change 1']],
    ['then the userName, in any case', 'userName,externalId\nBEN@X,e-2\n', ['2 change 2']],
    ['a row needs no externalId', 'userName,title\nann@x,Boss\n', ['2 change 1']],
    ['nobody has either: a newcomer', 'userName,externalId\ncat@x,e-3\n', ['2 create new']],
    ['what is there already stays as it is', 'userName,externalId\nann@x,e-1\nben@x,\n', ['2 keep 1', '3 keep 2']],
    [
      'a name may pass on when its holder gets another',
      'userName,externalId\nann@x,e-9\nann.new@x,e-1\n',
      ['2 create new', '3 change 1'],
    ],
  ])('%s', async (_rule, people, expected) => {
    const planned = await plan({ users: [ann, ben], people });
    expect([actions(planned), planned.refused]).toEqual([expected, []]);
  });

  it.each([
    [
      'a newcomer never gets the account of a namesake',
      'userName,externalId\nann@x,e-9\n',
      'userName "ann@x" belongs to another user',
    ],
    [
      'nobody is renamed to a name in use',
      'userName,externalId\nben@x,e-1\n',
      'userName "ben@x" belongs to another user',
    ],
    ['two rows of one person', 'userName,externalId\nann@x,e-1\nann2@x,e-1\n', 'names the same person as line 2'],
    ['two rows of one name', 'userName\ncat@x\nCAT@x\n', 'names the same person as line 2'],
    ['a newcomer without a userName', 'externalId,title\ne-9,T\n', 'userName is required'],
    ['a value that its attribute cannot have', 'userName,active\ncat@x,perhaps\n', 'active'],
  ])('refused: %s', async (_rule, people, reason) => {
    const { refused } = await plan({ users: [ann, ben], people });
    expect(refused).toEqual([
      { file: 'people.csv', line: expect.any(Number), reason: expect.stringContaining(reason) },
    ]);
  });

  it('refuses an externalId that several users have', async () => {
    const { refused } = await plan({
      users: [ann, user('3', 'other@x', { externalId: 'e-1' })],
      people: 'externalId,title\ne-1,T\n',
    });
    expect(refused).toEqual([{ file: 'people.csv', line: 2, reason: '2 users have the externalId e-1' }]);
  });
});

describe('what a row changes', () => {
  const ann = user('1', 'ann@x', {
    title: 'Boss',
    nickName: 'Annie',
    emails: [
      { type: 'work', value: 'ann@x', primary: true },
      { type: 'home', value: 'ann@home' },
    ],
  });

  it.each([
    ['userName,title,email\nann@x,Boss,ann@x\n', 'keep', []],
    ['userName,title\nann@x,Clerk\n', 'change', ['title']],
    ['userName,title,email\nann@x,,\n', 'change', ['title', 'emails']],
    ['userName,active\nann@x,true\n', 'keep', []],
    ['userName,active\nann@x,false\n', 'disable', ['active']],
    ['userName,department\nann@x,Sales\n', 'change', [ENTERPRISE_USER_SCHEMA]],
  ])('%j: %s %j', async (people, action, attributes) => {
    const { people: planned } = await plan({ users: [ann], people });
    expect(planned).toMatchObject([{ action, attributes }]);
  });

  it.each(['tolerant', 'strict'] as const)('makes a whole new person, %s', async (compatibility) => {
    const header = 'userName,externalId,givenName,email,department,active,title,emails[type eq "home"].value';
    const { people, refused } = await plan({ people: `${header}\na@x,e,G,a@w,D,false,,a@h\n`, compatibility });
    expect(refused).toEqual([]);
    expect(people[0]?.body).toEqual({
      schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA],
      userName: 'a@x',
      externalId: 'e',
      name: { givenName: 'G' },
      emails: [
        { type: 'work', value: 'a@w' },
        { type: 'home', value: 'a@h' },
      ],
      active: false,
      [ENTERPRISE_USER_SCHEMA]: { department: 'D' },
    });
  });
});

describe('managers', () => {
  const boss = user('1', 'boss@x', { externalId: 'e-1' });
  const led = user('2', 'led@x', { externalId: 'e-2', [ENTERPRISE_USER_SCHEMA]: { manager: { value: '1' } } });
  const managers = async (people: string) =>
    (await plan({ users: [boss, led], people })).people.map(({ manager }) => manager);

  it('are named by externalId, userName or id, before or after their own row', async () => {
    expect(await managers('userName,manager\na,e-1\nb,BOSS@x\nc,1\nd,e\ne,d\n')).toEqual([
      { id: '1' },
      { id: '1' },
      { id: '1' },
      { makes: 'user', line: 6 },
      { makes: 'user', line: 5 },
    ]);
  });

  it('go with an empty cell, and stay when they are the same or not spoken of', async () => {
    expect(await managers('externalId,manager\ne-2,\n')).toEqual([null]);
    expect(await managers('externalId,manager\ne-2,e-1\n')).toEqual([undefined]);
    expect(await managers('externalId,title\ne-2,T\n')).toEqual([undefined]);
    expect(await managers('externalId,manager\ne-1,\n')).toEqual([undefined]);
  });

  it('who are nowhere to be found leave things as they were, with a warning', async () => {
    const planned = await plan({ users: [boss, led], people: 'externalId,manager\ne-2,e-77\n' });
    expect(planned.people[0]?.manager).toBeUndefined();
    expect(planned.warnings).toEqual([expect.stringContaining('line 2: the manager "e-77"')]);
  });
});

describe('people who are not in the file', () => {
  const users = [
    user('1', 'in@x', { externalId: 'e-1' }),
    user('2', 'out@x', { externalId: 'e-2' }),
    user('3', 'disabled@x', { externalId: 'e-3', active: false }),
    user('4', 'by-hand@x'),
  ];
  const removals = async (missing: Missing, people = 'externalId\ne-1\n') =>
    (await plan({ users, missing, people })).removals.map(({ id, action }) => `${action} ${id}`);

  it('stay, are disabled or deleted, as asked; those without externalId are not the file’s to know', async () => {
    expect(await removals('leave')).toEqual([]);
    expect(await removals('disable')).toEqual(['disable 2']);
    expect(await removals('delete')).toEqual(['delete 2', 'delete 3']);
  });

  it('are all others when the file knows no externalIds', async () => {
    expect(await removals('disable', 'userName\nin@x\n')).toEqual(['disable 2', 'disable 4']);
  });

  it('are not those whose row was refused', async () => {
    expect(await removals('delete', 'externalId,active\ne-1,true\ne-2,perhaps\ne-3,\n')).toEqual([]);
  });
});

describe('groups', () => {
  const users = [user('1', 'ann@x', { externalId: 'e-1' }), user('2', 'ben@x', { externalId: 'e-2' })];
  const groups = [group('8', 'Staff', { externalId: 'g-8' }), group('9', 'Guests')];
  const members = { 8: ['1', '9'] };
  const planned = async (groupsFile: string) => (await plan({ users, groups, members, groupsFile })).groups;

  it('have exactly the members that the file names', async () => {
    expect(await planned('group,externalId,member\nStaff,g-8,e-1\nStaff,g-8,ben@x\n')).toMatchObject([
      { id: '8', action: 'keep', joining: [{ id: '2' }], leaving: ['9'] },
    ]);
    expect(await planned('externalId,member\ng-8,\n')).toMatchObject([{ joining: [], leaving: ['1', '9'] }]);
    expect(await planned('externalId\ng-8\n')).toMatchObject([{ action: 'keep', joining: [], leaving: [] }]);
  });

  it('are found by externalId, else by name; are renamed, and made', async () => {
    const file = 'group,externalId,member\nEverybody,g-8,\nguests,g-9,\nNew,g-10,g-8\nOdd,,g-10\n';
    expect(await planned(file)).toMatchObject([
      { id: '8', action: 'change', body: { Operations: [{ value: 'Everybody' }, { value: 'g-8' }] } },
      { id: '9', action: 'change' },
      { id: undefined, action: 'create', joining: [{ id: '8' }] },
      { id: undefined, action: 'create', joining: [{ makes: 'group', line: 4 }] },
    ]);
  });

  it('refuse members that are nowhere to be found, and themselves', async () => {
    const { refused } = await plan({ users, groups, members, groupsFile: 'externalId,member\ng-8,e-7\ng-8,g-8\n' });
    expect(refused).toEqual([
      { file: 'groups.csv', line: 2, reason: 'member "e-7" is nowhere to be found' },
      { file: 'groups.csv', line: 3, reason: 'a group cannot be a member of itself' },
    ]);
  });

  it('refuse rows that may mean several of them, or one twice', async () => {
    const twins = [group('5', 'Twin'), group('6', 'twin'), ...groups];
    const groupsFile = 'group,externalId,member\nTWIN,,e-1\nStaff,g-8,e-1\nSTAFF,g-8b,\nGuests,,\nguests,g-9,\n';
    const planned = await plan({ users, groups: twins, members, groupsFile });
    expect(planned.refused).toEqual([
      { file: 'groups.csv', line: 2, reason: '2 groups are called "TWIN"' },
      { file: 'groups.csv', line: 6, reason: 'names the same group as line 5' },
    ]);
    expect(planned.groups.map(({ line, action }) => `${line} ${action}`)).toEqual(['3 keep', '4 create', '5 keep']);
  });

  it('are left alone when they are not in the file', async () => {
    expect(await planned('group,member\nOther,e-1\n')).toMatchObject([{ action: 'create', name: 'Other' }]);
  });
});
