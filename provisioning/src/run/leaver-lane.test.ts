import { describe, expect, it } from 'vitest';
import { MINUTE, provisioned } from './provisioned.fixture.ts';

/** Lets an initial cycle of `users` begin, with `ready` provisioned before, and holds its creations until `go`. */
async function loading(users: number) {
  const it = provisioned();
  for (let n = 0; n < 20; n++) it.directory.user(`old${n}`);
  await it.cycle();
  it.target.calls.length = 0;
  for (let n = 0; n < users; n++) it.directory.user(`new${n}`);
  const { promise: going, resolve: go } = Promise.withResolvers<void>();
  const { promise: held, resolve: hold } = Promise.withResolvers<void>();
  it.target.before = ({ verb }) => {
    if (verb !== 'create') return;
    hold();
    return going;
  };
  const cycle = it.cycle('initial');
  await held;
  return { it, cycle, go };
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 500) throw new Error('It does not happen');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('the lane of leavers', () => {
  it('carries removals while an initial load is on its way', async () => {
    const { it, cycle, go } = await loading(300);
    it.directory.disable('old0');
    it.directory.remove('old1');
    await until(() => it.target.writes().length === 2);
    expect(it.target.writes().every(({ lane, verb }) => lane === 'leaver' && verb === 'update')).toBe(true);
    expect(it.target.attribute('old0@acme.example', 'active')).toBe(false);
    go();
    await cycle;
    await it.cycle();
    expect(it.laneErrors).toEqual([]);
    expect(it.target.attribute('old1@acme.example', 'active')).toBe(false);
    expect(it.target.writes().filter(({ verb }) => verb === 'update')).toHaveLength(2);
    expect(it.target.writes().filter(({ verb }) => verb === 'create')).toHaveLength(300);
    expect(it.journal.removals).toHaveLength(2);
  });

  it('shares the window of the guard with the cycle', async () => {
    const { it, cycle, go } = await loading(10);
    for (let n = 0; n < 4; n++) it.directory.disable(`old${n}`);
    await until(() => it.target.writes().length === 4);
    for (let n = 4; n < 7; n++) it.directory.disable(`old${n}`);
    let waiting = 0;
    for (let tries = 0; waiting < 3 && tries < 500; tries++) {
      waiting = await it.journal.countStaged();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    go();
    await cycle;
    await it.cycle();
    expect(await it.journal.countStaged()).toBe(3);
    expect(it.target.writes().filter(({ verb }) => verb === 'update')).toHaveLength(4);
    it.now += 41 * MINUTE;
    await it.cycle();
    expect(it.target.writes().filter(({ verb }) => verb === 'update')).toHaveLength(4);
  });

  it('carries who leaves an assigned group', async () => {
    const it = provisioned({ scope: 'assigned' });
    it.assignments.set('g', { nested: false });
    it.directory.group('g');
    for (const id of ['a', 'b']) it.directory.user(id);
    it.directory.join('g', 'a', 'b');
    await it.cycle();
    it.target.calls.length = 0;
    it.directory.user('c');
    it.directory.join('g', 'c');
    const { promise: going, resolve: go } = Promise.withResolvers<void>();
    it.target.before = ({ verb }) => (verb === 'create' ? going : undefined);
    const cycle = it.cycle('initial');
    await until(() => it.target.calls.some(({ verb }) => verb === 'find'));
    it.directory.leave('g', 'a');
    await until(() => it.target.attribute('a@acme.example', 'active') === false);
    go();
    await cycle;
    await it.cycle();
    expect(it.target.content().get('Group g')?.members).toEqual(['b@acme.example', 'c@acme.example']);
  });

  it('does not take away who has just been created and is still there', async () => {
    const { it, cycle, go } = await loading(5);
    it.directory.user('old0', { title: 'Head' });
    it.directory.disable('old1');
    it.directory.enable('old1');
    await new Promise((resolve) => setTimeout(resolve, 30));
    go();
    await cycle;
    await it.cycle();
    const gone = [...it.target.content().values()].filter(({ attributes }) => attributes.get('active') === false);
    expect(gone).toEqual([]);
    expect(it.target.attribute('old0@acme.example', 'title')).toBe('Head');
  });
});
