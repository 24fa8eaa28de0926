import { describe, expect, it } from 'vitest';
import { ENTERPRISE, scimClient, USER } from '../harness/scim-client.ts';
import { textAt, valueAt } from '../harness/value-at.ts';
import { startAwkward } from './awkward.ts';
import { awkwardForEach, MIA, references, scimType } from './awkward-server.fixture.ts';

const awkward = awkwardForEach();
const { addMia, addUsers, found, memberIds } = awkward;

describe('the awkward server when it behaves', () => {
  it('creates, answers, finds, changes and deletes a user', async () => {
    const created = await awkward.client.post('/Users', MIA);
    expect(created.status).toBe(201);
    const id = textAt(created.body, '$.id');
    expect(created.headers.location).toBe(`${awkward.server.url}/Users/${id}`);
    expect(created.body).toMatchObject({ ...MIA, active: true, meta: { resourceType: 'User' } });
    expect(await found('userName eq "MIA@acme.example"')).toBe(1);
    expect(await found('externalId eq "e-1"')).toBe(1);
    expect(await found('externalId eq "E-1"')).toBe(0);
    expect((await awkward.client.put(`/Users/${id}`, { ...MIA, title: 'Analyst' })).status).toBe(200);
    expect(awkward.server.users()).toMatchObject([{ id, title: 'Analyst' }]);
    expect((await awkward.client.delete(`/Users/${id}`)).status).toBe(204);
    expect((await awkward.client.delete(`/Users/${id}`)).status).toBe(404);
    expect(awkward.server.users()).toEqual([]);
    expect(awkward.server.log().map(({ effect }) => effect)).toEqual(
      ['created', 'read', 'read', 'read', 'changed', 'deleted', 'refused'], // One for each of the requests above.
    );
  });

  it('refuses who has no token, a body that is not SCIM, and a userName that is taken', async () => {
    expect((await scimClient(awkward.server.url, 'wrong').get('/Users')).status).toBe(401);
    expect((await awkward.client.post('/Users', '{')).status).toBe(400);
    expect((await awkward.client.post('/Users', MIA, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await awkward.client.post('/Users', { userName: 'without schemas' })).status).toBe(400);
    await awkward.client.post('/Users', MIA);
    const again = await awkward.client.post('/Users', { ...MIA, userName: 'MIA@ACME.example' });
    expect([again.status, scimType(again)]).toEqual([409, 'uniqueness']);
    expect(awkward.server.users()).toHaveLength(1);
  });

  it('gives the same ids for the same seed', async () => {
    const other = await startAwkward();
    expect(other.add('Users', { userName: 'u' })).toBe(awkward.server.add('Users', { userName: 'u' }));
    await other.close();
  });

  it('evaluates filters as RFC 7644 §3.4.2.2 has them', async () => {
    awkward.server.add('Users', {
      userName: 'a',
      active: false,
      emails: [{ type: 'work', value: 'A@x.example' }],
      [ENTERPRISE]: { department: 'Ops', manager: { value: 'U1' } },
    });
    awkward.server.add('Users', { userName: 'b', title: 'Chief "of" staff' });
    for (const [filter, count] of [
      ['emails[type eq "work" and value co "@X."]', 1],
      ['emails[type eq "work"].value eq "a@x.example"', 1],
      ['emails.type eq "home"', 0],
      [`${ENTERPRISE}:department sw "O" and ${ENTERPRISE}:manager eq "U1"`, 1],
      ['not (active eq false) or userName eq "a"', 2],
      ['title eq "Chief \\"of\\" staff"', 1],
      ['title pr', 1],
      ['userName gt "a"', 1],
    ] as const) {
      expect([filter, await found(filter)]).toEqual([filter, count]);
    }
    expect((await awkward.client.find('/Users', 'userName eq')).status).toBe(400);
  });

  it('projects and pages', async () => {
    const [id = ''] = addUsers(5);
    const page = await awkward.client.get('/Users?startIndex=4&count=3&attributes=userName');
    expect(page.body).toMatchObject({ totalResults: 5, startIndex: 4, itemsPerPage: 2 });
    expect(valueAt(page.body, '$.Resources[0]')).toEqual({ schemas: [USER], id: expect.any(String), userName: 'u3' });
    awkward.server.add('Groups', { displayName: 'Finance', members: references([id]) });
    expect(
      valueAt((await awkward.client.get('/Groups?excludedAttributes=members')).body, '$.Resources[0].members'),
    ).toBe(undefined);
    expect(valueAt((await awkward.client.get('/Groups')).body, '$.Resources[0].members')).toEqual([{ value: id }]);
  });

  it('says what it can do', async () => {
    expect((await awkward.client.get('/ServiceProviderConfig')).body).toMatchObject({ patch: { supported: true } });
    awkward.server.set({ putOnly: 405 });
    expect((await awkward.client.get('/ServiceProviderConfig')).body).toMatchObject({ patch: { supported: false } });
    expect((await awkward.client.get('/ResourceTypes/Group')).body).toMatchObject({ endpoint: '/Groups' });
  });
});

describe('PATCH at the awkward server', () => {
  it('speaks RFC 7644 §3.5.2', async () => {
    const id = addMia();
    await awkward.client.patch(
      `/Users/${id}`,
      { op: 'add', value: { name: { givenName: 'Mia' }, emails: [{ type: 'work', value: 'w@x.example' }] } },
      { op: 'replace', path: 'name.familyName', value: 'Ortiz' },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'work@x.example' },
      { op: 'add', path: 'emails', value: [{ type: 'home', value: 'h@x.example' }] },
      { op: 'add', path: `${ENTERPRISE}:department`, value: 'Ops' },
      { op: 'replace', path: 'active', value: false },
    );
    await awkward.client.patch(`/Users/${id}`, { op: 'remove', path: 'emails[type eq "home"]' });
    expect(awkward.server.users()[0]).toMatchObject({
      name: { givenName: 'Mia', familyName: 'Ortiz' },
      emails: [{ type: 'work', value: 'work@x.example' }],
      [ENTERPRISE]: { department: 'Ops' },
      active: false,
    });
    expect(
      (await awkward.client.patch(`/Users/${id}`, { op: 'remove', path: `${ENTERPRISE}:department` })).status,
    ).toBe(200);
    expect(awkward.server.users()[0]).not.toHaveProperty([ENTERPRISE]);
  });

  it('speaks as Microsoft’s provisioning service does', async () => {
    const id = addMia();
    await awkward.client.patch(
      `/Users/${id}`,
      { op: 'Replace', path: 'active', value: 'False' },
      { op: 'Add', path: 'emails[type eq "work"].value', value: 'w@x.example' },
      { op: 'Replace', path: 'addresses[type eq "work"].locality', value: 'Sevilla' },
      { op: 'Add', path: `${ENTERPRISE}:manager`, value: 'U12' },
      { op: 'replace', value: { 'name.givenName': 'Mia', [`${ENTERPRISE}:costCenter`]: 'CC-9', title: 'Analyst' } },
    );
    expect(awkward.server.users()[0]).toMatchObject({
      active: false,
      emails: [{ type: 'work', value: 'w@x.example' }],
      addresses: [{ type: 'work', locality: 'Sevilla' }],
      name: { givenName: 'Mia' },
      title: 'Analyst',
      [ENTERPRISE]: { manager: { value: 'U12' }, costCenter: 'CC-9' },
    });
    await awkward.client.patch(`/Users/${id}`, { op: 'replace', path: `${ENTERPRISE}:manager`, value: '' });
    expect(awkward.server.users()[0]?.[ENTERPRISE]).toEqual({ costCenter: 'CC-9' });
  });

  it('adds and removes members in both dialects, over and over', async () => {
    const [a = '', b = '', c = ''] = addUsers(3);
    const path = `/Groups/${awkward.server.add('Groups', { displayName: 'Finance' })}`;
    await awkward.client.patch(path, {
      op: 'Add',
      path: 'members',
      value: [
        { $ref: null, value: a },
        { $ref: null, value: b },
      ],
    });
    await awkward.client.patch(path, { op: 'add', path: 'members', value: references([b, c]) });
    expect(memberIds()).toEqual(references([a, b, c]));
    await awkward.client.patch(path, { op: 'Remove', path: 'members', value: [{ $ref: null, value: a }] });
    await awkward.client.patch(path, { op: 'remove', path: `members[value eq "${b}"]` });
    await awkward.client.patch(path, { op: 'remove', path: `members[value eq "${b}"]` });
    expect(memberIds()).toEqual(references([c]));
    expect(awkward.server.log().at(-1)?.effect).toBe('unchanged');
    await awkward.client.patch(path, { op: 'replace', path: 'members', value: references([a]) });
    expect(memberIds()).toEqual(references([a]));
    await awkward.client.patch(path, { op: 'remove', path: 'members' });
    expect(memberIds()).toBeUndefined();
  });

  it('carries out all operations or none', async () => {
    const id = addMia();
    const answer = await awkward.client.patch(
      `/Users/${id}`,
      { op: 'replace', path: 'title', value: 'Analyst' },
      { op: 'replace', path: 'id', value: 'mine' },
    );
    expect([answer.status, scimType(answer)]).toEqual([400, 'mutability']);
    expect(awkward.server.users()[0]).not.toHaveProperty('title');
    expect(scimType(await awkward.client.patch(`/Users/${id}`, { op: 'remove' }))).toBe('noTarget');
    expect(scimType(await awkward.client.patch(`/Users/${id}`, { op: 'add', path: 'a b', value: 1 }))).toBe(
      'invalidPath',
    );
    expect(scimType(await awkward.client.patch(`/Users/${id}`, { op: 'remove', path: 'userName' }))).toBe(
      'invalidValue',
    );
  });

  it('forgets the memberships of who is deleted, and refuses members who are nobody', async () => {
    const [a = '', b = ''] = addUsers(2);
    const group = awkward.server.add('Groups', { displayName: 'Finance', members: references([a, b]) });
    await awkward.client.delete(`/Users/${a}`);
    expect(memberIds()).toEqual(references([b]));
    expect(
      (await awkward.client.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: references([a]) })).status,
    ).toBe(400);
    awkward.server.set({ acceptsUnknownMembers: true });
    expect(
      (await awkward.client.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: references([a]) })).status,
    ).toBe(200);
  });
});
