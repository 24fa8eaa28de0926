import { afterEach, describe, expect, it, vi } from 'vitest';
import { type CandidateSource, candidateOf, firstCursor, readCandidates } from './candidates.ts';

describe('The search for users and groups', () => {
  it('begins with every type that can be chosen, and with the people of a group', () => {
    expect(firstCursor({ kind: 'directory', server: 'hr', types: ['User', 'Group'] }).at).toEqual({
      User: '',
      Group: '',
    });
    expect(firstCursor({ kind: 'members', server: 'hr', group: '1' }).at).toEqual({ User: '' });
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
    expect(page.next).toEqual({ match: 'part', at: { User: 'next' } });
    expect(asked.map(({ searchParams }) => searchParams.get('sortBy'))).toEqual(['userName', 'displayName']);
  });

  it('is found by beginnings when to search for any part takes too long', async () => {
    const asked = answering(({ searchParams }) =>
      searchParams.get('filter')?.includes(' co ')
        ? [400, { type: '/problems/scim-error', scimType: 'tooMany', detail: 'Too many' }]
        : [200, { totalResults: 9, nextCursor: 'next', Resources: [] }],
    );
    const page = await readCandidates(
      { ...source, types: ['Group'] },
      'x',
      { match: 'part', at: { Group: '' } },
      signal,
    );
    expect(page).toEqual({ candidates: [], match: 'beginning', next: { match: 'beginning', at: { Group: 'next' } } });
    expect(asked.map(({ searchParams }) => searchParams.get('filter'))).toEqual([
      'displayName co "x" or externalId eq "x" or id eq "x"',
      'displayName sw "x" or externalId eq "x" or id eq "x"',
    ]);
  });
});
