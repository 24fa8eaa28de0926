import { ENTERPRISE_USER_SCHEMA } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { TargetError } from '../target.ts';
import { runCycle } from './cycle.ts';
import { memoryTarget } from './memory-target.fixture.ts';
import { MINUTE, provisioned } from './provisioned.fixture.ts';
import { TargetUnusable } from './target-unusable.ts';
import { Stopped } from './world.ts';

const MANAGER = `${ENTERPRISE_USER_SCHEMA}:manager`;

describe('a cycle', () => {
  it('creates users, then groups, then sends references and members', async () => {
    const { directory, target, cycle } = provisioned();
    directory.user('a', {}, 'b');
    directory.user('b');
    directory.group('g');
    directory.join('g', 'a', 'b');
    await cycle();
    expect(target.writes().map(({ verb, type }) => `${verb} ${type}`)).toEqual([
      'create User',
      'create User',
      'create Group',
      'update User',
      'addMembers Group',
    ]);
    expect(target.content().get('Group g')?.members).toEqual(['a@acme.example', 'b@acme.example']);
    expect(target.attribute('a@acme.example', MANAGER)).toBe(target.idOf('b@acme.example'));
  });

  it('knows at once how much there is, and counts an object when it is done', async () => {
    const { directory, target, world } = provisioned();
    for (const id of ['a', 'b', 'c', 'd', 'e']) directory.user(id);
    directory.group('g');
    const hold = Promise.withResolvers<void>();
    target.before = ({ verb, subject }) =>
      verb === 'create' && subject === 'c@acme.example' ? hold.promise : undefined;
    const under = world();
    const run = runCycle(under, { kind: 'initial' });
    await expect.poll(() => under.tally.counts.seen).toBe(4);
    expect([under.tally.phase, under.tally.counts.expected]).toEqual(['users', 6]);
    hold.resolve();
    await run;
    expect([under.tally.counts.seen, under.tally.counts.expected]).toEqual([6, 6]);
  });

  it('counts what it takes away when that is done', async () => {
    const { directory, target, world, cycle } = provisioned();
    for (const id of ['a', 'b', 'c']) directory.user(id);
    await cycle();
    const watermark = await directory.newest();
    directory.disable('a');
    directory.disable('b');
    directory.user('c', { title: 'Head' });
    const hold = Promise.withResolvers<void>();
    const held = target.idOf('b@acme.example');
    target.before = ({ verb, subject }) => (verb === 'update' && subject === held ? hold.promise : undefined);
    const under = world();
    const run = runCycle(under, { kind: 'incremental', watermark });
    await expect.poll(() => [under.tally.phase, under.tally.counts.seen]).toEqual(['removals', 2]);
    expect(under.tally.counts.expected).toBe(3);
    hold.resolve();
    await run;
    expect([under.tally.counts.seen, under.tally.counts.expected]).toEqual([3, 3]);
  });

  it('takes away after everything else, and disables before it deletes', async () => {
    const { directory, target, cycle } = provisioned();
    for (const id of ['a', 'b', 'c']) directory.user(id);
    directory.group('g');
    directory.group('h');
    directory.join('g', 'a', 'b');
    await cycle();
    target.calls.length = 0;
    directory.disable('a');
    directory.remove('h');
    directory.user('b', { title: 'Head' });
    directory.user('d');
    directory.leave('g', 'b');
    directory.join('g', 'd');
    await cycle();
    const verbs = target.writes().map(({ verb }) => verb);
    expect([...verbs.slice(0, 2)].sort()).toEqual(['create', 'update']);
    expect(verbs.slice(2)).toEqual(['addMembers', 'removeMembers', 'update', 'delete']);
    expect(target.attribute('a@acme.example', 'active')).toBe(false);
    expect(target.content().get('Group g')?.members).toEqual(['a@acme.example', 'd@acme.example']);
  });

  it('sends nothing a second time when nothing has changed', async () => {
    const { directory, target, cycle } = provisioned();
    directory.user('a', { title: 'Head' }, 'b');
    directory.user('b');
    directory.group('g');
    directory.join('g', 'a');
    await cycle();
    target.calls.length = 0;
    await cycle();
    await cycle('initial');
    expect(target.writes()).toEqual([]);
    expect(target.calls.filter(({ verb }) => verb !== 'check')).toEqual([]);
  });

  it('sends what has changed since the watermark, and asks the target about nobody else', async () => {
    const { directory, target, cycle } = provisioned();
    for (const id of ['a', 'b', 'c']) directory.user(id);
    await cycle();
    target.calls.length = 0;
    directory.user('b', { title: 'Head' });
    await cycle();
    expect(target.calls).toMatchObject([{ verb: 'update', subject: target.idOf('b@acme.example'), what: ['title'] }]);
  });

  it('looks at everything when the change feed no longer reaches back', async () => {
    const { directory, target, cycle } = provisioned();
    directory.user('a');
    directory.user('b');
    await cycle();
    directory.user('c');
    directory.remove('a');
    directory.prune();
    await cycle();
    expect(target.has('c@acme.example')).toBe(true);
    expect(target.attribute('a@acme.example', 'active')).toBe(false);
  });

  it('restores who comes back, with what has changed meanwhile', async () => {
    const { directory, target, journal, cycle } = provisioned();
    directory.user('a');
    await cycle();
    directory.disable('a');
    await cycle();
    expect(journal.allLinks()).toMatchObject([{ state: 'disabled' }]);
    directory.user('a', { title: 'Head' });
    await cycle();
    expect(journal.allLinks()).toMatchObject([{ state: 'active', deleteAt: null }]);
    expect(target.attribute('a@acme.example', 'active')).toBe(true);
    expect(target.attribute('a@acme.example', 'title')).toBe('Head');
    expect(target.calls.filter(({ verb }) => verb === 'create')).toHaveLength(1);
  });

  it('deletes who has been disabled for the days that were chosen', async () => {
    const day = 24 * 60 * MINUTE;
    const it = provisioned({ settings: { deleteAfterDays: 2 } });
    it.directory.user('a');
    await it.cycle();
    it.directory.remove('a');
    await it.cycle();
    expect(it.target.attribute('a@acme.example', 'active')).toBe(false);
    it.now += 2 * day - 1;
    await it.cycle();
    expect(it.target.has('a@acme.example')).toBe(true);
    it.now += 1;
    await it.cycle();
    expect(it.target.has('a@acme.example')).toBe(false);
    expect(it.journal.allLinks()).toEqual([]);
  });
});

