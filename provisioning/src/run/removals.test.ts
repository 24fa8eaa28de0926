import { describe, expect, it } from 'vitest';
import type { ObjectKey } from '../source.ts';
import { TargetError } from '../target.ts';
import { MINUTE, type Provisioned, type ProvisionedOptions, provisioned } from './provisioned.fixture.ts';

/** As many users as said, provisioned, in an application whose guard lets five go. */
async function staffed(users: number, settings: ProvisionedOptions['settings'] = {}): Promise<Provisioned> {
  const it = provisioned({ settings });
  for (let n = 0; n < users; n++) it.directory.user(`u${n}`);
  await it.cycle();
  it.target.calls.length = 0;
  return it;
}

const staged = async ({ journal }: Provisioned, state: 'waiting' | 'allowed' | 'rejected' = 'waiting') =>
  (await journal.listStaged(state, 1000)).map(({ id }) => id).sort();

async function decideAbout({ journal }: Provisioned, id: string, state: 'allowed' | 'rejected'): Promise<void> {
  const key: ObjectKey = { type: 'User', id };
  const [removal] = (await journal.staged([key])).values();
  if (removal === undefined) throw new Error(`Nothing is staged of ${id}`);
  await journal.settle([{ ...key, staged: { ...removal, state } }]);
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `u${from + n}`);

describe('the guard', () => {
  it('lets as many go as the number allows', async () => {
    const it = await staffed(20);
    for (const id of range(0, 5)) it.directory.disable(id);
    expect(await it.cycle()).toMatchObject({ disabled: 5, staged: 0 });
    expect(await staged(it)).toEqual([]);
  });

  it('holds all of them when there is one more, and sends none', async () => {
    const it = await staffed(20);
    for (const id of range(0, 6)) it.directory.disable(id);
    expect(await it.cycle()).toMatchObject({ disabled: 0, staged: 6 });
    expect(it.target.writes()).toEqual([]);
    expect(await staged(it)).toEqual(range(0, 6));
    expect(it.record('u0')).toMatchObject({ action: 'stagedDelete', status: 'skipped' });
    expect(it.record('u0').reason).toContain('6 removals, where 5 are allowed.');
  });

  it('counts over a window: removals one by one trip it as well', async () => {
    const it = await staffed(20);
    for (const id of range(0, 8)) {
      it.directory.disable(id);
      it.now += MINUTE;
      await it.cycle();
    }
    expect(it.target.writes()).toHaveLength(5);
    expect(await staged(it)).toEqual(range(5, 8));
  });

  it('slides with the window: what went longer ago does not count', async () => {
    const it = await staffed(20);
    for (const id of range(0, 4)) it.directory.disable(id);
    await it.cycle();
    it.now += 30 * MINUTE;
    it.directory.disable('u4');
    await it.cycle();
    expect(it.target.writes()).toHaveLength(5);
    it.now += 10 * MINUTE + 1;
    for (const id of range(5, 9)) it.directory.disable(id);
    expect(await it.cycle()).toMatchObject({ disabled: 4, staged: 0 });
    it.directory.disable('u9');
    expect(await it.cycle()).toMatchObject({ disabled: 0, staged: 1 });
  });

  it('counts percent of what was linked when the window began', async () => {
    const it = await staffed(20, { guard: { enabled: true, number: 1000, percent: 10 } });
    for (const id of range(0, 2)) it.directory.disable(id);
    expect(await it.cycle()).toMatchObject({ disabled: 2 });
    it.directory.disable('u2');
    expect(await it.cycle()).toMatchObject({ disabled: 0, staged: 1 });
    expect(it.record('u2').reason).toContain('of 20 linked objects, where 10 percent are allowed');
  });

  it('holds deletions of users and of groups alike', async () => {
    const it = provisioned({ settings: { leaving: 'delete' } });
    for (const id of range(0, 4)) it.directory.user(id);
    for (const id of ['g', 'h']) it.directory.group(id);
    await it.cycle();
    for (const id of [...range(0, 4), 'g', 'h']) it.directory.remove(id);
    expect(await it.cycle()).toMatchObject({ deleted: 0, staged: 6 });
    expect(it.target.content().size).toBe(6);
  });

  it('holds what is inferred from absence too', async () => {
    const it = await staffed(20, { leaving: 'delete' });
    for (const id of range(0, 20)) it.directory.remove(id);
    it.directory.prune();
    expect(await it.cycle()).toMatchObject({ deleted: 0, staged: 20 });
    expect(it.target.content().size).toBe(20);
  });

  it('lets all go when it is switched off', async () => {
    const it = await staffed(20, { guard: { enabled: false, number: 5, percent: 1 } });
    for (const id of range(0, 20)) it.directory.disable(id);
    expect(await it.cycle()).toMatchObject({ disabled: 20 });
  });

  it('lets creations and updates go on while it holds removals', async () => {
    const it = await staffed(20);
    for (const id of range(0, 6)) it.directory.disable(id);
    await it.cycle();
    it.directory.user('new');
    it.directory.user('u10', { title: 'Head' });
    expect(await it.cycle()).toMatchObject({ created: 1, updated: 1 });
    it.directory.disable('u11');
    expect(await it.cycle()).toMatchObject({ disabled: 0, staged: 1 });
  });
});

