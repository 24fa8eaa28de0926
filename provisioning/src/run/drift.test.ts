import { describe, expect, it } from 'vitest';
import type { DriftRule } from '../plan/drift-rule.ts';
import type { ObjectKey } from '../source.ts';
import { TargetError } from '../target.ts';
import { compareWithTarget } from './drift.ts';
import { decideDrift } from './drift-decide.ts';
import { memoryDriftJournal } from './drift-journal.fixture.ts';
import { type Provisioned, type ProvisionedOptions, provisioned } from './provisioned.fixture.ts';

const user = (id: string): ObjectKey => ({ type: 'User', id });
const group = (id: string): ObjectKey => ({ type: 'Group', id });

/** Anna, Bob and Carl, the first two in a group, provisioned; what was called until then is forgotten. */
async function drifting(options: ProvisionedOptions = {}) {
  const company: Provisioned = provisioned(options);
  const { directory, target, journal, world } = company;
  for (const id of ['a', 'b', 'c']) directory.user(id, { title: 'Clerk' });
  directory.group('g');
  directory.join('g', 'a', 'b');
  await company.cycle();
  target.calls.length = 0;
  const drift = memoryDriftJournal((key) => journal.allLinks().some(({ type, id }) => `${type} ${id}` === key));
  const idOf = (id: string) => target.idOf(`${id}@acme.example`);
  return {
    ...company,
    cycle: company.cycle,
    drift,
    idOf,
    compare: async (rules: Readonly<Record<string, DriftRule>> = {}, share = 100) =>
      compareWithTarget(world(), drift, { rules: new Map(Object.entries(rules)), share }),
    decide: async (key: ObjectKey, decision: DriftRule, path?: string) =>
      decideDrift(world(), drift, key, { decision, path }, new Map()),
  };
}

describe('a comparison with the target', () => {
  it('finds nothing where nobody was, and only reads', async () => {
    const { compare, drift, target } = await drifting();
    expect((await compare()).pass).toMatchObject({ looked: 4, failed: 0, error: null, position: null });
    expect(drift.all()).toEqual([]);
    expect(target.writes()).toEqual([]);
    expect(new Set(target.calls.map(({ verb }) => verb))).toEqual(new Set(['read', 'members']));
  });

  it('finds every kind of drift, and sends nothing', async () => {
    const { compare, drift, target, idOf, directory, cycle } = await drifting();
    directory.user('d');
    directory.user('e');
    await cycle();
    directory.disable('d');
    await cycle();
    target.calls.length = 0;
    target.change(idOf('a'), 'title', 'Chief');
    target.change(idOf('b'), 'active', false);
    target.change(idOf('d'), 'active', true);
    target.lose(idOf('e'));
    const g = target.idOf('Group g');
    await target.removeMembers(g, [idOf('a')], { lane: 'normal', signal: new AbortController().signal, record() {} });
    await target.addMembers(g, [idOf('c')], { lane: 'normal', signal: new AbortController().signal, record() {} });
    target.calls.length = 0;
    await compare();
    expect(drift.all()).toEqual([
      'Group g members members',
      'User a title value',
      'User b active disabled',
      'User d active enabled',
      'User e id missing',
    ]);
    expect(target.writes()).toEqual([]);
    expect(await drift.count()).toEqual({ objects: 5, items: 5 });
  });

  it('forgets what is gone, and what is not linked any more', async () => {
    const { compare, drift, target, idOf, journal } = await drifting();
    target.change(idOf('a'), 'title', 'Chief');
    target.change(idOf('b'), 'title', 'Chief');
    await compare();
    target.change(idOf('a'), 'title', 'Clerk');
    await journal.settle([{ ...user('b'), link: null }]);
    await compare();
    expect(drift.all()).toEqual([]);
  });

  it('looks at a share of the objects, and goes on there the next time', async () => {
    const { compare, target } = await drifting();
    const looked: string[][] = [];
    for (let pass = 0; pass < 3; pass += 1) {
      target.calls.length = 0;
      await compare({}, 50);
      looked.push(target.calls.filter(({ verb }) => verb === 'read').map(({ subject }) => subject));
    }
    expect(looked.map((ids) => ids.length)).toEqual([2, 2, 2]);
    expect(new Set([...(looked[0] ?? []), ...(looked[1] ?? [])]).size).toBe(4);
    expect(looked[2]).toEqual(looked[0]);
  });

  it('passes over what cannot be read, and ends where nothing can', async () => {
    const { compare, target, drift, idOf } = await drifting();
    target.change(idOf('a'), 'title', 'Chief');
    await compare();
    const { before } = target;
    target.before = ({ subject }) => {
      if (subject === idOf('b')) throw new TargetError('InternalServerError', 'no luck', { status: 500 });
    };
    expect((await compare()).pass).toMatchObject({ looked: 4, failed: 1, error: null });
    target.before = () => {
      throw new TargetError('Unauthorized', 'Who are you?', { status: 401 });
    };
    expect((await compare()).pass).toMatchObject({ error: 'Who are you?' });
    target.before = before;
    expect(drift.all()).toEqual(['User a title value']);
  });

  it('does not take for drift what a cycle changed meanwhile', async () => {
    const { compare, target, directory, cycle, drift, idOf } = await drifting();
    let isOnce = true;
    target.after = async ({ verb, subject }) => {
      if (verb !== 'read' || subject !== idOf('a') || !isOnce) return;
      isOnce = false;
      directory.user('a', { title: 'Chief' });
      await cycle();
      target.change(idOf('a'), 'title', 'chief');
    };
    await compare();
    expect(drift.all()).toEqual([]);
  });
});

