import type { JsonObject } from '@rollcall/scim';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ENTERPRISE, GROUP, type ScimClient, scimClient, USER } from '../harness/scim-client.ts';
import { textAt, valueAt } from '../harness/value-at.ts';
import { type AwkwardServer, startAwkward } from './awkward.ts';
import type { SwitchChanges } from './awkward-switches.ts';

let server: AwkwardServer;
let client: ScimClient;

beforeEach(async () => {
  server = await startAwkward({ token: 'secret' });
  client = scimClient(server.url, 'secret');
});
afterEach(() => server.close());

const MIA: JsonObject = { schemas: [USER], userName: 'Mia@acme.example', externalId: 'e-1', displayName: 'Mia Ortiz' };
const TEAM: JsonObject = { schemas: [GROUP], displayName: 'Finance', externalId: 'g-1' };

const addMia = (): string => server.add('Users', { userName: 'Mia@acme.example', externalId: 'e-1' });
const addUsers = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => server.add('Users', { userName: `u${index}` }));
const found = async (filter: string) => valueAt((await client.find('/Users', filter)).body, '$.totalResults');
const scimType = (answer: { body: unknown }) => (answer.body as JsonObject).scimType; // An error has such a body.
const references = (ids: readonly string[]) => ids.map((value) => ({ value }));
const memberIds = (): unknown => server.groups()[0]?.members;