describe('a directory that fails', () => {
  it('takes nobody away, however it fails', async () => {
    const it = await staffed(4, { leaving: 'delete' });
    it.directory.fail(new Error('No directory'));
    await expect(it.cycle('initial')).rejects.toThrow('No directory');
    await expect(it.cycle()).rejects.toThrow('No directory');
    it.directory.fail(undefined);
    it.directory.user('x');
    const { list } = it.directory;
    let pages = 0;
    it.directory.list = async (type, after, limit) => {
      if (pages++ > 0) throw new Error('Half of it');
      return list(type, after, Math.min(2, limit));
    };
    await expect(it.cycle('initial')).rejects.toThrow('Half of it');
    expect(it.target.calls.filter(({ verb }) => verb === 'delete' || verb === 'update')).toEqual([]);
    expect(await staged(it)).toEqual([]);
  });
});

describe('a staged removal', () => {
  it('that is allowed is carried out, and is not judged again', async () => {
    const it = await staffed(20);
    for (const id of range(0, 7)) it.directory.disable(id);
    await it.cycle();
    for (const id of range(0, 6)) await decideAbout(it, id, 'allowed');
    const keys = range(0, 6).map((id): ObjectKey => ({ type: 'User', id }));
    expect(await it.cycle({ kind: 'onDemand', keys })).toMatchObject({ disabled: 6, staged: 0 });
    expect(await staged(it)).toEqual(['u6']);
    expect(await staged(it, 'allowed')).toEqual([]);
  });

  it('that was allowed is carried out by the next cycle when nothing else did', async () => {
    const it = await staffed(20);
    for (const id of range(0, 7)) it.directory.disable(id);
    await it.cycle();
    for (const id of range(0, 3)) await decideAbout(it, id, 'allowed');
    let broken = true;
    it.target.before = ({ verb }) => {
      if (broken && verb === 'update') throw new TargetError('InternalServerError', 'Sorry.', { status: 500 });
    };
    expect(await it.cycle()).toMatchObject({ disabled: 0, failed: 3 });
    expect(await it.cycle()).toMatchObject({ disabled: 0, failed: 0 });
    broken = false;
    it.now += 6 * MINUTE;
    expect(await it.cycle()).toMatchObject({ disabled: 3, staged: 0 });
    expect(await staged(it)).toEqual(range(3, 7));
  });

  it('that is rejected stays as it is, and comes up again only when the object was back', async () => {
    const it = await staffed(20);
    for (const id of range(0, 6)) it.directory.disable(id);
    await it.cycle();
    for (const id of range(0, 6)) await decideAbout(it, id, 'rejected');
    it.directory.user('u0', { active: false, title: 'Gone' });
    expect(await it.cycle('initial')).toMatchObject({ disabled: 0, staged: 0 });
    expect(it.target.writes()).toEqual([]);
    it.directory.enable('u0');
    await it.cycle();
    expect(await staged(it, 'rejected')).toEqual(range(1, 6));
    it.directory.disable('u0');
    expect(await it.cycle()).toMatchObject({ disabled: 1 });
  });

  it('is forgotten when the object comes back', async () => {
    const it = await staffed(20);
    for (const id of range(0, 6)) it.directory.disable(id);
    await it.cycle();
    for (const id of range(0, 6)) it.directory.enable(id);
    await it.cycle();
    expect(await staged(it)).toEqual([]);
    it.directory.disable('u0');
    expect(await it.cycle()).toMatchObject({ disabled: 1 });
    const disabled = [...it.target.content().values()].filter(({ attributes }) => attributes.get('active') === false);
    expect(disabled).toHaveLength(1);
  });

  it.each(['waiting', 'rejected'] as const)('%s, is forgotten when the object is assigned again', async (state) => {
    const it = provisioned({ scope: 'assigned', settings: { guard: { enabled: true, number: 1, percent: null } } });
    const assign = (...ids: string[]) => {
      it.assignments = new Map(ids.map((id) => [id, { nested: false }]));
    };
    for (const id of range(0, 2)) it.directory.user(id);
    assign('u0', 'u1');
    await it.cycle();
    assign();
    await it.cycle('initial');
    for (const id of range(0, 2)) if (state === 'rejected') await decideAbout(it, id, state);
    expect(await staged(it, state)).toEqual(['u0', 'u1']);
    assign('u0', 'u1');
    await it.cycle('initial');
    expect(await staged(it, state)).toEqual([]);
    assign('u0');
    expect(await it.cycle('initial')).toMatchObject({ disabled: 1 });
  });

  it('waits once: later cycles neither send it nor stage it anew', async () => {
    const it = await staffed(20);
    for (const id of range(0, 6)) it.directory.disable(id);
    await it.cycle();
    it.now += 41 * MINUTE;
    await it.cycle();
    await it.cycle('initial');
    expect(it.target.writes()).toEqual([]);
    expect(await staged(it)).toEqual(range(0, 6));
  });
});

