import { describe, expect, it } from 'vitest';
import { TargetError } from '../target.ts';
import { MINUTE, provisioned } from './provisioned.fixture.ts';

const refused = new TargetError('BadRequest', 'No such member.', { status: 400 });

describe('members of a group', () => {
  it('that are not linked wait, and go when they are', async () => {
    const it = provisioned();
    it.directory.user('a');
    it.directory.user('b', { userName: '' });
    it.directory.group('g');
    it.directory.join('g', 'a', 'b');
    await it.cycle();
    expect(it.target.content().get('Group g')?.members).toEqual(['a@acme.example']);
    it.directory.user('b');
    await it.cycle();
    expect(it.target.content().get('Group g')?.members).toEqual(['a@acme.example', 'b@acme.example']);
  });

  it('may be groups', async () => {
    const it = provisioned();
    it.directory.user('a');
    it.directory.group('inner');
    it.directory.group('outer');
    it.directory.join('inner', 'a');
    it.directory.join('outer', 'inner');
    await it.cycle();
    expect(it.target.content().get('Group outer')?.members).toEqual(['Group inner']);
    it.directory.leave('outer', 'inner');
    await it.cycle();
    expect(it.target.content().get('Group outer')?.members).toEqual([]);
  });

  it('that the directory does not know stay in the target', async () => {
    const it = provisioned();
    it.directory.user('a');
    it.directory.group('g');
    it.directory.join('g', 'a');
    const stranger = it.target.add('User', { userName: 'stranger' });
    it.target.add('Group', { displayName: 'Group g' }, [stranger]);
    await it.cycle();
    expect(it.target.content().get('Group g')?.members).toEqual(['a@acme.example', 'stranger']);
    it.directory.leave('g', 'a');
    await it.cycle();
    expect(it.target.content().get('Group g')?.members).toEqual(['stranger']);
  });

  it('that the directory does not know go where groups are exclusive', async () => {
    const it = provisioned({ settings: { exclusiveGroups: true } });
    it.directory.user('a');
    it.directory.user('b');
    it.directory.group('g');
    it.directory.join('g', 'a');
    const stranger = it.target.add('User', { userName: 'stranger' });
    const b = it.target.add('User', { userName: 'b@acme.example' });
    it.target.add('Group', { displayName: 'Group g' }, [stranger, b]);
    await it.cycle();
    expect(it.target.content().get('Group g')?.members).toEqual(['a@acme.example']);
    expect(it.target.has('stranger')).toBe(true);
  });

  it('are sent as what has changed on balance', async () => {
    const it = provisioned();
    for (const id of ['a', 'b', 'c']) it.directory.user(id);
    it.directory.group('g');
    it.directory.join('g', 'a', 'b');
    await it.cycle();
    it.target.calls.length = 0;
    it.directory.leave('g', 'a');
    it.directory.join('g', 'a');
    it.directory.join('g', 'c');
    it.directory.leave('g', 'b');
    await it.cycle();
    expect(it.target.writes().map(({ verb, what }) => [verb, what])).toEqual([
      ['addMembers', [it.target.idOf('c@acme.example')]],
      ['removeMembers', [it.target.idOf('b@acme.example')]],
    ]);
  });

  it('that the target refuses wait by themselves, and the others go', async () => {
    const it = provisioned();
    for (const id of ['a', 'b']) it.directory.user(id);
    it.directory.group('g');
    it.directory.join('g', 'a', 'b');
    const { addMembers } = it.target;
    it.target.addMembers = async (group, ids, call) => {
      const bad = it.target.idOf('b@acme.example');
      const outcome = await addMembers(
        group,
        ids.filter((id) => id !== bad),
        call,
      );
      return { ...outcome, refused: ids.includes(bad) ? [{ id: bad, error: refused }] : [] };
    };
    const counts = await it.cycle();
    expect(counts).toMatchObject({ membersAdded: 1, failed: 1 });
    expect(it.target.content().get('Group g')?.members).toEqual(['a@acme.example']);
    expect(it.record('g')).toMatchObject({ status: 'warning', error: { code: 'MemberRefused' } });
    const sent = it.target.writes().length;
    await it.cycle();
    expect(it.target.writes()).toHaveLength(sent);
    it.target.addMembers = addMembers;
    it.now += 6 * MINUTE;
    await it.cycle();
    expect(it.target.content().get('Group g')?.members).toEqual(['a@acme.example', 'b@acme.example']);
    expect(it.journal.allEscrows()).toEqual([]);
  });

  it('that were refused are still told of when others have gone', async () => {
    const it = provisioned();
    for (const id of ['a', 'b']) it.directory.user(id);
    it.directory.group('g');
    it.directory.join('g', 'a');
    await it.cycle();
    it.target.before = ({ verb }) => {
      if (verb === 'addMembers') throw refused;
    };
    it.directory.leave('g', 'a');
    it.directory.join('g', 'b');
    await it.cycle();
    expect(it.target.content().get('Group g')?.members).toEqual([]);
    expect(it.journal.allEscrows()).toMatchObject([{ kind: 'reference', id: 'g' }]);
  });

  it('of a group that was left alone are left alone too', async () => {
    const it = provisioned({ scope: 'assigned', settings: { groupLeaving: 'ignore' } });
    for (const id of ['a', 'b', 'g']) it.assignments.set(id, { nested: false });
    for (const id of ['a', 'b']) it.directory.user(id);
    it.directory.group('g');
    it.directory.join('g', 'a');
    await it.cycle();
    it.assignments.delete('g');
    await it.cycle('initial');
    it.directory.join('g', 'b');
    await it.cycle();
    expect(it.target.content().get('Group g')?.members).toEqual(['a@acme.example']);
    it.assignments.set('g', { nested: false });
    await it.cycle('initial');
    expect(it.target.content().get('Group g')?.members).toEqual(['a@acme.example', 'b@acme.example']);
  });

  it('that were refused wait no longer when the directory has taken them out', async () => {
    const it = provisioned();
    it.directory.user('a');
    it.directory.group('g');
    it.directory.join('g', 'a');
    it.target.before = ({ verb }) => {
      if (verb === 'addMembers') throw refused;
    };
    await it.cycle();
    expect(it.journal.allEscrows()).toMatchObject([{ kind: 'reference', id: 'g' }]);
    it.directory.leave('g', 'a');
    await it.cycle();
    it.now += 6 * MINUTE;
    await it.cycle();
    expect(it.journal.allEscrows()).toEqual([]);
  });

  it('that were refused are still waited for when the rest of what the group lacks was sent', async () => {
    const it = provisioned();
    for (const id of ['a', 'b', 'c']) it.directory.user(id);
    it.directory.group('g');
    it.directory.join('g', 'a');
    await it.cycle();
    it.target.before = ({ verb }) => {
      if (verb === 'addMembers') throw refused;
    };
    it.directory.join('g', 'b', 'c');
    it.directory.leave('g', 'a');
    await it.cycle();
    expect(it.target.content().get('Group g')?.members).toEqual([]);
    expect(it.journal.allEscrows()).toMatchObject([{ kind: 'reference', id: 'g' }]);
    it.target.before = () => {};
    it.now += 6 * MINUTE;
    await it.cycle();
    expect(it.target.content().get('Group g')?.members).toEqual(['b@acme.example', 'c@acme.example']);
    expect(it.journal.allEscrows()).toEqual([]);
  });

  it('bring no link back that somebody removed while they were read', async () => {
    const it = provisioned();
    it.directory.user('a');
    it.directory.group('g');
    it.directory.join('g', 'a');
    const world = it.world();
    const { links } = it.journal;
    let reads = 0;
    it.journal.links = async (type, ids) => {
      const found = await links(type, ids);
      // The second read of the group that finds its link is the one whose link is written back.
      if (found.has('g') && ++reads === 2) {
        void world.locks.hold('Group g', () => it.journal.settle([{ type: 'Group', id: 'g', link: null }]));
      }
      return found;
    };
    await it.cycle();
    expect(reads).toBe(2);
    expect((await links('Group', ['g'])).size).toBe(0);
  });

  it('are sent again when nobody knows whether they have arrived', async () => {
    const it = provisioned();
    it.directory.user('a');
    it.directory.group('g');
    it.directory.join('g', 'a');
    let lost = 1;
    it.target.after = ({ verb }) => {
      if (verb === 'addMembers' && lost-- > 0) throw new TargetError('Timeout', 'No answer.', { inDoubt: true });
    };
    await it.cycle();
    expect(it.target.calls.filter(({ verb }) => verb === 'addMembers')).toHaveLength(2);
    expect(it.record('g')).toMatchObject({ status: 'success' });
    expect(it.journal.intents.size).toBe(0);
  });
});
