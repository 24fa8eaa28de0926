import { openScimTarget, type ScimTarget, testConnection } from '@rollcall/provisioning';
import { afterEach, describe, expect, it } from 'vitest';
import type { SwitchChanges } from '../targets/awkward-switches.ts';
import { type AwkwardTarget, awkwardTarget, scimmyTarget, type TestTarget } from '../targets/target.ts';
import { attributes, newCall, optionsFor, person, provision } from './through-scim-target.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

function open(service: TestTarget, dialect: 'rfc' | 'entra' = 'rfc'): ScimTarget {
  const target = openScimTarget(optionsFor(service, dialect));
  opened.push(target);
  return target;
}

async function awkward(switches: SwitchChanges): Promise<AwkwardTarget> {
  const service = await awkwardTarget({ token: 'secret', switches });
  opened.push(service);
  return service;
}

describe('a target that behaves in its own way', () => {
  it.each<[string, SwitchChanges]>([
    ['behaves well', {}],
    ['has no PATCH (405)', { putOnly: 405 }],
    ['has no PATCH (501)', { putOnly: 501 }],
    ['answers nothing to any write', { noContent: true }],
    ['cannot search by externalId', { noExternalIdFilter: true }],
    ['cannot search', { noFilter: true }],
    ['ignores filters', { ignoresFilter: true }],
    ['cannot search, has no PATCH and small pages', { noFilter: true, putOnly: 405, pageSize: 1 }],
    ['ignores filters and answers nothing to writes', { ignoresFilter: true, noContent: true, pageSize: 2 }],
    ['throttles', { throttle: { every: 4, retryAfter: 'none' } }],
    ['is overloaded at times', { throttle: { every: 5, retryAfter: 0, status: 503 } }],
    ['takes one member at a time', { maxMembers: 1 }],
    ['takes one member at a time (413)', { maxMembers: { limit: 1, status: 413 } }],
    ['knows noTarget', { strictNoTarget: true }],
    ['refuses unknown attributes', { rejectsUnknown: true }],
    ['compares userName exactly', { caseSensitiveUserName: true }],
    ['shows no members', { noMembersInGet: true }],
    ['breaks connections of reads', { dropBefore: { probability: 0.2, method: 'GET' } }],
  ])('is provisioned although it %s', async (_, switches) => {
    const service = await awkward(switches);
    await provision(open(service), service);
    expect(service.server.duplicates()).toEqual([]);
  });

  it('is provisioned in the entra dialect', async () => {
    const service = await awkward({});
    await provision(open(service, 'entra'), service);
  });

  it('takes the other members when one is refused', async () => {
    const service = await awkward({});
    const target = open(service);
    const call = newCall();
    const users = await Promise.all(['a', 'b', 'c', 'd'].map((name) => target.create('User', person(name), call)));
    const ids = users.map(({ id }) => id);
    const bad = ids[2] ?? '';
    service.server.set({ badMembers: [bad] });
    const group = await target.create('Group', attributes({ displayName: 'Team' }), call);
    const outcome = await target.addMembers(group.id, ids, call);
    expect(outcome.refused.map(({ id }) => id)).toEqual([bad]);
    expect(outcome.done.toSorted()).toEqual(ids.filter((id) => id !== bad).toSorted());
  });

  it.each<[string, SwitchChanges, object]>([
    ['a wrong token', { refusesToken: true }, { code: 'Unauthorized', inDoubt: false }],
    ['a login page', { loginPage: true }, { code: 'ServiceIncompatible', inDoubt: false }],
    ['a failure after it stored', { failAfterStoring: true }, { code: 'InternalServerError', inDoubt: true }],
    ['a lost answer', { dropAfterReceiving: true }, { code: 'WebExceptionProtocolError', inDoubt: true }],
    ['a lost request', { dropBefore: true }, { code: 'WebExceptionProtocolError', inDoubt: true }],
  ])('creates once and says what is known after %s', async (_, switches, error) => {
    const service = await awkward(switches);
    await expect(open(service).create('User', person('kai'), newCall())).rejects.toMatchObject(error);
    const posts = service.server.log().filter(({ method }) => method === 'POST');
    expect(posts).toHaveLength(1);
  });

  it.each<[string, SwitchChanges, object]>([
    ['behaves well', {}, { ok: true }],
    ['has no groups (404)', { noGroups: 404 }, { ok: true, message: expect.stringContaining('no groups') }],
    ['has no groups (501)', { noGroups: 501 }, { ok: true, message: expect.stringContaining('no groups') }],
    ['cannot search', { noFilter: true }, { ok: true, message: expect.stringContaining('cannot search') }],
    ['refuses the token', { refusesToken: true }, { ok: false, fault: 'credentials' }],
    ['shows a login page', { loginPage: true }, { ok: false, fault: 'url' }],
  ])('is tested when it %s', async (_, switches, expected) => {
    const service = await awkward(switches);
    const verdict = await testConnection(optionsFor(service), { user: 'userName', group: 'displayName' });
    expect(verdict).toMatchObject(expected);
  });
});

describe('SCIMMY as a target', () => {
  it('is provisioned', async () => {
    const service = await scimmyTarget();
    opened.push(service);
    await provision(open(service), service);
  });
});