describe('the awkward server when it behaves', () => {
  it('creates, answers, finds, changes and deletes a user', async () => {
    const created = await client.post('/Users', MIA);
    expect(created.status).toBe(201);
    const id = textAt(created.body, '$.id');
    expect(created.headers.location).toBe(`${server.url}/Users/${id}`);
    expect(created.body).toMatchObject({ ...MIA, active: true, meta: { resourceType: 'User' } });
    expect(await found('userName eq "MIA@acme.example"')).toBe(1);
    expect(await found('externalId eq "e-1"')).toBe(1);
    expect(await found('externalId eq "E-1"')).toBe(0);
    expect((await client.put(`/Users/${id}`, { ...MIA, title: 'Analyst' })).status).toBe(200);
    expect(server.users()).toMatchObject([{ id, title: 'Analyst' }]);
    expect((await client.delete(`/Users/${id}`)).status).toBe(204);
    expect((await client.delete(`/Users/${id}`)).status).toBe(404);
    expect(server.users()).toEqual([]);
    expect(server.log().map(({ effect }) => effect)).toEqual(
      ['created', 'read', 'read', 'read', 'changed', 'deleted', 'refused'], // One for each of the requests above.
    );
  });

  it('refuses who has no token, a body that is not SCIM, and a userName that is taken', async () => {
    expect((await scimClient(server.url, 'wrong').get('/Users')).status).toBe(401);
    expect((await client.post('/Users', '{')).status).toBe(400);
    expect((await client.post('/Users', MIA, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await client.post('/Users', { userName: 'without schemas' })).status).toBe(400);
    await client.post('/Users', MIA);
    const again = await client.post('/Users', { ...MIA, userName: 'MIA@ACME.example' });
    expect([again.status, scimType(again)]).toEqual([409, 'uniqueness']);
    expect(server.users()).toHaveLength(1);
  });

  it('gives the same ids for the same seed', async () => {
    const other = await startAwkward();
    expect(other.add('Users', { userName: 'u' })).toBe(server.add('Users', { userName: 'u' }));
    await other.close();
  });

  it('evaluates filters as RFC 7644 §3.4.2.2 has them', async () => {
    server.add('Users', {
      userName: 'a',
      active: false,
      emails: [{ type: 'work', value: 'A@x.example' }],
      [ENTERPRISE]: { department: 'Ops', manager: { value: 'U1' } },
    });
    server.add('Users', { userName: 'b', title: 'Chief "of" staff' });
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
    expect((await client.find('/Users', 'userName eq')).status).toBe(400);
  });

  it('projects and pages', async () => {
    const [id = ''] = addUsers(5);
    const page = await client.get('/Users?startIndex=4&count=3&attributes=userName');
    expect(page.body).toMatchObject({ totalResults: 5, startIndex: 4, itemsPerPage: 2 });
    expect(valueAt(page.body, '$.Resources[0]')).toEqual({ schemas: [USER], id: expect.any(String), userName: 'u3' });
    server.add('Groups', { displayName: 'Finance', members: references([id]) });
    expect(valueAt((await client.get('/Groups?excludedAttributes=members')).body, '$.Resources[0].members')).toBe(
      undefined,
    );
    expect(valueAt((await client.get('/Groups')).body, '$.Resources[0].members')).toEqual([{ value: id }]);
  });

  it('says what it can do', async () => {
    expect((await client.get('/ServiceProviderConfig')).body).toMatchObject({ patch: { supported: true } });
    server.set({ putOnly: 405 });
    expect((await client.get('/ServiceProviderConfig')).body).toMatchObject({ patch: { supported: false } });
    expect((await client.get('/ResourceTypes/Group')).body).toMatchObject({ endpoint: '/Groups' });
  });
});

describe('PATCH at the awkward server', () => {
  it('speaks RFC 7644 §3.5.2', async () => {
    const id = addMia();
    await client.patch(
      `/Users/${id}`,
      { op: 'add', value: { name: { givenName: 'Mia' }, emails: [{ type: 'work', value: 'w@x.example' }] } },
      { op: 'replace', path: 'name.familyName', value: 'Ortiz' },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'work@x.example' },
      { op: 'add', path: 'emails', value: [{ type: 'home', value: 'h@x.example' }] },
      { op: 'add', path: `${ENTERPRISE}:department`, value: 'Ops' },
      { op: 'replace', path: 'active', value: false },
    );
    await client.patch(`/Users/${id}`, { op: 'remove', path: 'emails[type eq "home"]' });
    expect(server.users()[0]).toMatchObject({
      name: { givenName: 'Mia', familyName: 'Ortiz' },
      emails: [{ type: 'work', value: 'work@x.example' }],
      [ENTERPRISE]: { department: 'Ops' },
      active: false,
    });
    expect((await client.patch(`/Users/${id}`, { op: 'remove', path: `${ENTERPRISE}:department` })).status).toBe(200);
    expect(server.users()[0]).not.toHaveProperty([ENTERPRISE]);
  });

  it('speaks as Microsoft’s provisioning service does', async () => {
    const id = addMia();
    await client.patch(
      `/Users/${id}`,
      { op: 'Replace', path: 'active', value: 'False' },
      { op: 'Add', path: 'emails[type eq "work"].value', value: 'w@x.example' },
      { op: 'Replace', path: 'addresses[type eq "work"].locality', value: 'Sevilla' },
      { op: 'Add', path: `${ENTERPRISE}:manager`, value: 'U12' },
      { op: 'replace', value: { 'name.givenName': 'Mia', [`${ENTERPRISE}:costCenter`]: 'CC-9', title: 'Analyst' } },
    );
    expect(server.users()[0]).toMatchObject({
      active: false,
      emails: [{ type: 'work', value: 'w@x.example' }],
      addresses: [{ type: 'work', locality: 'Sevilla' }],
      name: { givenName: 'Mia' },
      title: 'Analyst',
      [ENTERPRISE]: { manager: { value: 'U12' }, costCenter: 'CC-9' },
    });
    await client.patch(`/Users/${id}`, { op: 'replace', path: `${ENTERPRISE}:manager`, value: '' });
    expect(server.users()[0]?.[ENTERPRISE]).toEqual({ costCenter: 'CC-9' });
  });

  it('adds and removes members in both dialects, over and over', async () => {
    const [a = '', b = '', c = ''] = addUsers(3);
    const path = `/Groups/${server.add('Groups', { displayName: 'Finance' })}`;
    await client.patch(path, {
      op: 'Add',
      path: 'members',
      value: [
        { $ref: null, value: a },
        { $ref: null, value: b },
      ],
    });
    await client.patch(path, { op: 'add', path: 'members', value: references([b, c]) });
    expect(memberIds()).toEqual(references([a, b, c]));
    await client.patch(path, { op: 'Remove', path: 'members', value: [{ $ref: null, value: a }] });
    await client.patch(path, { op: 'remove', path: `members[value eq "${b}"]` });
    await client.patch(path, { op: 'remove', path: `members[value eq "${b}"]` });
    expect(memberIds()).toEqual(references([c]));
    expect(server.log().at(-1)?.effect).toBe('unchanged');
    await client.patch(path, { op: 'replace', path: 'members', value: references([a]) });
    expect(memberIds()).toEqual(references([a]));
    await client.patch(path, { op: 'remove', path: 'members' });
    expect(memberIds()).toBeUndefined();
  });

  it('carries out all operations or none', async () => {
    const id = addMia();
    const answer = await client.patch(
      `/Users/${id}`,
      { op: 'replace', path: 'title', value: 'Analyst' },
      { op: 'replace', path: 'id', value: 'mine' },
    );
    expect([answer.status, scimType(answer)]).toEqual([400, 'mutability']);
    expect(server.users()[0]).not.toHaveProperty('title');
    expect(scimType(await client.patch(`/Users/${id}`, { op: 'remove' }))).toBe('noTarget');
    expect(scimType(await client.patch(`/Users/${id}`, { op: 'add', path: 'a b', value: 1 }))).toBe('invalidPath');
    expect(scimType(await client.patch(`/Users/${id}`, { op: 'remove', path: 'userName' }))).toBe('invalidValue');
  });

  it('forgets the memberships of who is deleted, and refuses members who are nobody', async () => {
    const [a = '', b = ''] = addUsers(2);
    const group = server.add('Groups', { displayName: 'Finance', members: references([a, b]) });
    await client.delete(`/Users/${a}`);
    expect(memberIds()).toEqual(references([b]));
    expect(
      (await client.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: references([a]) })).status,
    ).toBe(400);
    server.set({ acceptsUnknownMembers: true });
    expect(
      (await client.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: references([a]) })).status,
    ).toBe(200);
  });
});

