import { isObject, type JsonObject } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import type { AttributeChange } from '../target.ts';
import { newCall, scimError, serviceProvider, targetFor } from './service-provider.fixture.ts';

const WORK = 'emails[type eq "work"].value';
const title: AttributeChange = { path: 'title', from: 'Analyst', to: 'Boss' };
const whole = new Map([['title', 'Boss']]);

describe('an update', () => {
  it('resolves with what was echoed, and learns whether something is', async () => {
    let echoes = true;
    const json = { id: 'U77', title: 'Boss' };
    const provider = await serviceProvider(() => (echoes ? { json } : { status: 204 }));
    const target = targetFor(provider.origin);
    expect(await target.update('User', 'U77', [title], whole, newCall())).toEqual({ id: 'U77', document: json });
    echoes = false;
    expect(await target.update('User', 'U77', [title], whole, newCall())).toBeUndefined();
    expect(target.profile.echo).toMatchObject({ value: false, how: 'learnt' });
  });

  it('fails with InvalidAnchor when the object is gone', async () => {
    const provider = await serviceProvider(() => scimError(404, 'gone'));
    const update = targetFor(provider.origin).update('User', 'U77', [title], whole, newCall());
    await expect(update).rejects.toMatchObject({ code: 'InvalidAnchor' });
  });

  it('is made from what the object holds when an element is not there (noTarget)', async () => {
    let patches = 0;
    const provider = await serviceProvider(({ method }) => {
      if (method === 'GET') return { json: { id: 'U77', userName: 'mia' } };
      patches += 1;
      return patches === 1 ? scimError(400, 'no such element', 'noTarget') : { status: 204 };
    });
    const changes = [{ path: WORK, from: 'a@acme.example', to: 'b@acme.example' }];
    await targetFor(provider.origin).update('User', 'U77', changes, new Map([[WORK, 'b@acme.example']]), newCall());
    expect(provider.received.at(-1)?.body).toMatchObject({
      Operations: [{ op: 'add', path: 'emails', value: [{ type: 'work', value: 'b@acme.example' }] }],
    });
  });

  it('goes by PUT to a target without PATCH, and keeps what is not mapped', async () => {
    let held: JsonObject = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      id: 'U77',
      userName: 'mia',
      nickName: 'Mi',
      title: 'Analyst',
      emails: [
        { type: 'work', value: 'a@acme.example', display: 'Work' },
        { type: 'home', value: 'h@acme.example' },
      ],
      groups: [{ value: 'G1' }],
      meta: { version: 'W/"1"' },
    };
    const { groups: _groups, meta: _meta, ...kept } = held;
    const provider = await serviceProvider(({ method, body }) => {
      if (method === 'PATCH') return scimError(501, 'no PATCH');
      if (method === 'PUT' && isObject(body)) held = body;
      return { json: held };
    });
    const target = targetFor(provider.origin);
    const mapped = new Map([...whole, [WORK, 'b@acme.example']]);
    const changes = [title, { path: WORK, from: 'a@acme.example', to: 'b@acme.example' }];
    await target.update('User', 'U77', changes, mapped, newCall());
    expect(held).toEqual({
      ...kept,
      title: 'Boss',
      emails: [
        { type: 'work', value: 'b@acme.example', display: 'Work' },
        { type: 'home', value: 'h@acme.example' },
      ],
    });
    await target.update('User', 'U77', [{ path: 'title', from: 'Boss', to: undefined }], new Map(), newCall());
    expect(held).not.toHaveProperty('title');
    expect(provider.received.map(({ method }) => method)).toEqual(['PATCH', 'GET', 'PUT', 'GET', 'PUT']);
  });

  it('never goes by PUT in the entra dialect', async () => {
    const provider = await serviceProvider(() => scimError(405, 'no PATCH'));
    const update = targetFor(provider.origin, { dialect: 'entra' }).update('User', 'U77', [title], whole, newCall());
    await expect(update).rejects.toMatchObject({ code: 'MethodNotAllowed' });
    expect(provider.received.map(({ text }) => text)).toEqual([
      '{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],' +
        '"Operations":[{"op":"Replace","path":"title","value":"Boss"}]}',
    ]);
  });

  it('tells of what it learns, as JSON that it can begin with', async () => {
    const provider = await serviceProvider(({ method }) =>
      method === 'PATCH' ? scimError(405, 'no PATCH') : { json: { id: 'U77' } },
    );
    const told: string[] = [];
    const first = targetFor(provider.origin, { onProfile: (profile) => told.push(JSON.stringify(profile)) });
    await first.update('User', 'U77', [title], whole, newCall());
    const second = targetFor(provider.origin, { profile: JSON.parse(told.at(-1) ?? '') });
    await second.update('User', 'U77', [title], whole, newCall());
    expect(provider.received.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
  });
});

describe('a creation', () => {
  it('takes the id from Location when there is no body', async () => {
    const provider = await serviceProvider(() => ({ status: 201, headers: { location: '/scim/v2/Users/U%2099' } }));
    expect(await targetFor(provider.origin).create('User', new Map([['userName', 'x']]), newCall())).toEqual({
      id: 'U 99',
      document: {},
    });
  });

  it('is in doubt when what was made has no id', async () => {
    const provider = await serviceProvider(() => ({ status: 201, json: {} }));
    const creation = targetFor(provider.origin).create('User', new Map([['userName', 'x']]), newCall());
    await expect(creation).rejects.toMatchObject({ code: 'ServiceIncompatible', inDoubt: true });
  });
});

describe('a deletion and a read', () => {
  it('take an object that is gone for deleted, and for not there', async () => {
    const provider = await serviceProvider(() => scimError(404, 'gone'));
    const target = targetFor(provider.origin);
    await target.delete('Group', 'G1', newCall());
    expect(await target.read('Group', 'G1', newCall())).toBeUndefined();
    expect(provider.received.map(({ url }) => url)).toEqual([
      '/scim/v2/Groups/G1',
      '/scim/v2/Groups/G1?excludedAttributes=members',
    ]);
  });
});