describe('the watermark', () => {
  it('moves last: what the directory could not tell is asked for again', async () => {
    const it = provisioned();
    it.directory.user('a');
    await it.cycle();
    const before = it.watermark;
    it.directory.user('b');
    it.directory.fail(new Error('The disk is gone'));
    await expect(it.cycle()).rejects.toThrow('The disk is gone');
    expect(it.watermark).toBe(before);
    it.directory.fail(undefined);
    await it.cycle();
    expect(it.target.has('b@acme.example')).toBe(true);
  });

  it('is of the beginning of an initial cycle, so that what changes meanwhile is met again', async () => {
    const it = provisioned();
    it.directory.user('a');
    it.target.after = ({ verb }) => {
      if (verb === 'create') it.directory.user('a', { title: 'Head' });
    };
    await it.cycle();
    it.target.after = () => {};
    await it.cycle();
    expect(it.target.attribute('a@acme.example', 'title')).toBe('Head');
  });

  it('stays when the cycle is stopped between two steps', async () => {
    const it = provisioned();
    it.directory.user('a');
    it.directory.group('g');
    it.directory.join('g', 'a');
    const stop = new AbortController();
    it.target.after = ({ verb }) => {
      if (verb === 'create') stop.abort();
    };
    await expect(it.cycle(undefined, { stop: stop.signal })).rejects.toThrow(Stopped);
    expect(it.watermark).toBeUndefined();
    expect(it.target.writes()).toHaveLength(1);
    it.target.after = () => {};
    await it.cycle();
    expect(it.target.content().get('Group g')?.members).toEqual(['a@acme.example']);
    expect(it.target.calls.filter(({ verb, type }) => verb === 'create' && type === 'User')).toHaveLength(1);
  });

  it('stays when it is stopped in the middle of a type, and nothing is under way any more then', async () => {
    const it = provisioned();
    for (let n = 0; n < 400; n++) it.directory.user(`u${n}`);
    const stop = new AbortController();
    let running = 0;
    it.target.before = async ({ verb }) => {
      if (verb !== 'create') return;
      running++;
      stop.abort();
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
    };
    await expect(it.cycle(undefined, { stop: stop.signal })).rejects.toThrow(Stopped);
    expect(running).toBe(0);
    expect(it.journal.intents.size).toBe(0);
    expect(it.watermark).toBeUndefined();
  });
});