describe('a switch of the awkward server', () => {
  it('putOnly refuses PATCH with the status that is wanted', async () => {
    const path = `/Users/${addMia()}`;
    for (const putOnly of [405, 501] as const) {
      server.set({ putOnly });
      expect((await client.patch(path, { op: 'add', path: 'title', value: 'x' })).status).toBe(putOnly);
    }
    expect((await client.put(path, { ...MIA, title: 'x' })).status).toBe(200);
  });

  it('noContent answers writes with 204 and nothing else', async () => {
    server.set({ noContent: true });
    const created = await client.post('/Users', MIA);
    expect([created.status, created.text, created.headers.location]).toEqual([204, '', undefined]);
    const path = `/Users/${String(server.users()[0]?.id)}`;
    expect((await client.put(path, MIA)).status).toBe(204);
    expect((await client.patch(path, { op: 'add', path: 'title', value: 'x' })).status).toBe(204);
    expect(server.users()).toMatchObject([{ title: 'x' }]);
  });

  it('noExternalIdFilter refuses filters on externalId and no others', async () => {
    addMia();
    server.set({ noExternalIdFilter: true });
    expect(scimType(await client.find('/Users', 'externalId eq "e-1"'))).toBe('invalidFilter');
    expect(await found('userName eq "externalId"')).toBe(0);
  });

  it('ignoresFilter lists everything, noFilter nothing', async () => {
    addUsers(3);
    server.set({ ignoresFilter: true });
    expect(await found('userName eq "u1"')).toBe(3);
    server.set({ ignoresFilter: false, noFilter: true });
    expect((await client.find('/Users', 'userName eq "u1"')).status).toBe(501);
    expect((await client.get('/Users')).status).toBe(200);
  });

  it('throttle refuses every n-th request, with seconds, a date or nothing to go by', async () => {
    server.set({ throttle: { every: 2, retryAfter: 7 } });
    const answers = [await client.get('/Users'), await client.get('/Users'), await client.get('/Users')];
    expect(answers.map(({ status }) => status)).toEqual([200, 429, 200]);
    expect(answers[1]?.headers['retry-after']).toBe('7');
    server.set({ throttle: { every: 1, retryAfter: 'date', status: 503 } });
    const dated = await client.get('/Users');
    expect(dated.status).toBe(503);
    expect(Date.parse(dated.headers['retry-after'] ?? '')).toBeGreaterThan(0);
    server.set({ throttle: { every: 1, method: 'POST' } });
    const refused = await client.post('/Users', MIA);
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, undefined]);
    expect((await client.get('/Users')).status).toBe(200);
    expect(server.users()).toEqual([]);
  });

  it('dropAfterReceiving stores and breaks the connection, dropBefore only breaks it', async () => {
    server.set({ dropAfterReceiving: { at: [2] } });
    expect((await client.post('/Users', MIA)).status).toBe(201);
    await expect(client.post('/Users', { ...MIA, userName: 'second' })).rejects.toThrow();
    expect(server.users()).toHaveLength(2);
    expect(server.log().at(-1)).toMatchObject({ effect: 'created', status: undefined });
    server.set({ dropAfterReceiving: false, dropBefore: true });
    await expect(client.post('/Users', { ...MIA, userName: 'third' })).rejects.toThrow();
    expect((await client.get('/Users')).status).toBe(200);
    server.set({ dropBefore: { method: 'GET', endpoint: 'Users' } });
    await expect(client.get('/Users')).rejects.toThrow();
    expect((await client.get('/Groups')).status).toBe(200);
    expect(server.users()).toHaveLength(2);
  });

  it('failAfterStoring answers 500 to what it has done; the same requests fail for the same seed', async () => {
    server.set({ failAfterStoring: { probability: 0.5, method: 'POST' } });
    const other = await startAwkward({ token: 'secret', switches: { failAfterStoring: { probability: 0.5 } } });
    const statuses = async (of: ScimClient): Promise<number[]> => {
      const all: number[] = [];
      for (let n = 0; n < 12; n++) all.push((await of.post('/Users', { ...MIA, userName: `u${n}` })).status);
      return all;
    };
    const here = await statuses(client);
    expect(new Set(here)).toEqual(new Set([201, 500]));
    expect(await statuses(scimClient(other.url, 'secret'))).toEqual(here);
    expect(server.users()).toHaveLength(12);
    await other.close();
  });

  it('truncates cuts displayName at 20 characters', async () => {
    server.set({ truncates: true });
    const created = await client.post('/Groups', { ...TEAM, displayName: 'Finance and controlling (EMEA)' });
    expect(created.body).toMatchObject({ displayName: 'Finance and controll' });
  });

  it('maxMembers refuses a PATCH with more, and carries out nothing of it', async () => {
    const path = `/Groups/${server.add('Groups', { displayName: 'Finance' })}`;
    const ids = addUsers(101);
    server.set({ maxMembers: 100 });
    const refused = await client.patch(path, { op: 'add', path: 'members', value: references(ids) });
    expect([refused.status, scimType(refused)]).toEqual([400, 'tooMany']);
    expect(memberIds()).toBeUndefined();
    expect((await client.patch(path, { op: 'add', path: 'members', value: references(ids.slice(1)) })).status).toBe(
      200,
    );
    server.set({ maxMembers: { limit: 1, status: 413 } });
    const operations = ids.slice(1, 3).map((id) => ({ op: 'remove', path: `members[value eq "${id}"]` }));
    expect((await client.patch(path, ...operations)).status).toBe(413);
  });

  it('duplicatesOnReplay makes another user of the same POST, and the truth shows it', async () => {
    server.set({ duplicatesOnReplay: true });
    await client.post('/Users', MIA);
    expect(server.duplicates()).toEqual([]);
    expect((await client.post('/Users', MIA)).status).toBe(201);
    expect(server.created('Users').externalId.get('e-1')).toBe(2);
    expect(server.duplicates()).toEqual(['e-1', 'Mia@acme.example']);
    expect(await found('userName eq "mia@acme.example"')).toBe(2);
    server.remove('Users', String(server.users()[0]?.id));
    expect(server.duplicates()).toEqual([]);
    expect(server.created('Users').name.get('Mia@acme.example')).toBe(2);
  });

  it('badMembers refuses the whole PATCH that names one', async () => {
    const path = `/Groups/${server.add('Groups', { displayName: 'Finance' })}`;
    const [good = '', bad = ''] = addUsers(2);
    server.set({ badMembers: [bad] });
    const refused = await client.patch(path, { op: 'add', path: 'members', value: references([good, bad]) });
    expect(refused.status).toBe(400);
    expect(memberIds()).toBeUndefined();
    expect((await client.patch(path, { op: 'add', path: 'members', value: references([good]) })).status).toBe(200);
  });

  it('slow answers later than it stores', async () => {
    server.set({ slow: 60_000 });
    const answer = client.post('/Users', MIA).catch(() => 'gone');
    await expect.poll(() => server.users().length).toBe(1);
    await server.close();
    expect(await answer).toBe('gone');
    server = await startAwkward();
  });

  it('slow of one method leaves the others as they are', async () => {
    server.set({ slow: { ms: 60_000, method: 'POST' } });
    const answer = client.post('/Users', MIA).catch(() => 'gone');
    await expect.poll(() => server.users().length).toBe(1);
    expect((await client.get('/Users')).status).toBe(200);
    await server.close();
    expect(await answer).toBe('gone');
    server = await startAwkward();
  });

  it('strictNoTarget refuses a replace of an element that is not there', async () => {
    const path = `/Users/${addMia()}`;
    server.set({ strictNoTarget: true });
    const operation = { path: 'emails[type eq "work"].value', value: 'w@x.example' };
    expect(scimType(await client.patch(path, { op: 'replace', ...operation }))).toBe('noTarget');
    expect((await client.patch(path, { op: 'add', ...operation })).status).toBe(200);
    expect((await client.patch(path, { op: 'replace', ...operation })).status).toBe(200);
  });

  it('noGroups knows no groups', async () => {
    for (const noGroups of [404, 501] as const) {
      server.set({ noGroups });
      expect((await client.get('/Groups')).status).toBe(noGroups);
      expect((await client.post('/Groups', TEAM)).status).toBe(noGroups);
    }
    expect((await client.get('/Users')).status).toBe(200);
  });

  it('rejectsUnknown refuses attributes that RFC 7643 does not define', async () => {
    server.set({ rejectsUnknown: true });
    expect((await client.post('/Users', { ...MIA, shoeSize: 43 })).status).toBe(400);
    expect((await client.post('/Users', { ...MIA, [ENTERPRISE]: { shoeSize: 43 } })).status).toBe(400);
    const created = await client.post('/Users', { ...MIA, [ENTERPRISE]: { department: 'Ops' } });
    expect(created.status).toBe(201);
    const path = `/Users/${textAt(created.body, '$.id')}`;
    expect((await client.patch(path, { op: 'add', path: 'shoeSize', value: 43 })).status).toBe(400);
    server.set({ rejectsUnknown: false });
    expect((await client.patch(path, { op: 'add', path: 'shoeSize', value: 43 })).status).toBe(200);
  });

  it('hidesInactive shows no inactive users, whose userName stays taken', async () => {
    const id = addMia();
    server.set({ hidesInactive: true });
    await client.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false });
    expect((await client.get(`/Users/${id}`)).status).toBe(404);
    expect(await found('externalId eq "e-1"')).toBe(0);
    expect((await client.post('/Users', MIA)).status).toBe(409);
    expect(server.users()).toHaveLength(1);
    expect((await client.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: true })).status).toBe(200);
    expect((await client.get(`/Users/${id}`)).status).toBe(200);
  });

  it('pageSize keeps pages short', async () => {
    addUsers(3);
    server.set({ pageSize: 2 });
    expect((await client.get('/Users?count=100')).body).toMatchObject({ totalResults: 3, itemsPerPage: 2 });
  });

  it('caseSensitiveUserName tells Mia from mia', async () => {
    server.set({ caseSensitiveUserName: true });
    await client.post('/Users', MIA);
    expect(await found('userName eq "mia@acme.example"')).toBe(0);
    expect((await client.post('/Users', { ...MIA, userName: 'mia@acme.example' })).status).toBe(201);
  });

  it('lowerCases answers userName in lower case', async () => {
    server.set({ lowerCases: true });
    expect((await client.post('/Users', MIA)).body).toMatchObject({ userName: 'mia@acme.example' });
    expect(server.duplicates()).toEqual([]);
  });

  it('noMembersInGet answers no members, though they are stored', async () => {
    const group = server.add('Groups', { displayName: 'Finance', members: references(addUsers(1)) });
    server.set({ noMembersInGet: true });
    expect((await client.get(`/Groups/${group}`)).body).not.toHaveProperty('members');
    expect(memberIds()).toHaveLength(1);
  });

  it('refusesToken and loginPage let nobody in', async () => {
    server.set({ refusesToken: true });
    expect((await client.get('/Users')).status).toBe(401);
    server.set({ refusesToken: false, loginPage: true });
    const page = await client.get('/Users');
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('goes together with others, and all go off at once', async () => {
    const together: SwitchChanges = { noContent: true, duplicatesOnReplay: true, lowerCases: true, pageSize: 1 };
    server.set(together);
    await client.post('/Users', MIA);
    await client.post('/Users', MIA);
    expect((await client.get('/Users')).body).toMatchObject({ totalResults: 2, itemsPerPage: 1 });
    server.behave();
    expect((await client.post('/Users', MIA)).status).toBe(409);
    expect((await client.get('/Users')).body).toMatchObject({ itemsPerPage: 2 });
  });
});

describe('what the awkward server was told by others', () => {
  it('is changed behind the client’s back and not logged', async () => {
    const id = addMia();
    server.change('Users', id, { title: 'Chief' });
    expect((await client.get(`/Users/${id}`)).body).toMatchObject({ title: 'Chief', externalId: 'e-1' });
    server.remove('Users', id);
    expect((await client.get(`/Users/${id}`)).status).toBe(404);
    expect(server.log()).toHaveLength(2);
    server.clearLog();
    expect(server.log()).toEqual([]);
  });
});
