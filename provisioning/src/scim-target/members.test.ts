import { isArray, isObject, type Json, type JsonObject } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import {
  newCall,
  type Received,
  type Reply,
  scimError,
  serviceProvider,
  targetFor,
} from './service-provider.fixture.ts';

const names = (count: number) => Array.from({ length: count }, (_, index) => `U${index}`);

const operations = ({ body }: Received): readonly Json[] =>
  isObject(body) && isArray(body.Operations) ? body.Operations : [];

/** Ids in the operations of a PATCH. */
const idsIn = (received: Received): readonly string[] =>
  [...received.text.matchAll(/\{"value":"([^"]+)"\}|value eq \\"([^"\\]+)\\"/g)].map(
    ([, one, other]) => one ?? other ?? '',
  );

const patches = (received: readonly Received[]) => received.filter(({ method }) => method === 'PATCH');

const answering =
  (patch: (ids: readonly string[]) => Reply) =>
  (received: Received): Reply =>
    received.method === 'PATCH' ? patch(idsIn(received)) : { json: { id: 'G1', displayName: 'Finance' } };

describe('members of a group', () => {
  it('go out a hundred at a time, each id once', async () => {
    const provider = await serviceProvider(answering(() => ({ status: 204 })));
    const outcome = await targetFor(provider.origin).addMembers('G1', [...names(250), 'U1'], newCall());
    expect(outcome.done).toHaveLength(250);
    expect(provider.received.map((received) => idsIn(received).length)).toEqual([100, 100, 50]);
    expect(provider.received[0]?.url).toBe('/scim/v2/Groups/G1');
  });

  it('are removed one by one in one PATCH', async () => {
    const provider = await serviceProvider(answering(() => ({ status: 204 })));
    await targetFor(provider.origin).removeMembers('G1', ['a', 'b'], newCall());
    expect(provider.received.flatMap(operations)).toEqual([
      { op: 'remove', path: 'members[value eq "a"]' },
      { op: 'remove', path: 'members[value eq "b"]' },
    ]);
  });

  it.each([
    ['413', () => scimError(413, 'too large')],
    ['400 tooMany', () => scimError(400, 'At most 30 members', 'tooMany')],
  ])('go out in smaller requests from then on after %s', async (_, refuse) => {
    const provider = await serviceProvider(answering((ids) => (ids.length > 30 ? refuse() : { status: 204 })));
    const target = targetFor(provider.origin);
    expect((await target.addMembers('G1', names(100), newCall())).done).toHaveLength(100);
    expect(target.profile.memberChunk).toMatchObject({ value: 25, how: 'learnt' });
    const before = provider.received.length;
    await target.addMembers('G1', names(50), newCall());
    expect(provider.received.slice(before).map((received) => idsIn(received).length)).toEqual([25, 25]);
  });

  it('are halved until the ones at fault are alone', async () => {
    const bad = new Set(['U13', 'U77']);
    const provider = await serviceProvider(
      answering((ids) =>
        ids.some((id) => bad.has(id)) ? scimError(400, 'Unknown member', 'invalidValue') : { status: 204 },
      ),
    );
    const outcome = await targetFor(provider.origin).addMembers('G1', names(100), newCall());
    expect(outcome.done).toHaveLength(98);
    expect(outcome.refused.map(({ id, error }) => [id, error.code])).toEqual([
      ['U13', 'BadRequest'],
      ['U77', 'BadRequest'],
    ]);
    expect(patches(provider.received).length).toBeLessThan(32);
  });

  it('are not tried one by one when the target refuses all of them', async () => {
    const provider = await serviceProvider(answering(() => scimError(400, 'No', 'invalidSyntax')));
    const outcome = await targetFor(provider.origin).addMembers('G1', names(1000), newCall());
    expect(outcome.refused).toHaveLength(1000);
    expect(provider.received.length).toBeLessThan(60);
  });

  it.each([
    ['added', 409, 'conflict'],
    ['added', 400, 'U0 is already a member'],
    ['added', 500, 'Duplicate entry'],
    ['removed', 404, 'no such member'],
    ['removed', 400, 'U0 is not a member'],
  ] as const)('count as %s when the target answers %i %s', async (verb, status, detail) => {
    const provider = await serviceProvider(answering(() => scimError(status, detail)));
    const target = targetFor(provider.origin);
    const outcome =
      verb === 'added'
        ? await target.addMembers('G1', ['U0'], newCall())
        : await target.removeMembers('G1', ['U0'], newCall());
    expect(outcome).toEqual({ done: ['U0'], refused: [] });
  });

  it('end with InvalidAnchor when the group is gone', async () => {
    const provider = await serviceProvider(() => scimError(404, 'Group not found'));
    const call = targetFor(provider.origin).addMembers('G1', names(50), newCall());
    await expect(call).rejects.toMatchObject({ code: 'InvalidAnchor' });
    expect(provider.received).toHaveLength(2);
  });

  it('are not lost when a target that has PUT alone is asked twice at once', async () => {
    let group: JsonObject = { id: 'G1', displayName: 'Finance', members: [{ value: 'a' }], extra: 'kept', meta: {} };
    const provider = await serviceProvider(({ method, body }) => {
      if (method === 'PATCH') return scimError(405, 'No PATCH');
      if (method === 'PUT' && isObject(body)) group = body;
      return { json: group };
    });
    const target = targetFor(provider.origin);
    await Promise.all([
      target.addMembers('G1', ['b'], newCall()),
      target.addMembers('G1', ['c'], newCall()),
      target.removeMembers('G1', ['a'], newCall()),
    ]);
    expect(group).toEqual({
      id: 'G1',
      displayName: 'Finance',
      members: [{ value: 'b' }, { value: 'c' }],
      extra: 'kept',
    });
    expect(target.profile.patch).toMatchObject({ value: false, how: 'learnt' });
    expect(patches(provider.received)).toHaveLength(1);
  });

  it('are read whole, also when each is a bare id', async () => {
    const provider = await serviceProvider(() => ({ json: { id: 'G1', members: [{ value: 'a' }, 'b'] } }));
    expect(await targetFor(provider.origin).members('G1', newCall())).toEqual(['a', 'b']);
  });
});
