import { describe, expect, it } from 'vitest';
import { MINUTE, provisioned } from './provisioned.fixture.ts';

describe('an object that the target has already', () => {
  it('is taken over and made equal, which is reported', async () => {
    const it = provisioned();
    const id = it.target.add('User', { userName: 'A@ACME.example', title: 'Clerk', nickName: 'Al' });
    it.directory.user('a', { title: 'Head' });
    const counts = await it.cycle();
    expect(counts).toMatchObject({ adopted: 1, created: 0, updated: 1 });
    expect(it.target.calls.filter(({ verb }) => verb === 'create')).toEqual([]);
    expect(it.journal.allLinks()).toMatchObject([{ targetId: id, adopted: true }]);
    expect(it.target.attribute('A@ACME.example', 'title')).toBe('Head');
    expect(it.target.attribute('A@ACME.example', 'nickName')).toBe('Al');
    expect(it.record('a').reason).toBe('The target had it already: it was taken over.');
  });

  it('is a group, and its members are kept', async () => {
    const it = provisioned();
    const stranger = it.target.add('User', { userName: 'stranger' });
    it.target.add('Group', { displayName: 'Group g' }, [stranger]);
    it.directory.user('a');
    it.directory.group('g');
    it.directory.join('g', 'a');
    expect(await it.cycle()).toMatchObject({ adopted: 1 });
    expect(it.target.content().get('Group g')?.members).toEqual(['a@acme.example', 'stranger']);
  });

  it('more than once is an error of that object alone, and nothing is written to either', async () => {
    const it = provisioned();
    it.target.add('User', { userName: 'a@acme.example' });
    it.target.add('User', { userName: 'a@acme.example' });
    it.directory.user('a');
    it.directory.user('b');
    expect(await it.cycle()).toMatchObject({ created: 1, failed: 1 });
    expect(it.record('a').error?.code).toBe('DuplicateTargetEntries');
    expect(it.record('a').error?.message).toContain('t1, t2');
    expect(it.target.writes().map(({ subject }) => subject)).toEqual(['b@acme.example']);
  });

  it('for another object of the directory is an error, until one of the two has another value', async () => {
    const it = provisioned();
    it.directory.user('a', { userName: 'same@acme.example' });
    await it.cycle();
    it.directory.user('b', { userName: 'same@acme.example' });
    expect(await it.cycle()).toMatchObject({ failed: 1 });
    expect(it.record('b').error?.code).toBe('DuplicateSourceEntries');
    expect(it.record('b').error?.message).toContain('(a)');
    it.directory.user('b', { userName: 'other@acme.example' });
    await it.cycle();
    expect([...it.target.content().keys()]).toEqual(['same@acme.example', 'other@acme.example']);
  });

  it('is looked for by nothing when the object has no value to search by', async () => {
    const it = provisioned();
    it.directory.user('a', { userName: '' });
    await it.cycle();
    expect(it.record('a').error?.code).toBe('MissingValues');
    expect(it.target.calls.filter(({ verb }) => verb !== 'check')).toEqual([]);
  });
});

describe('two objects of the directory with one name', () => {
  it('make one object in the target although they are dealt with at once', async () => {
    const it = provisioned();
    it.directory.group('g', 'Team');
    it.directory.group('h', 'TEAM');
    it.target.add('Group', { displayName: 'Sales' });
    it.directory.group('i', 'Sales');
    it.directory.group('j', 'Sales');
    expect(await it.cycle()).toMatchObject({ created: 1, adopted: 1, failed: 2 });
    expect(it.target.content().size).toBe(2);
    expect(new Set(it.journal.allLinks().map(({ targetId }) => targetId)).size).toBe(2);
  });

  it('make one object in the target, and one failure', async () => {
    const it = provisioned();
    it.target.before = ({ verb }) => (verb === 'create' ? new Promise((done) => setTimeout(done, 5)) : undefined);
    it.directory.user('a', { userName: 'same@acme.example' });
    await it.cycle();
    it.directory.user('b', { userName: 'SAME@acme.example' });
    await it.cycle();
    it.now += 6 * MINUTE;
    await it.cycle();
    expect(it.target.content().size).toBe(1);
    expect(it.journal.allEscrows()).toMatchObject([{ id: 'b', attempts: 2 }]);
  });
});
