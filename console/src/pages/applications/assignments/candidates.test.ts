import { afterEach, describe, expect, it, vi } from 'vitest';
import { type CandidateSource, candidateOf, firstCursor, readCandidates, searchFilter } from './candidates.ts';

describe('The search for users and groups', () => {
  it('asks for all while nothing is typed', () => {
    expect(searchFilter('User', '  ', 'co')).toBeUndefined();
  });

  it('finds a group by any part of its name', () => {
    expect(searchFilter('Group', ' Sales ', 'co')).toBe('displayName co "Sales"');
  });

  it('finds a person by any part of a name or an address', () => {
    expect(searchFilter('User', 'ann', 'co')).toBe(
      'userName co "ann" or displayName co "ann" or name.givenName co "ann" or name.familyName co "ann" or emails.value co "ann"',
    );
  });

  it('finds beginnings where the directory is too large for more', () => {
    expect(searchFilter('Group', 'Sales', 'sw')).toBe('displayName sw "Sales"');
  });

  it('begins with every type that can be chosen, and with the people of a group', () => {
    expect(firstCursor({ kind: 'directory', server: 'hr', types: ['User', 'Group'] }).at).toEqual({
      User: '',
      Group: '',
    });
    expect(firstCursor({ kind: 'members', server: 'hr', group: '1' }).at).toEqual({ User: '' });
  });

  it('keeps quotes and backslashes within the value (RFC 7644 §3.4.2.2)', () => {
    expect(searchFilter('Group', String.raw`a" or id pr or x eq "\ `, 'co')).toBe(
      String.raw`displayName co "a\" or id pr or x eq \"\\"`,
    );
  });
});

describe('A candidate', () => {
  it('is called by the displayName, with the userName beside it', () => {
    expect(candidateOf('User', { id: '1', userName: 'anna@example.org', displayName: 'Anna' })).toEqual({
      type: 'User',
      id: '1',
      label: 'Anna',
      details: 'anna@example.org',
      isActive: true,
    });
  });

  it('is called by what there is', () => {
    expect(candidateOf('User', { id: '1', userName: 'anna', active: false })).toMatchObject({
      label: 'anna',
      details: '',
      isActive: false,
    });
    expect(candidateOf('Group', { id: '2' }).label).toBe('2');
  });
});

describe('A page of candidates', () => {
  const source: CandidateSource = { kind: 'directory', server: 'hr', types: ['User', 'Group'] };
  const { signal } = new AbortController();
  afterEach(() => vi.unstubAllGlobals());

  /** Answers each request by its address; tells which addresses were asked. */
  function answering(answer: (address: URL) => [status: number, body: object]): URL[] {
    const asked: URL[] = [];
    vi.stubGlobal('fetch', async (path: string) => {
      const address = new URL(path, 'http://127.0.0.1');
      asked.push(address);
      const [status, body] = answer(address);
      return new Response(JSON.stringify(body), { status });
    });
    return asked;
  }

  it('goes on with the types of which there is more', async () => {
    const asked = answering(({ pathname }) => [
      200,
      pathname.endsWith('/User')
        ? { totalResults: 70, nextCursor: 'next', Resources: [{ id: '1', userName: 'ann' }] }
        : { totalResults: 1, Resources: [{ id: '2', displayName: 'Annex' }] },
    ]);
    const page = await readCandidates(source, 'nn', firstCursor(source), signal);
    expect(page.candidates.map(({ label }) => label)).toEqual(['ann', 'Annex']);
    expect(page.next).toEqual({ match: 'co', at: { User: 'next' } });
    expect(asked.map(({ searchParams }) => searchParams.get('sortBy'))).toEqual(['userName', 'displayName']);
  });

  it('is found by beginnings when to search for any part takes too long', async () => {
    const asked = answering(({ searchParams }) =>
      searchParams.get('filter')?.includes(' co ')
        ? [400, { type: '/problems/scim-error', scimType: 'tooMany', detail: 'Too many' }]
        : [200, { totalResults: 9, nextCursor: 'next', Resources: [] }],
    );
    const page = await readCandidates({ ...source, types: ['Group'] }, 'x', { match: 'co', at: { Group: '' } }, signal);
    expect(page).toEqual({ candidates: [], match: 'sw', next: { match: 'sw', at: { Group: 'next' } } });
    expect(asked.map(({ searchParams }) => searchParams.get('filter'))).toEqual([
      'displayName co "x"',
      'displayName sw "x"',
    ]);
  });
});
