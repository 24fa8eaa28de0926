import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberListSchema } from '../contract/member.ts';
import { resourceListSchema } from '../contract/resource.ts';
import { openTestApplications, type TestApplications } from './application.fixture.ts';

const RESOURCES = '/identity-servers/hr/resources';

let rollcall: TestApplications;
let sales: string;
beforeAll(async () => {
  rollcall = await openTestApplications();
  const filter = encodeURIComponent('displayName eq "Sales"');
  const { Resources } = await rollcall.ask(resourceListSchema, 'GET', `${RESOURCES}/Group?filter=${filter}`);
  sales = `${RESOURCES}/Group/${Resources[0]?.id}/members`;
});
afterAll(() => rollcall.close());

const members = (query = '') => rollcall.ask(memberListSchema, 'GET', sales + query);
const labels = async (query: string) => (await members(query)).members.map(({ label }) => label);

describe('the members of a group', () => {
  it('have their names, a page at a time', async () => {
    const whole = await members();
    expect(whole).toMatchObject({ next: null, total: 2 });
    // In the order of their creation: an import makes many at once.
    expect(whole.members.toSorted((a, b) => (a.label ?? '').localeCompare(b.label ?? ''))).toEqual([
      { id: expect.any(String), type: 'User', label: 'anna@example.com', exists: true },
      { id: expect.any(String), type: 'User', label: 'bob@example.com', exists: true },
    ]);
    const first = await members('?limit=1');
    expect([first.members, first.total]).toEqual([whole.members.slice(0, 1), 2]);
    const second = await members(`?limit=1&after=${first.next}`);
    expect(second).toEqual({ members: whole.members.slice(1), next: null, total: null });
  });

  it('are searched by a part of the name in any case, or by id', async () => {
    expect(await labels('?search=BOB@')).toEqual(['bob@example.com']);
    expect(await labels('?search=nobody')).toEqual([]);
    const all = (await members()).members;
    const anna = all.find(({ label }) => label === 'anna@example.com');
    expect(await labels(`?search=${anna?.id}`)).toEqual(['anna@example.com']);
    const first = await members('?search=example&limit=1');
    expect(await labels(`?search=example&limit=1&after=${first.next}`)).toEqual([all[1]?.label]);
  });

  it('are none of a user, and nothing of a group that is not there', async () => {
    const { Resources } = await rollcall.ask(resourceListSchema, 'GET', `${RESOURCES}/User?count=1`);
    const path = `${RESOURCES}/User/${Resources[0]?.id}/members`;
    expect(await rollcall.ask(memberListSchema, 'GET', path)).toEqual({ members: [], next: null, total: 0 });
    expect((await rollcall.problem('GET', `${RESOURCES}/Group/nobody/members`)).detail).toBe(
      'There is no Group nobody in hr; it may have been deleted.',
    );
    expect((await rollcall.problem('GET', `${sales}?after=x`)).field).toBe('after');
  });
});
