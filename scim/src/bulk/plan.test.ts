import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../json.ts';
import { PATCH_SCHEMA } from '../patch/parse.ts';
import { BULK_REQUEST_SCHEMA, parseBulk } from './parse.ts';
import { type BulkStep, planBulk } from './plan.ts';
import { referencedBulkIds } from './reference.ts';

function plan(operations: readonly Json[]): readonly BulkStep[] {
  return planBulk(parseBulk({ schemas: [BULK_REQUEST_SCHEMA], Operations: operations }, { maxOperations: 10_000 }));
}

/** `run 1` for the operation at position 1, and so on. */
function outline(operations: readonly Json[]): readonly string[] {
  return plan(operations).map(
    (step) => `${step.kind} ${step.kind === 'refuse' ? step.entry.index : step.operation.index}`,
  );
}

const user = (bulkId: string, more: JsonObject = {}): JsonObject => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { userName: bulkId, ...more },
});
const group = (bulkId: string, ...members: string[]): JsonObject => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { displayName: bulkId, members: members.map((value) => ({ value })) },
});
const manager = (id: string): JsonObject => ({ 'urn:x:User': { manager: { value: id }, department: 'D' } });

describe('the order of a bulk request (BLK-07)', () => {
  it('is that of the request when nothing is referred to', () => {
    expect(outline([user('b'), { method: 'DELETE', path: '/Users/1' }, user('a')])).toEqual([
      'run 0',
      'run 1',
      'run 2',
    ]);
  });

  it('is that of the request when references look back (RFC 7644 §3.7.2)', () => {
    expect(outline([user('u'), group('g', 'bulkId:u')])).toEqual(['run 0', 'run 1']);
  });

  it('brings forward what is referred to before it is created (BLK-09)', () => {
    expect(outline([group('g', 'bulkId:u2'), user('u1'), user('u2', manager('bulkId:u3')), user('u3')])).toEqual([
      'run 3',
      'run 2',
      'run 0',
      'run 1',
    ]);
  });

  it('counts references in paths and filters (AMB-40)', () => {
    const patch = { method: 'PATCH', path: '/Users/bulkId:u', data: { Operations: [] } };
    const filter = { method: 'PATCH', path: '/Groups/1', data: { path: 'members[value eq "bulkId:v"]' } };
    expect(outline([patch, filter, user('u'), user('v')])).toEqual(['run 2', 'run 0', 'run 3', 'run 1']);
  });

  it('leaves references to nothing to the one who runs it (BLK-10)', () => {
    expect(outline([group('g', 'bulkId:nobody')])).toEqual(['run 0']);
  });

  it('refuses malformed entries in their place', () => {
    const steps = plan([user('u'), { method: 'GET', path: '/Users' }, group('g', 'bulkId:u')]);
    expect(steps.map((step) => step.kind)).toEqual(['run', 'refuse', 'run']);
    expect(steps[1]).toMatchObject({ entry: { index: 1, method: 'GET', error: { scimType: 'invalidValue' } } });
  });

  it('follows a chain as long as the request', () => {
    const chain = Array.from({ length: 10_000 }, (_, at) => group(`g${at}`, `bulkId:g${at + 1}`));
    const steps = outline(chain);
    expect(steps[0]).toBe('run 9999');
    expect(steps.at(-1)).toBe('run 0');
  });
});

describe('references in a circle (BLK-09)', () => {
  it('are cut once, and completed by a PATCH', () => {
    const steps = plan([group('a', 'bulkId:b', 'known'), group('b', 'bulkId:a')]);
    expect(steps).toMatchObject([
      { kind: 'run', operation: { index: 1, data: { displayName: 'b' } }, deferred: ['members'] },
      { kind: 'run', operation: { index: 0 }, deferred: [] },
      {
        kind: 'complete',
        operation: {
          index: 1,
          method: 'PATCH',
          bulkId: 'b',
          path: '/Groups/bulkId:b',
          data: { schemas: [PATCH_SCHEMA], Operations: [{ op: 'add', value: { members: [{ value: 'bulkId:a' }] } }] },
        },
      },
    ]);
    expect(steps[0]).not.toHaveProperty('operation.data.members');
    expect(steps[1]).toMatchObject({ operation: { data: { members: [{ value: 'bulkId:b' }, { value: 'known' }] } } });
  });

  it('defer only the elements that need it, and single values as a whole', () => {
    const self = user('u', {
      ...manager('bulkId:u'),
      nickName: 'n',
      photos: [{ value: '/Users/bulkId:u/photo' }, { value: 'x' }],
    });
    const [run, complete] = plan([self]);
    const deferred = ['urn:x:User:manager', 'photos'];
    expect(run).toMatchObject({ kind: 'run', deferred });
    expect(run).toHaveProperty('operation.data', {
      userName: 'u',
      'urn:x:User': { department: 'D' },
      nickName: 'n',
      photos: [{ value: 'x' }],
    });
    const value = { 'urn:x:User': { manager: { value: 'bulkId:u' } }, photos: [{ value: '/Users/bulkId:u/photo' }] };
    expect(complete).toHaveProperty('operation.data.Operations', [{ op: 'add', value }]);
  });

  it('leave out an extension or a list of which nothing is left', () => {
    const [run] = plan([user('u', { 'urn:x:User': { manager: 'bulkId:u' }, peer: 'bulkId:u', list: ['bulkId:u'] })]);
    expect(run).toHaveProperty('operation.data', { userName: 'u' });
    expect(run).toMatchObject({ deferred: ['urn:x:User:manager', 'peer', 'list'] });
  });

  it('wait for the last of several', () => {
    const steps = outline([
      group('a', 'bulkId:b', 'bulkId:c'),
      group('b', 'bulkId:a'),
      group('c', 'bulkId:b', 'bulkId:a'),
    ]);
    expect(steps).toEqual(['run 1', 'run 2', 'run 0', 'complete 1', 'complete 2']);
  });
});

it('plans any graph so that each reference is known when it is needed', () => {
  const size = fc.integer({ min: 1, max: 8 });
  const graph = size.chain((count) =>
    fc.array(fc.array(fc.nat(count - 1), { maxLength: 3 }), { minLength: count, maxLength: count }),
  );
  fc.assert(
    fc.property(graph, (edges) => {
      const steps = plan(edges.map((needs, at) => group(`n${at}`, ...needs.map((need) => `bulkId:n${need}`))));
      const known = new Set<string>();
      const given = new Set<string>();
      for (const step of steps) {
        if (step.kind === 'refuse') throw new Error('nothing is malformed');
        const { bulkId, data = {} } = step.operation;
        if (step.kind === 'run') known.add(bulkId ?? '');
        const needed = referencedBulkIds(data);
        for (const need of needed) {
          expect(known).toContain(need);
          given.add(`${bulkId} ${need}`);
        }
        if (step.kind === 'run') expect([...needed]).not.toContain(bulkId);
      }
      expect(known.size).toBe(edges.length);
      expect(given).toEqual(new Set(edges.flatMap((needs, at) => needs.map((need) => `n${at} n${need}`))));
    }),
  );
});
