import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importReportSchema, resourceListSchema } from '@rollcall/server/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLine } from '../terminal.fixture.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'directory-'));
  await runLine({ directory }, 'identity-server', 'add', '--name', 'HR');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const files = new Map<string, string | Uint8Array>([
  ['people.csv', 'userName;externalId;familyName;manager\nann;e-1;Müller;\nben;e-2;"O\'Brien";e-1\n'],
  ['groups.csv', 'group,externalId,member\nStaff,g-1,ann\nStaff,g-1,e-2\n'],
  ['empty.csv', ''],
  ['latin1.csv', Buffer.from('userName,familyName\nann,Müller\n', 'latin1')],
  ['excel.txt', Buffer.from('\ufeffuserName\tfamilyName\r\nann\tMüller\r\n', 'utf16le')],
  ['odd.csv', 'userName,active\ncat,perhaps\ndan,true\n'],
]);

async function run(...argv: string[]) {
  for (const [name, content] of files) await writeFile(join(directory, name), content);
  return runLine({ directory }, 'directory', 'import', '--identity-server', 'hr', ...argv);
}

async function userNames(): Promise<string[]> {
  const { out } = await runLine({ directory }, 'user', 'list', '--identity-server', 'hr', '--json');
  return resourceListSchema.parse(JSON.parse(out)).Resources.map((user) => String(user.userName));
}

describe('rollcall directory import', () => {
  it('says with --dry-run what would change, and changes nothing', async () => {
    const { status, out, error } = await run('people.csv', 'groups.csv', '--dry-run');
    expect([status, error]).toEqual([0, '']);
    expect(out).toMatch(/^This would happen:\n/);
    expect(out).toMatch(/users +2 +0 +0 +0 +0\n/);
    expect(out).toContain('memberships: 2 added, 0 removed');
    expect(out).toContain('\nChanges:\n  create user ann\n  create user ben\n  create group Staff\n');
    expect(await userNames()).toEqual([]);
  });

  it('imports files, and the same files again without a change', async () => {
    const first = await run('people.csv', 'groups.csv', '--json');
    expect([first.status, first.error]).toEqual([0, '']);
    expect(importReportSchema.parse(JSON.parse(first.out))).toMatchObject({
      users: { created: 2 },
      groups: { created: 1 },
      memberships: { added: 2 },
    });
    expect(await userNames()).toEqual(['ann', 'ben']);
    const again = importReportSchema.parse(JSON.parse((await run('people.csv', 'groups.csv', '--json')).out));
    expect(again).toMatchObject({ users: { unchanged: 2 }, groups: { unchanged: 1 }, changes: [] });
  });

  it('reads what a spreadsheet saves as Unicode text', async () => {
    expect((await run('excel.txt')).out).toMatch(/users +0 +0 +0 +0 +1\n/);
  });

  it('ends with 1 when the guard stops it, and says how to go on', async () => {
    const { status, out, error } = await run('empty.csv', '--missing', 'delete');
    expect([status, out]).toEqual([1, expect.stringMatching(/^This would happen:\n/)]);
    expect(error).toMatch(/^Error: Nothing was imported. empty.csv holds nobody.*\n.*--allow-removals 2\.\n$/);
    expect(await userNames()).toEqual(['ann', 'ben']);
  });

  it('ends with 1 when rows are refused, and imports the others', async () => {
    const { status, out, error } = await run('odd.csv');
    expect([status, error]).toEqual([1, expect.stringContaining('1 rows were refused; the rest was imported.')]);
    expect(out).toMatch(/\nRefused:\n {2}odd.csv line 2: .*active/);
    expect(await userNames()).toEqual(['ann', 'ben', 'dan']);
  });

  it.each([
    [['latin1.csv'], 1, 'latin1.csv is not UTF-8.\nSave it as UTF-8'],
    [['nowhere.csv'], 1, 'nowhere.csv cannot be read'],
    [['people.csv', '--missing', 'shoot'], 2, '--missing'],
    [['people.csv', '--allow-removals', 'all'], 2, '--allow-removals must be a whole number'],
    [[], 2, 'people'],
  ])('refuses %j with %i', async (argv, status, message) => {
    expect(await run(...argv)).toMatchObject({ status, out: '', error: expect.stringContaining(message) });
  });

  it('removes as many as are allowed by number', async () => {
    const { status, out } = await run('empty.csv', '--missing', 'delete', '--allow-removals', '3');
    expect([status, await userNames()]).toEqual([0, []]);
    expect(out).toMatch(/users +0 +0 +0 +3 +0\n/);
  });
});
