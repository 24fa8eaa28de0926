import { createCatalogue } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { readPeople } from './person-row.ts';
import { readSheet } from './read-sheet.ts';

const URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const user = createCatalogue().resourceTypes.get('User');

async function people(text: string, name = 'people.csv') {
  if (user === undefined) throw new Error('No User');
  return readPeople(user, await readSheet({ name, text }));
}

/** The operations of the only row, without those of userName. */
async function operations(text: string, name?: string) {
  const { rows, refused } = await people(text, name);
  expect(refused).toEqual([]);
  return rows[0]?.operations.filter(({ path }) => path !== 'userName');
}

describe('the columns of a people file', () => {
  it.each([
    ['givenName', 'name.givenName'],
    ['FAMILYNAME', 'name.familyName'],
    ['displayname', 'displayName'],
    ['email', 'emails[type eq "work"].value'],
    ['Phone', 'phoneNumbers[type eq "work"].value'],
    ['title', 'title'],
    ['department', `${URN}:department`],
    ['employeeNumber', `${URN}:employeeNumber`],
    ['costCenter', `${URN}:costCenter`],
    [`${URN}:division`, `${URN}:division`],
    ['emails[type eq "home"].value', 'emails[type eq "home"].value'],
    ['addresses[type eq "work"].locality', 'addresses[type eq "work"].locality'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:nickName', 'nickName'],
  ])('%s is %s', async (column, path) => {
    expect(await operations(`userName,${column}\na,v\n`)).toEqual([{ op: 'add', path, value: 'v' }]);
  });

  it.each([
    ['title', { op: 'remove', path: 'title' }],
    ['email', { op: 'remove', path: 'emails[type eq "work"]' }],
    ['emails[type eq "work"].display', { op: 'remove', path: 'emails[type eq "work"].display' }],
    ['department', { op: 'remove', path: `${URN}:department` }],
  ])('%s without a value clears what it names', async (column, operation) => {
    expect(await operations(`userName,${column}\na,\n`)).toEqual([operation]);
  });

  it('active without a value says nothing, and otherwise is a truth value', async () => {
    const values = await Promise.all(
      ['', 'true', 'FALSE', 'yes', 'no', '1', '0', 'perhaps'].map(async (value) => {
        const [operation] = (await operations(`userName,active\na,${value}\n`)) ?? [];
        return operation?.value;
      }),
    );
    expect(values).toEqual([undefined, true, false, true, false, true, false, 'perhaps']);
  });

  it.each([
    ['salary', 'salary'],
    ['id ', undefined],
    ['groups', undefined],
    ['name.nothing', 'name.nothing'],
    ['emails[type eq', 'emails'],
    ['password', 'cannot be imported'],
    [URN, 'cannot be imported'],
  ])('%s is left out, with a warning unless a resource has it anyway', async (column, reason) => {
    const { rows, warnings } = await people(`userName,${column}\na,v\n`);
    expect(rows[0]?.operations).toHaveLength(1);
    expect(warnings).toEqual(reason === undefined ? [] : [expect.stringContaining(reason)]);
  });

  it.each([
    ['email,emails[type eq "work"].value', 'mean the same'],
    ['manager,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', 'mean the same'],
  ])('%s are two for one attribute: the file is refused', async (columns, reason) => {
    await expect(people(`userName,${columns}\na,b,c\n`)).rejects.toThrow(reason);
  });

  it('must tell who somebody is', async () => {
    await expect(people('displayName,title\na,b\n')).rejects.toThrow('neither a userName nor an externalId');
    const { rows, refused } = await people('userName,title\n,b\nc,d\n');
    expect(rows).toHaveLength(1);
    expect(refused).toEqual([{ line: 2, reason: 'has neither a userName nor an externalId' }]);
  });

  it.each([
    ['emails', 'name one, such as emails[type eq "work"].value'],
    ['name', 'name has parts'],
  ])('%s cannot be one cell: the row is refused', async (column, reason) => {
    expect((await people(`userName,${column}\na,v\n`)).refused).toEqual([
      { line: 2, reason: expect.stringContaining(reason) },
    ]);
  });

  it('name a manager, or none, or do not speak of it', async () => {
    expect((await people('userName,manager\na,e-1\nb,\n')).rows.map((row) => row.manager)).toEqual(['e-1', '']);
    expect((await people('userName\na\n')).rows[0]?.manager).toBeUndefined();
  });
});

describe('people as JSON lines', () => {
  const json = (value: object) => operations(`${JSON.stringify({ userName: 'a', ...value })}\n`, 'people.jsonl');

  it('use the names of the columns, with values of their type', async () => {
    expect(await json({ email: 'a@x', active: false, employeeNumber: 17, title: null })).toEqual([
      { op: 'add', path: 'emails[type eq "work"].value', value: 'a@x' },
      { op: 'add', path: 'active', value: false },
      { op: 'add', path: `${URN}:employeeNumber`, value: '17' },
      { op: 'remove', path: 'title' },
    ]);
  });

  it('may be whole SCIM resources', async () => {
    const resource = {
      schemas: [URN],
      id: '1',
      meta: {},
      userName: 'a',
      externalId: 'e',
      name: { givenName: 'G' },
      emails: [{ value: 'v' }],
      [URN]: { department: 'D', manager: { value: '2' } },
    };
    const { rows, warnings } = await people(JSON.stringify(resource), 'people.jsonl');
    expect(warnings).toEqual([]);
    expect(rows).toEqual([
      {
        line: 1,
        externalId: 'e',
        userName: 'a',
        foreignId: '1',
        manager: '2',
        operations: [
          { op: 'add', path: 'userName', value: 'a' },
          { op: 'add', path: 'externalId', value: 'e' },
          { op: 'add', path: 'name', value: { givenName: 'G' } },
          { op: 'replace', path: 'emails', value: [{ value: 'v' }] },
          { op: 'add', path: `${URN}:department`, value: 'D' },
        ],
      },
    ]);
  });

  it('may use names that every object has', async () => {
    const { rows, warnings } = await people('{"userName":"a","__proto__":"x","constructor":"y"}', 'people.jsonl');
    expect([rows.length, warnings.length]).toEqual([1, 2]);
  });
});
