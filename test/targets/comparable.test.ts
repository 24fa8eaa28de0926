import { describe, expect, it } from 'vitest';
import { comparableGroups, comparableUsers } from './comparable.ts';
import { ENTERPRISE } from './protocol/schemas.ts';

const KAI = { id: 'U1', userName: 'kai' };

describe('what a target holds, to be compared', () => {
  it('names a manager by userName, or by the id of nobody', () => {
    const reporting = (userName: string, value: string) => ({
      id: userName,
      userName,
      [ENTERPRISE]: { manager: { value } },
    });
    const users = comparableUsers([reporting('mia', 'U1'), reporting('lou', 'U9'), KAI]);
    expect(users.map(({ manager, userName }) => [userName, manager])).toEqual([
      ['kai', undefined],
      ['lou', 'U9'],
      ['mia', 'kai'],
    ]);
  });

  it('names members by userName or displayName, sorted, and one that is there twice twice', () => {
    const groups = [
      {
        id: 'G1',
        displayName: 'Finance',
        members: [{ value: 'U1' }, { value: 'G2' }, { value: 'U9' }, { value: 'U1' }],
      },
      { id: 'G2', displayName: 'EMEA' },
    ];
    expect(comparableGroups(groups, [KAI])).toEqual([
      { displayName: 'EMEA', externalId: undefined, members: [] },
      { displayName: 'Finance', externalId: undefined, members: ['EMEA', 'U9', 'kai', 'kai'] },
    ]);
  });
});
