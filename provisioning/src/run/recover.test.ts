import { ENTERPRISE_USER_SCHEMA } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { TargetError } from '../target.ts';
import { type MemoryDirectory, memoryDirectory } from './memory-directory.fixture.ts';
import { memoryJournal } from './memory-journal.fixture.ts';
import { type MemoryTarget, memoryTarget } from './memory-target.fixture.ts';
import { MINUTE, provisioned } from './provisioned.fixture.ts';

const lost = new TargetError('Timeout', 'No answer came.', { inDoubt: true });
const MANAGER = `${ENTERPRISE_USER_SCHEMA}:manager`;

describe('an answer that never came', () => {
  it('of a creation: the object is found and linked, not created again', async () => {
    const it = provisioned();
    it.directory.user('a');
    it.target.after = ({ verb }) => {
      if (verb === 'create') throw lost;
    };
    const counts = await it.cycle();
    expect(it.target.calls.map(({ verb }) => verb)).toEqual(['check', 'find', 'create', 'find']);
    expect(counts).toMatchObject({ failed: 0, adopted: 0 });
    expect(it.journal.allLinks()).toMatchObject([{ id: 'a', targetId: 't1', adopted: false }]);
    expect(it.record('a').status).toBe('warning');
  });

  it('of a creation that nobody can look for now: it stays in doubt, and is looked for before anything is created', async () => {
    const it = provisioned();
    it.directory.user('a');
    let broken = true;
    it.target.after = ({ verb }) => {
      if (broken && verb === 'create') throw lost;
    };
    let finds = 0;
    it.target.before = ({ verb }) => {
      if (broken && verb === 'find' && finds++ > 0) throw lost;
    };
    await it.cycle();
    expect(it.journal.intents.get('User a')).toMatchObject({ verb: 'create' });
    expect(it.journal.allEscrows()).toMatchObject([{ id: 'a', code: 'Timeout' }]);
    broken = false;
    it.now += 6 * MINUTE;
    await it.cycle();
    expect(it.target.content().size).toBe(1);
    expect(it.target.calls.filter(({ verb }) => verb === 'create')).toHaveLength(1);
    expect(it.journal.intents.size).toBe(0);
    expect(it.journal.allEscrows()).toEqual([]);
  });

  it('of an update: the object is read back, and what is there is not sent again', async () => {
    const it = provisioned();
    it.directory.user('a');
    await it.cycle();
    it.target.calls.length = 0;
    it.target.after = ({ verb }) => {
      if (verb === 'update') throw lost;
    };
    it.directory.user('a', { title: 'Head' });
    await it.cycle();
    expect(it.target.calls.map(({ verb }) => verb)).toEqual(['update', 'read']);
    expect(it.record('a')).toMatchObject({ action: 'update', status: 'warning' });
    it.target.after = () => {};
    await it.cycle('initial');
    expect(it.target.writes()).toHaveLength(1);
  });

  it('of an update that did not arrive: it is tried again later, by what the target holds then', async () => {
    const it = provisioned();
    it.directory.user('a', { title: 'Clerk' });
    await it.cycle();
    it.target.before = ({ verb }) => {
      if (verb === 'update') throw lost;
    };
    it.directory.user('a', { title: 'Head' });
    await it.cycle();
    expect(it.record('a')).toMatchObject({ status: 'failure', error: { code: 'Timeout' } });
    it.target.before = () => {};
    it.now += 6 * MINUTE;
    await it.cycle();
    expect(it.target.attribute('a@acme.example', 'title')).toBe('Head');
    expect(it.journal.allEscrows()).toEqual([]);
    expect(it.journal.intents.size).toBe(0);
  });

  it('of a disabling: it is tried again and counted once', async () => {
    const it = provisioned();
    it.directory.user('a');
    await it.cycle();
    it.target.after = ({ verb }) => {
      if (verb === 'update') throw lost;
    };
    it.directory.disable('a');
    await it.cycle();
    it.target.after = () => {};
    it.now += 6 * MINUTE;
    await it.cycle();
    expect(it.journal.allLinks()).toMatchObject([{ state: 'disabled' }]);
    expect(it.target.writes().filter(({ verb }) => verb === 'update')).toHaveLength(1);
    expect(it.journal.removals).toHaveLength(1);
  });

  it('of a deletion: it is done when the target does not have it any more', async () => {
    const it = provisioned({ settings: { leaving: 'delete' } });
    it.directory.user('a');
    await it.cycle();
    it.target.after = ({ verb }) => {
      if (verb === 'delete') throw lost;
    };
    it.directory.remove('a');
    await it.cycle();
    it.target.after = () => {};
    it.now += 6 * MINUTE;
    await it.cycle();
    expect(it.journal.allLinks()).toEqual([]);
    expect(it.journal.intents.size).toBe(0);
    expect(it.journal.allEscrows()).toEqual([]);
    expect(it.target.calls.filter(({ verb }) => verb === 'delete').length).toBeLessThanOrEqual(2);
  });
});

describe('somebody who leaves while nobody knows whether he was created', () => {
  it('is disabled where he was', async () => {
    const it = provisioned();
    it.directory.user('a');
    let broken = true;
    let finds = 0;
    it.target.after = ({ verb }) => {
      if (broken && verb === 'create') throw lost;
    };
    it.target.before = ({ verb }) => {
      if (broken && verb === 'find' && finds++ > 0) throw lost;
    };
    await it.cycle();
    expect(it.journal.allLinks()).toEqual([]);
    broken = false;
    it.directory.disable('a');
    await it.cycle();
    it.now += 6 * MINUTE;
    await it.cycle();
    expect(it.target.attribute('a@acme.example', 'active')).toBe(false);
    expect(it.journal.allLinks()).toMatchObject([{ id: 'a', state: 'disabled' }]);
    expect(it.journal.intents.size).toBe(0);
  });

  it('is left where he was not', async () => {
    const it = provisioned();
    it.directory.user('a');
    it.target.before = ({ verb }) => {
      if (verb === 'create') throw lost;
    };
    await it.cycle();
    it.directory.disable('a');
    await it.cycle();
    expect(it.target.content().size).toBe(0);
    expect(it.journal.intents.size).toBe(0);
  });
});