describe('a target that cannot be used', () => {
  const refused = new TargetError('Unauthorized', 'The token has expired.', { status: 401 });

  it('ends an initial cycle before anything is sent', async () => {
    const it = provisioned();
    it.directory.user('a');
    it.target.before = () => {
      throw refused;
    };
    await expect(it.cycle()).rejects.toThrow(TargetUnusable);
    expect(it.journal.records).toEqual([]);
    expect(it.journal.allEscrows()).toEqual([]);
  });

  it('ends a cycle in its middle, and no object goes into escrow for it', async () => {
    const it = provisioned();
    for (let n = 0; n < 20; n++) it.directory.user(`u${n}`);
    let creations = 0;
    it.target.before = ({ verb }) => {
      if (verb === 'create') creations++;
      if (creations > 5 && (verb === 'create' || verb === 'check')) throw refused;
    };
    await expect(it.cycle()).rejects.toThrow(TargetUnusable);
    expect(it.journal.allEscrows()).toEqual([]);
    expect(it.watermark).toBeUndefined();
    it.target.before = () => {};
    await it.cycle();
    expect(it.target.content().size).toBe(20);
    expect(it.target.writes()).toHaveLength(20);
  });

  it('is not one that refuses a single object', async () => {
    const it = provisioned();
    it.directory.user('a');
    it.directory.user('b');
    it.target.before = ({ verb, subject }) => {
      if (verb === 'create' && subject === 'a@acme.example') throw refused;
    };
    const counts = await it.cycle();
    expect(counts).toMatchObject({ created: 1, failed: 1 });
    expect(it.journal.allEscrows()).toMatchObject([{ id: 'a', code: 'Unauthorized', attempts: 1 }]);
  });
});

describe('an object that fails', () => {
  it('waits for its next try, alone, and is done when the time has come', async () => {
    const it = provisioned();
    it.directory.user('a');
    it.directory.user('b');
    let broken = true;
    it.target.before = ({ verb, subject }) => {
      if (broken && verb === 'create' && subject === 'a@acme.example') {
        throw new TargetError('InternalServerError', 'Sorry.', { status: 500 });
      }
    };
    await it.cycle();
    expect(it.target.has('b@acme.example')).toBe(true);
    const [escrow] = it.journal.allEscrows();
    expect(escrow).toMatchObject({ id: 'a', kind: 'entry', code: 'InternalServerError' });
    broken = false;
    await it.cycle();
    expect(it.target.has('a@acme.example')).toBe(false);
    it.now = escrow?.nextAt ?? 0;
    await it.cycle();
    expect(it.target.has('a@acme.example')).toBe(true);
    expect(it.journal.allEscrows()).toEqual([]);
  });

  it('gets its members when it is a group and its next try succeeds', async () => {
    const it = provisioned();
    await it.cycle();
    it.directory.user('a');
    it.directory.group('g');
    it.directory.join('g', 'a');
    it.target.before = ({ verb, type }) => {
      if (verb === 'create' && type === 'Group')
        throw new TargetError('InternalServerError', 'Sorry.', { status: 500 });
    };
    await it.cycle();
    expect(it.target.has('Group g')).toBe(false);
    it.target.before = () => {};
    it.now += 10 * MINUTE;
    await it.cycle();
    expect(it.target.content().get('Group g')?.members).toEqual(['a@acme.example']);
  });

  it('is tried at once when it changes in the directory', async () => {
    const it = provisioned();
    it.directory.user('a', { userName: '' });
    await it.cycle();
    expect(it.journal.allEscrows()).toHaveLength(1);
    it.directory.user('a');
    await it.cycle();
    expect(it.target.has('a@acme.example')).toBe(true);
    expect(it.journal.allEscrows()).toEqual([]);
  });
});