describe('a staged removal without an object to take away', () => {
  it('is forgotten when it is allowed, and is told of once', async () => {
    const it = await staffed(20);
    for (const id of range(0, 7)) it.directory.remove(id);
    await it.cycle();
    for (const id of range(0, 7)) await it.journal.settle([{ type: 'User', id, link: null }]);
    for (const id of range(0, 7)) await decideAbout(it, id, 'allowed');
    await it.cycle();
    expect(await staged(it, 'allowed')).toEqual([]);
    const records = it.journal.records.length;
    await it.cycle();
    expect(it.journal.records).toHaveLength(records);
  });
});

describe('leaving', () => {
  it('leaves alone where that was chosen, and takes over again who comes back', async () => {
    const it = await staffed(3, { leaving: 'ignore' });
    it.directory.disable('u0');
    await it.cycle();
    expect(it.target.writes()).toEqual([]);
    expect(it.journal.allLinks().filter(({ state }) => state === 'left')).toHaveLength(1);
    it.directory.user('u0', { title: 'Head' });
    await it.cycle();
    expect(it.target.attribute('u0@acme.example', 'title')).toBe('Head');
    expect(it.journal.allLinks().every(({ state }) => state === 'active')).toBe(true);
  });

  it('of somebody whom the target has lost already is done', async () => {
    const it = await staffed(3);
    it.target.lose(it.target.idOf('u0@acme.example'));
    it.directory.disable('u0');
    await it.cycle();
    expect(it.record('u0')).toMatchObject({ action: 'disable', status: 'warning' });
    expect(it.journal.allLinks()).toHaveLength(2);
  });
});
