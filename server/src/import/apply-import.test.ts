import { describe, expect, it } from 'vitest';
import { applyImport, type Write } from './apply-import.ts';
import type { ImportPlan, PlannedGroup, PlannedPerson } from './plan.ts';

const person = (line: number, more: Partial<PlannedPerson> = {}): PlannedPerson => ({
  line,
  name: `p${line}`,
  id: undefined,
  action: 'create',
  attributes: [],
  body: { userName: `p${line}` },
  manager: undefined,
  ...more,
});

const group = (line: number, more: Partial<PlannedGroup> = {}): PlannedGroup => ({
  line,
  name: `g${line}`,
  id: undefined,
  action: 'create',
  body: { displayName: `g${line}` },
  joining: [],
  leaving: [],
  ...more,
});

const plan = (parts: Partial<ImportPlan>): ImportPlan => ({
  people: [],
  removals: [],
  groups: [],
  refused: [],
  warnings: [],
  blocked: [],
  ...parts,
});

/** A SCIM service that only remembers what it was asked; `refuse` may answer instead. */
function service(refuse: (method: string, path: string, body: string) => number | undefined = () => undefined) {
  const calls: string[] = [];
  let made = 0;
  const write: Write = async ({ method, path, body = '' }) => {
    calls.push(`${method} ${path}${method === 'DELETE' ? '' : ` ${body}`}`);
    const status = refuse(method, path, body);
    if (status !== undefined) return { status, body: JSON.stringify({ detail: `Refused with ${status}.` }) };
    made += 1;
    return method === 'POST' ? { status: 201, body: JSON.stringify({ id: `n${made}` }) } : { status: 204, body: '' };
  };
  return { calls, write };
}

describe('writing an import', () => {
  it('makes users, groups, managers, memberships and removals, in this order', async () => {
    const { calls, write } = service();
    const applied = await applyImport(
      plan({
        people: [person(2, { manager: { makes: 'user', line: 3 } }), person(3)],
        groups: [
          group(2, {
            joining: [
              { makes: 'user', line: 2 },
              { makes: 'group', line: 3 },
            ],
            leaving: ['9'],
          }),
          group(3),
        ],
        removals: [
          { id: '7', name: 'gone', action: 'delete' },
          { id: '8', name: 'off', action: 'disable' },
        ],
      }),
      write,
    );
    expect(calls.map((call) => call.replace(/ \{.*?"Operations":/, ' ').replace(/\}$/, ''))).toEqual([
      'POST /Users {"userName":"p2"',
      'POST /Users {"userName":"p3"',
      'POST /Groups {"displayName":"g2"',
      'POST /Groups {"displayName":"g3"',
      expect.stringMatching(/^PATCH \/Users\/n1 .*manager\.value","value":"n2"/),
      'PATCH /Groups/n3 [{"op":"add","path":"members","value":[{"value":"n1"},{"value":"n4"}]}]',
      'PATCH /Groups/n3 [{"op":"remove","path":"members","value":[{"value":"9"}]}]',
      'DELETE /Users/7',
      'PATCH /Users/8 [{"op":"replace","path":"active","value":false}]',
    ]);
    expect(applied).toMatchObject({ refused: [], membershipsAdded: 2, membershipsRemoved: 1 });
  });

  it('writes nothing for what stays as it is', async () => {
    const { calls, write } = service();
    const kept = { id: '1', action: 'keep', body: undefined } as const;
    await applyImport(plan({ people: [person(2, kept)], groups: [group(2, kept)] }), write);
    expect(calls).toEqual([]);
  });

  it('goes on when SCIM refuses a row, and says which', async () => {
    const { write } = service((method, _path, body) => (method === 'POST' && body.includes('p3') ? 400 : undefined));
    const people = [person(2), person(3), person(4, { manager: { makes: 'user', line: 3 } })];
    const groups = [
      group(2, {
        joining: [
          { makes: 'user', line: 3 },
          { makes: 'user', line: 4 },
        ],
      }),
    ];
    const applied = await applyImport(plan({ people, groups }), write);
    expect(applied.refused.map(({ of, reason }) => `${of.name}: ${reason}`)).toEqual([
      'p3: Refused with 400.',
      'p4: manager: was not created',
      'g2: 1 members were not created',
    ]);
    expect([[...applied.failed].map((one) => one.name), applied.membershipsAdded]).toEqual([['p3'], 1]);
  });

  it('tries a name that is taken again when its holder has been renamed', async () => {
    const taken = new Set(['b', 'c']);
    const next: Record<string, string> = { 1: 'a', 2: 'b', 3: 'c' };
    const { write } = service((_method, path, body) => {
      const id = path.slice('/Users/'.length);
      const name = String(JSON.parse(body).userName);
      if (taken.has(name)) return 409;
      taken.delete(next[id] ?? '');
      return undefined;
    });
    const rename = (line: number, userName: string) =>
      person(line, { id: String(line), action: 'change', body: { userName } });
    const chain = await applyImport(plan({ people: [rename(1, 'b'), rename(2, 'c'), rename(3, 'd')] }), write);
    expect(chain.refused).toEqual([]);
    const stuck = await applyImport(plan({ people: [rename(1, 'x')] }), service(() => 409).write);
    expect(stuck.refused.map(({ reason }) => reason)).toEqual(['Refused with 409.']);
  });

  it('names members five hundred at a time', async () => {
    const { calls, write } = service();
    const joining = Array.from({ length: 2500 }, (_, n) => ({ id: String(n) }));
    const applied = await applyImport(plan({ groups: [group(2, { joining })] }), write);
    expect([calls.length, applied.membershipsAdded]).toEqual([6, 2500]);
  });

  it('takes somebody who is gone already for removed', async () => {
    const removals = [{ id: '7', name: 'gone', action: 'delete' } as const];
    expect((await applyImport(plan({ removals }), service(() => 404).write)).refused).toEqual([]);
    expect((await applyImport(plan({ removals }), service(() => 503).write)).refused).toHaveLength(1);
  });
});
