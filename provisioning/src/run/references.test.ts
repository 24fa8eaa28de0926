import { ENTERPRISE_USER_SCHEMA } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { TargetError } from '../target.ts';
import { MINUTE, type Provisioned, provisioned } from './provisioned.fixture.ts';

const MANAGER = `${ENTERPRISE_USER_SCHEMA}:manager`;

/** Who is whose manager in the target, by name. */
function managers({ target }: Provisioned): Record<string, string> {
  const names = new Map([...target.content().keys()].map((name) => [target.idOf(name), name.split('@')[0] ?? '']));
  const pairs = [...target.content()].flatMap(([name, { attributes }]) => {
    const id = attributes.get(MANAGER);
    return typeof id === 'string' ? [[name.split('@')[0] ?? '', names.get(id) ?? id] as const] : [];
  });
  return Object.fromEntries(pairs);
}

describe('managers', () => {
  it('are set in chains and in a cycle, each person written to at most twice', async () => {
    const it = provisioned();
    for (let n = 0; n < 250; n++) it.directory.user(`u${n}`, {}, `u${n + 1}`);
    it.directory.user('u250');
    it.directory.user('x', {}, 'y');
    it.directory.user('y', {}, 'z');
    it.directory.user('z', {}, 'x');
    await it.cycle();
    const expected = Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`u${n}`, `u${n + 1}`]));
    expect(managers(it)).toEqual({ ...expected, x: 'y', y: 'z', z: 'x' });
    expect(it.target.writes().length).toBeLessThanOrEqual(2 * 254);
    it.target.calls.length = 0;
    await it.cycle();
    await it.cycle('initial');
    expect(it.target.writes()).toEqual([]);
  });

  it('that cannot be created yet are waited for, and set when they are linked', async () => {
    const it = provisioned();
    it.directory.user('a', {}, 'boss');
    it.directory.user('boss');
    it.target.before = ({ verb, subject }) => {
      if (verb === 'create' && subject === 'boss@acme.example') {
        throw new TargetError('InternalServerError', 'Sorry.', { status: 500 });
      }
    };
    await it.cycle();
    expect(managers(it)).toEqual({});
    it.target.before = () => {};
    it.now += 6 * MINUTE;
    await it.cycle();
    expect(managers(it)).toEqual({ a: 'boss' });
  });

  it('are waited for by somebody who was there before them, and of whom nothing else has changed', async () => {
    const it = provisioned();
    it.directory.user('a');
    await it.cycle();
    it.directory.user('boss');
    it.directory.user('a', {}, 'boss');
    await it.cycle();
    expect(managers(it)).toEqual({ a: 'boss' });
    it.directory.user('a', {}, 'other');
    it.directory.user('a');
    await it.cycle();
    expect(managers(it)).toEqual({});
    expect((await it.journal.pendingReferences(undefined, 10)).items).toEqual([]);
  });

  it('change and go with the directory', async () => {
    const it = provisioned();
    it.directory.user('a', {}, 'one');
    it.directory.user('one');
    it.directory.user('two');
    await it.cycle();
    it.directory.user('a', {}, 'two');
    await it.cycle();
    expect(managers(it)).toEqual({ a: 'two' });
    it.directory.user('a');
    await it.cycle();
    expect(managers(it)).toEqual({});
  });

  it('that are not provisioned are left out', async () => {
    const it = provisioned({ scope: 'assigned' });
    it.assignments.set('a', { nested: false });
    it.directory.user('a', {}, 'boss');
    it.directory.user('boss');
    await it.cycle();
    expect([...it.target.content().keys()]).toEqual(['a@acme.example']);
    expect(managers(it)).toEqual({});
  });
});