describe('drift that is pushed', () => {
  it('is repaired by the next cycle, whatever it is', async () => {
    const { compare, decide, drift, target, idOf, cycle } = await drifting();
    const before = target.content();
    const call = { lane: 'normal', signal: new AbortController().signal, record() {} } as const;
    target.change(idOf('a'), 'title', 'Chief');
    target.change(idOf('b'), 'active', false);
    target.lose(idOf('c'));
    await target.removeMembers(target.idOf('Group g'), [idOf('a')], call);
    await compare();
    for (const key of [user('a'), user('b'), user('c'), group('g')]) {
      expect(await decide(key, 'push')).toHaveLength(1);
    }
    expect(drift.all()).toEqual([]);
    await cycle();
    expect([...target.content()].sort()).toEqual([...before].sort());
    await compare();
    expect(drift.all()).toEqual([]);
  });

  it('takes away a member that is not meant, and in an exclusive group a stranger', async () => {
    const { compare, target, idOf, cycle, drift } = await drifting({ settings: { exclusiveGroups: true } });
    const call = { lane: 'normal', signal: new AbortController().signal, record() {} } as const;
    const stranger = target.add('User', { userName: 'stranger' });
    await target.addMembers(target.idOf('Group g'), [idOf('c'), stranger], call);
    expect((await compare({ members: 'push' })).pushed).toBe(1);
    await cycle();
    expect(target.content().get('Group g')?.members).toEqual(['a@acme.example', 'b@acme.example']);
    await compare();
    expect(drift.all()).toEqual([]);
  });

  it('is one path alone when one is named', async () => {
    const { compare, decide, target, idOf, cycle, drift } = await drifting();
    target.change(idOf('a'), 'title', 'Chief');
    target.change(idOf('a'), 'displayName', 'Somebody');
    await compare();
    expect(await decide(user('a'), 'push', 'title')).toEqual(['title']);
    await cycle();
    expect(target.attribute('a@acme.example', 'title')).toBe('Clerk');
    expect(target.attribute('a@acme.example', 'displayName')).toBe('Somebody');
    expect(drift.all()).toEqual(['User a displayName value']);
  });

  it('by a rule disables nobody, and by a person goes past the guard', async () => {
    const { compare, decide, drift, target, idOf, directory, cycle } = await drifting();
    directory.disable('a');
    await cycle();
    target.change(idOf('a'), 'active', true);
    expect((await compare({ active: 'push' })).pushed).toBe(0);
    await cycle();
    expect(target.attribute('a@acme.example', 'active')).toBe(true);
    expect(drift.all()).toEqual(['User a active enabled']);
    expect(await decide(user('a'), 'push')).toEqual(['active']);
    await cycle();
    expect(target.attribute('a@acme.example', 'active')).toBe(false);
  });
});

describe('drift that is accepted or ignored', () => {
  it('is not shown again, and nothing is sent until the directory changes', async () => {
    const { compare, decide, drift, target, idOf, directory, cycle } = await drifting();
    target.change(idOf('a'), 'title', 'Chief');
    await compare();
    expect(await decide(user('a'), 'accept')).toEqual(['title']);
    target.calls.length = 0;
    await compare();
    await cycle('initial');
    expect(drift.all()).toEqual([]);
    expect(target.writes()).toEqual([]);
    directory.user('a', { title: 'Manager' });
    await cycle();
    expect(target.attribute('a@acme.example', 'title')).toBe('Manager');
  });

  it('comes up again when what was accepted changes once more', async () => {
    const { compare, decide, drift, target, idOf } = await drifting();
    target.change(idOf('a'), 'title', 'Chief');
    await compare();
    await decide(user('a'), 'accept');
    target.change(idOf('a'), 'title', 'President');
    await compare();
    expect(drift.all()).toEqual(['User a title value']);
    expect(await drift.decisions(user('a'))).toEqual([]);
  });

  it('is silent whatever becomes of it when it is ignored, until it is reported again', async () => {
    const { compare, decide, drift, target, idOf } = await drifting();
    target.change(idOf('a'), 'title', 'Chief');
    await compare();
    await decide(user('a'), 'ignore', 'title');
    target.change(idOf('a'), 'title', 'President');
    await compare();
    expect(drift.all()).toEqual([]);
    await decide(user('a'), 'report');
    expect(drift.all()).toEqual(['User a title value']);
  });

  it('is so for a path of all objects by a rule', async () => {
    const { compare, drift, target, idOf } = await drifting();
    target.change(idOf('a'), 'title', 'Chief');
    target.change(idOf('b'), 'displayName', 'Somebody');
    await compare({ title: 'ignore' });
    expect(drift.all()).toEqual(['User b displayName value']);
  });
});
