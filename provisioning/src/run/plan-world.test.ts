import { describe, expect, it } from 'vitest';
import type { ProvisioningRecord } from '../journal.ts';
import { runCycle } from './cycle.ts';
import { planWorld } from './plan-world.ts';
import { type Provisioned, provisioned } from './provisioned.fixture.ts';

/** What a plan says would happen, as `label: action`. */
async function plan(it: Provisioned): Promise<string[]> {
  const records: ProvisioningRecord[] = [];
  const world = it.world();
  await runCycle({ ...planWorld(world), onRecord: (record) => void records.push(record) }, { kind: 'initial' });
  return records
    .filter(({ status }) => status === 'success')
    .map(({ label, action, modified }) => `${label}: ${action} ${modified.map(({ path }) => path).join()}`)
    .sort();
}

describe('a plan', () => {
  it('shows everything that would happen, with no write to the target or the journal', async () => {
    const it = provisioned();
    for (const id of ['a', 'b', 'c']) it.directory.user(id);
    it.directory.group('g');
    it.directory.join('g', 'a', 'b');
    await it.cycle();
    it.target.calls.length = 0;
    const records = it.journal.records.length;
    const links = JSON.stringify(it.journal.allLinks());
    const content = structuredClone(it.target.content());
    it.directory.user('a', { title: 'Head' });
    it.directory.disable('b');
    it.directory.user('d', {}, 'a');
    it.directory.leave('g', 'a');
    it.directory.join('g', 'd');
    it.target.add('User', { userName: 'e@acme.example', displayName: 'Somebody' });
    content.set('e@acme.example', {
      attributes: new Map([
        ['userName', 'e@acme.example'],
        ['displayName', 'Somebody'],
      ]),
      members: [],
    });
    it.directory.user('e');
    const lines = await plan(it);
    expect(lines).toContain('a@acme.example: update title');
    expect(lines).toContain('b@acme.example: disable active');
    expect(lines.some((line) => line.startsWith('d@acme.example: create userName'))).toBe(true);
    expect(lines.some((line) => line.startsWith('e@acme.example: update '))).toBe(true);
    expect(lines).toContain('Group g: update members');
    expect(it.target.writes()).toEqual([]);
    expect(it.target.content()).toEqual(content);
    expect(it.journal.records).toHaveLength(records);
    expect(JSON.stringify(it.journal.allLinks())).toBe(links);
    expect(it.journal.intents.size).toBe(0);
    expect(await it.journal.countStaged()).toBe(0);
  });

  it('shows all removals, also those that the guard would hold', async () => {
    const it = provisioned();
    for (let n = 0; n < 10; n++) it.directory.user(`u${n}`);
    await it.cycle();
    for (let n = 0; n < 10; n++) it.directory.remove(`u${n}`);
    expect(await plan(it)).toHaveLength(10);
    expect(await it.journal.countStaged()).toBe(0);
  });

  it('is empty when nothing differs', async () => {
    const it = provisioned();
    it.directory.user('a', {}, 'b');
    it.directory.user('b', {}, 'a');
    it.directory.group('g');
    it.directory.join('g', 'a', 'b');
    await it.cycle();
    expect(await plan(it)).toEqual([]);
  });

  it('of a whole directory shows managers and members too', async () => {
    const it = provisioned();
    it.directory.user('a', {}, 'b');
    it.directory.user('b', {}, 'a');
    it.directory.group('g');
    it.directory.join('g', 'a', 'b');
    const lines = await plan(it);
    expect(lines.filter((line) => line.includes(': create'))).toHaveLength(3);
    expect(lines).toContain('Group g: update members');
    expect(it.target.content().size).toBe(0);
  });
});