describe('a linked object that is gone from the target', () => {
  it('is created anew, and its memberships and those who refer to it follow', async () => {
    const it = provisioned();
    it.directory.user('boss');
    it.directory.user('a', {}, 'boss');
    it.directory.group('g');
    it.directory.join('g', 'a', 'boss');
    await it.cycle();
    it.target.lose(it.target.idOf('boss@acme.example'));
    it.directory.user('boss', { title: 'Head' });
    await it.cycle();
    expect(it.record('boss')).toMatchObject({ action: 'create', status: 'warning' });
    const boss = it.target.idOf('boss@acme.example');
    expect(it.target.attribute('a@acme.example', MANAGER)).toBe(boss);
    expect(it.target.content().get('Group g')?.members).toEqual(['a@acme.example', 'boss@acme.example']);
  });

  it('is created anew when it is a group, with all its members', async () => {
    const it = provisioned();
    for (const id of ['a', 'b', 'c']) it.directory.user(id);
    it.directory.group('g');
    it.directory.join('g', 'a', 'b');
    await it.cycle();
    it.target.lose(it.target.idOf('Group g'));
    it.directory.join('g', 'c');
    await it.cycle();
    it.now += 10 * MINUTE;
    await it.cycle();
    expect(it.target.content().get('Group g')?.members).toEqual(['a@acme.example', 'b@acme.example', 'c@acme.example']);
  });
});

describe("Entra's way", () => {
  it('reads an object before each update, and sends nothing that the target holds already', async () => {
    const it = provisioned({ target: memoryTarget({ readsBeforeUpdate: true }), settings: { clearEmpty: false } });
    it.directory.user('a', { title: 'Clerk' });
    await it.cycle();
    it.target.calls.length = 0;
    it.directory.user('a', { title: 'Head' });
    await it.cycle();
    expect(it.target.calls.map(({ verb }) => verb)).toEqual(['read', 'update']);
    it.target.calls.length = 0;
    it.directory.user('a', { title: 'Director' });
    it.target.before = ({ verb, subject }) => {
      // Somebody else is quicker.
      if (verb === 'read') it.target.change(subject, 'title', 'Director');
    };
    await it.cycle();
    expect(it.target.calls.map(({ verb }) => verb)).toEqual(['read']);
  });

  it('reads before it disables, and sets references in a second step', async () => {
    const it = provisioned({ target: memoryTarget({ readsBeforeUpdate: true }), settings: { clearEmpty: false } });
    it.directory.user('a');
    await it.cycle();
    it.directory.user('b', {}, 'a');
    it.target.calls.length = 0;
    await it.cycle();
    expect(it.target.calls.map(({ verb }) => verb)).toEqual(['find', 'create', 'read', 'update']);
    expect(it.target.calls.at(-1)?.what).toEqual([MANAGER]);
    it.target.calls.length = 0;
    it.directory.disable('a');
    await it.cycle();
    expect(it.target.calls.map(({ verb }) => verb)).toEqual(['read', 'update']);
  });
});
