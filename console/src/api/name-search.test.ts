import { parseFilter } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { type Match, nameFilter, readByName } from './name-search.ts';
import { ApiProblem } from './problem.ts';

describe('the filter that finds a name', () => {
  it('finds any part of the names and addresses of a person', () => {
    expect(nameFilter('User', 'ann', 'part')).toBe(
      'userName co "ann" or displayName co "ann" or name.givenName co "ann" or name.familyName co "ann" or emails.value co "ann" or externalId eq "ann" or id eq "ann"',
    );
  });

  it('finds beginnings by what has an index, and nothing else', () => {
    expect(nameFilter('User', 'ann', 'beginning')).toBe(
      'userName sw "ann" or displayName sw "ann" or emails.value sw "ann" or externalId eq "ann" or id eq "ann"',
    );
    expect(nameFilter('Group', 'Büro', 'beginning')).toBe(
      'displayName sw "Büro" or externalId eq "Büro" or id eq "Büro"',
    );
  });

  it('quotes what people type, so that it is never read as a filter (RFC 7644 §3.4.2.2)', () => {
    const filter = nameFilter('Group', 'a" or id pr or "\\', 'part');
    expect(parseFilter(filter)).toMatchObject({ kind: 'or', filters: [{ value: 'a" or id pr or "\\' }, {}, {}] });
  });
});

describe('a search by name', () => {
  const refusing = (scimType: string) => {
    const asked: Match[] = [];
    const read = async (match: Match) => {
      asked.push(match);
      const view = { type: '/problems/scim-error', title: 'Refused', status: 400, detail: 'Refused', scimType };
      if (match === 'part') throw new ApiProblem(400, 'scim-error', 'Refused', view);
      return match;
    };
    return { asked, read };
  };

  it('is by any part', async () => {
    expect(await readByName('part', async (match) => match)).toBe('part');
  });

  it('is by beginnings when the directory is too large', async () => {
    const { asked, read } = refusing('tooMany');
    expect([await readByName('part', read), asked]).toEqual(['beginning', ['part', 'beginning']]);
  });

  it('ends with any other error', async () => {
    const { asked, read } = refusing('invalidFilter');
    await expect(readByName('part', read)).rejects.toThrow('Refused');
    expect(asked).toEqual(['part']);
  });
});
