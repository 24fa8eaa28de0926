import { describe, expect, it } from 'vitest';
import { readGroups } from './group-row.ts';
import { readSheet } from './read-sheet.ts';

const groups = async (text: string, name = 'groups.csv') => readGroups(await readSheet({ name, text }));
const members = async (text: string, name?: string) =>
  (await groups(text, name)).rows.map((row) => [row.name, row.members?.map((member) => member.name)]);

describe('a groups file', () => {
  it('has a row for each membership, and one without a member for an empty group', async () => {
    const text = 'group,externalId,member\nA,g-1,e-1\nB,g-2,\nA,g-1,e-2\n';
    expect((await groups(text)).rows).toEqual([
      {
        line: 2,
        name: 'A',
        externalId: 'g-1',
        foreignId: undefined,
        members: [
          { line: 2, name: 'e-1' },
          { line: 4, name: 'e-2' },
        ],
      },
      { line: 3, name: 'B', externalId: 'g-2', foreignId: undefined, members: [] },
    ]);
  });

  it('says nothing of members without such a column', async () => {
    expect(await members('group\nA\n')).toEqual([['A', undefined]]);
  });

  it('puts rows together by externalId, or by a name in any case', async () => {
    expect(await members('group,externalId,member\nA,g-1,x\n,g-1,y\na,,z\nÄ,,p\nä,,q\n')).toEqual([
      ['A', ['x', 'y', 'z']],
      ['Ä', ['p', 'q']],
    ]);
  });

  it('refuses what contradicts itself or says nothing', async () => {
    const { refused } = await groups('group,externalId,member\nA,g-1,x\nB,g-1,y\n,,z\n');
    expect(refused).toEqual([
      { line: 3, reason: 'calls the group "B" that line 2 calls "A"' },
      { line: 4, reason: 'has neither a group nor an externalId' },
    ]);
  });

  it('leaves unknown columns out, and needs one that names the group', async () => {
    expect((await groups('group,colour\nA,red\n')).warnings).toEqual([expect.stringContaining('"colour"')]);
    await expect(groups('member\nx\n')).rejects.toThrow('neither a group nor an externalId');
  });

  it('may be SCIM resources as JSON lines', async () => {
    const lines = [
      { displayName: 'A', externalId: 'g-1', members: [{ value: '1' }, 'e-2'] },
      { displayName: 'B', members: [] },
      { displayName: 'C' },
      { group: 'D', member: 'e-3' },
      { group: 'E', member: [{}] },
    ];
    const text = lines.map((line) => JSON.stringify(line)).join('\n');
    expect(await members(text, 'groups.jsonl')).toEqual([
      ['A', ['1', 'e-2']],
      ['B', []],
      ['C', undefined],
      ['D', ['e-3']],
    ]);
    expect((await groups(text, 'groups.jsonl')).refused).toEqual([
      { line: 5, reason: expect.stringContaining('member') },
    ]);
  });
});