describe('a cycle on demand beside another one', () => {
  it('leaves alone what the other has under way', async () => {
    const it = provisioned();
    for (const id of ['a', 'b']) it.directory.user(id);
    await it.cycle();
    it.directory.disable('a');
    const { promise: going, resolve: go } = Promise.withResolvers<void>();
    const { promise: held, resolve: hold } = Promise.withResolvers<void>();
    it.target.before = ({ verb }) => {
      if (verb !== 'update') return;
      hold();
      return going;
    };
    const cycle = it.cycle();
    await held;
    let reading = 0;
    const { promise: answer, resolve: answered } = Promise.withResolvers<void>();
    it.target.after = ({ verb }) => {
      if (verb !== 'read') return;
      reading++;
      return answer;
    };
    const demanded = it.cycle({ kind: 'onDemand', keys: [{ type: 'User', id: 'b' }] });
    await new Promise((resolve) => setTimeout(resolve, 20));
    go();
    await new Promise((resolve) => setTimeout(resolve, 20));
    answered();
    await Promise.all([cycle, demanded]);
    expect(reading).toBe(0);
    expect(it.journal.allLinks()).toMatchObject([
      { id: 'a', state: 'disabled' },
      { id: 'b', state: 'active' },
    ]);
  });
});

/** Thrown where the process dies; from then on everything that it still tries fails. */
class Killed extends Error {}

/**
 * A life: a load, then every kind of change. The process dies at the `n`-th of its steps (before or after a write of the
 * journal, before or after a call of the target), and another one takes over.
 */
async function live(diesAt: number): Promise<{ steps: number; target: MemoryTarget }> {
  let steps = 0;
  let dead = false;
  const step = () => {
    if (dead) throw new Killed();
    dead = ++steps === diesAt;
    if (dead) throw new Killed();
  };
  const journal = memoryJournal((_name, write) => {
    step();
    write();
    step();
  });
  const directory: MemoryDirectory = memoryDirectory();
  const target = memoryTarget();
  target.before = step;
  target.after = step;
  const it = provisioned({ directory, target, journal, settings: { leaving: 'delete' } });

  async function cycle(): Promise<void> {
    try {
      await it.cycle();
    } catch (error) {
      if (!dead) throw error;
      // The other calls of the dead process come to nothing, and a new one begins.
      await new Promise((resolve) => setTimeout(resolve, 0));
      dead = false;
      await it.cycle();
    }
  }

  const stranger = target.add('User', { userName: 'stranger' });
  for (const id of ['a', 'b', 'c', 'd']) directory.user(id, {}, id === 'a' ? 'b' : undefined);
  for (const id of ['g', 'h']) directory.group(id);
  directory.join('g', 'a', 'b', 'h');
  directory.join('h', 'c');
  await cycle();
  directory.user('a', { title: 'Head' }, 'c');
  directory.remove('d');
  directory.leave('g', 'b', 'h');
  directory.join('g', 'c');
  directory.remove('h');
  directory.user('e');
  it.settings = { ...it.settings, leaving: 'disable' };
  directory.disable('b');
  await cycle();
  await cycle();

  const held = new Map([...target.content()].map(([name, { attributes, members }]) => [name, { attributes, members }]));
  expect([...held.keys()].sort()).toEqual([
    'Group g',
    'a@acme.example',
    'b@acme.example',
    'c@acme.example',
    ...(held.has('d@acme.example') ? ['d@acme.example'] : []),
    'e@acme.example',
    'stranger',
  ]);
  expect(target.idOf('stranger')).toBe(stranger);
  const created = target.calls.filter(({ verb }) => verb === 'create').map(({ subject }) => subject);
  expect(new Set(created).size).toBe(created.length);
  expect(held.get('Group g')?.members).toEqual(['a@acme.example', 'c@acme.example']);
  expect(target.attribute('a@acme.example', 'title')).toBe('Head');
  expect(target.attribute('a@acme.example', MANAGER)).toBe(target.idOf('c@acme.example'));
  expect(target.attribute('b@acme.example', 'active')).toBe(false);
  expect(target.attribute('d@acme.example', 'active')).toBe(false);
  expect(target.calls.filter(({ verb }) => verb === 'delete')).toHaveLength(1);
  expect(
    journal
      .allLinks()
      .map(({ id, state }) => `${id} ${state}`)
      .sort(),
  ).toEqual(['a active', 'b disabled', 'c active', 'd disabled', 'e active', 'g active']);
  expect(journal.intents.size).toBe(0);
  return { steps, target };
}

describe('a process that dies', () => {
  it('at any of its steps leaves no duplicate, nothing missing, and no deletion that was not meant', async () => {
    const { steps } = await live(0);
    expect(steps).toBeGreaterThan(60);
    const failures: string[] = [];
    for (let n = 1; n <= steps; n++) {
      await live(n).catch((error: unknown) => failures.push(`step ${n} of ${steps}: ${String(error).slice(0, 600)}`));
    }
    expect(failures).toEqual([]);
  });
});
