import { describe, expect, it } from 'vitest';
import { createAssignments } from './assignments.ts';
import { memoryDirectory } from './memory-directory.fixture.ts';
import { type Provisioned, provisioned } from './provisioned.fixture.ts';

/** Three groups, each inside the next, with a person in each. */
function nest({ directory }: Pick<Provisioned, 'directory'>): void {
  for (const id of ['a', 'b', 'c', 'd']) directory.user(id);
  for (const id of ['inner', 'middle', 'outer']) directory.group(id);
  directory.join('inner', 'a');
  directory.join('middle', 'b', 'inner');
  directory.join('outer', 'c', 'middle');
}

const people = ({ target }: Provisioned): string[] =>
  [...target.content()]
    .filter(([name, { attributes }]) => name.includes('@') && attributes.get('active') !== false)
    .map(([name]) => name.split('@')[0] ?? '')
    .sort();

const NESTED = { nested: true };
const FLAT = { nested: false };

describe('how an object is assigned', () => {
  const of = async (assignments: ReadonlyMap<string, { nested: boolean }>, id: string, loop = false) => {
    const directory = memoryDirectory();
    nest({ directory });
    if (loop) directory.join('inner', 'outer');
    const found = createAssignments({ scope: 'assigned', assignments }, directory);
    return (await found.of([id])).get(id);
  };

  it('is told: directly, by a group, by groups in a group with the way up, or not at all', async () => {
    expect(await of(new Map([['a', FLAT]]), 'a')).toEqual({ kind: 'direct' });
    expect(await of(new Map([['inner', FLAT]]), 'a')).toEqual({ kind: 'group', path: ['Group inner'] });
    expect(await of(new Map([['outer', NESTED]]), 'a')).toEqual({
      kind: 'group',
      path: ['Group inner', 'Group middle', 'Group outer'],
    });
    expect(await of(new Map([['outer', FLAT]]), 'a')).toEqual({ kind: 'none' });
    expect(await of(new Map([['outer', NESTED]]), 'd')).toEqual({ kind: 'none' });
  });

  it('ends where groups contain each other', async () => {
    expect(await of(new Map([['outer', NESTED]]), 'a', true)).toMatchObject({ path: { length: 3 } });
    expect(await of(new Map([['a-group-of-nobody', NESTED]]), 'a', true)).toEqual({ kind: 'none' });
  });

  it('is written into the record as the reason', async () => {
    const it = provisioned({ scope: 'assigned' });
    nest(it);
    it.assignments.set('outer', NESTED);
    await it.cycle();
    expect(it.record('a').reason).toBe(
      'In scope: member of Group outer through Group outer > Group middle > Group inner.',
    );
  });
});

describe('with assigned users and groups alone', () => {
  it('nobody else is provisioned, and no group that is not assigned', async () => {
    const it = provisioned({ scope: 'assigned' });
    nest(it);
    it.assignments.set('middle', FLAT).set('d', FLAT);
    await it.cycle();
    expect(people(it)).toEqual(['b', 'd']);
    expect([...it.target.content().keys()].filter((name) => name.startsWith('Group'))).toEqual([
      'Group inner',
      'Group middle',
    ]);
  });

  it('who joins an assigned group comes, and who leaves it goes', async () => {
    const it = provisioned({ scope: 'assigned' });
    nest(it);
    it.assignments.set('inner', FLAT);
    await it.cycle();
    expect(people(it)).toEqual(['a']);
    it.directory.join('inner', 'd');
    await it.cycle();
    expect(people(it)).toEqual(['a', 'd']);
    it.directory.leave('inner', 'a');
    await it.cycle();
    expect(people(it)).toEqual(['d']);
    expect(it.record('a')).toMatchObject({ action: 'disable', status: 'success' });
    expect(it.record('a').reason).toContain('not assigned');
  });

  it('who is below a group that joins or leaves an assigned one comes and goes with it', async () => {
    const it = provisioned({ scope: 'assigned' });
    nest(it);
    it.directory.leave('outer', 'middle');
    it.assignments.set('outer', NESTED);
    await it.cycle();
    expect(people(it)).toEqual(['c']);
    it.directory.join('outer', 'middle');
    await it.cycle();
    expect(people(it)).toEqual(['a', 'b', 'c']);
    it.directory.leave('outer', 'middle');
    await it.cycle();
    expect(people(it)).toEqual(['c']);
  });

  it('who joins a group deep below an assigned one comes', async () => {
    const it = provisioned({ scope: 'assigned' });
    nest(it);
    it.assignments.set('outer', NESTED);
    await it.cycle();
    it.directory.join('inner', 'd');
    await it.cycle();
    expect(people(it)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('who was in an assigned group goes when the group is deleted', async () => {
    const it = provisioned({ scope: 'assigned' });
    nest(it);
    it.assignments.set('inner', FLAT).set('d', FLAT);
    await it.cycle();
    it.directory.remove('inner');
    await it.cycle();
    expect(people(it)).toEqual(['d']);
    expect(it.target.has('Group inner')).toBe(false);
  });

  it('who was below an assigned group goes when a group between is deleted', async () => {
    const it = provisioned({ scope: 'assigned' });
    nest(it);
    it.assignments.set('outer', NESTED);
    await it.cycle();
    expect(people(it)).toEqual(['a', 'b', 'c']);
    it.directory.remove('middle');
    await it.cycle();
    expect(people(it)).toEqual(['c']);
  });

  it('who is still assigned another way stays', async () => {
    const it = provisioned({ scope: 'assigned' });
    nest(it);
    it.assignments.set('inner', FLAT).set('a', FLAT);
    await it.cycle();
    it.directory.leave('inner', 'a');
    await it.cycle();
    expect(people(it)).toEqual(['a']);
    expect(it.target.content().get('Group inner')?.members).toEqual([]);
  });
});
