import { describe, expect, it } from 'vitest';
import { ENTERPRISE, type ScimClient, scimClient } from '../harness/scim-client.ts';
import { textAt } from '../harness/value-at.ts';
import { startAwkward } from './awkward.ts';
import { awkwardForEach, MIA, references, scimType, TEAM } from './awkward-server.fixture.ts';
import type { SwitchChanges } from './awkward-switches.ts';

const awkward = awkwardForEach();
const { addMia, addUsers, found, memberIds } = awkward;

describe('a switch of the awkward server', () => {
  it('putOnly refuses PATCH with the status that is wanted', async () => {
    const path = `/Users/${addMia()}`;
    for (const putOnly of [405, 501] as const) {
      awkward.server.set({ putOnly });
      expect((await awkward.client.patch(path, { op: 'add', path: 'title', value: 'x' })).status).toBe(putOnly);
    }
    expect((await awkward.client.put(path, { ...MIA, title: 'x' })).status).toBe(200);
  });

  it('noContent answers writes with 204 and nothing else', async () => {
    awkward.server.set({ noContent: true });
    const created = await awkward.client.post('/Users', MIA);
    expect([created.status, created.text, created.headers.location]).toEqual([204, '', undefined]);
    const path = `/Users/${String(awkward.server.users()[0]?.id)}`;
    expect((await awkward.client.put(path, MIA)).status).toBe(204);
    expect((await awkward.client.patch(path, { op: 'add', path: 'title', value: 'x' })).status).toBe(204);
    expect(awkward.server.users()).toMatchObject([{ title: 'x' }]);
  });

  it('noExternalIdFilter refuses filters on externalId and no others', async () => {
    addMia();
    awkward.server.set({ noExternalIdFilter: true });
    expect(scimType(await awkward.client.find('/Users', 'externalId eq "e-1"'))).toBe('invalidFilter');
    expect(await found('userName eq "externalId"')).toBe(0);
  });

  it('ignoresFilter lists everything, noFilter nothing', async () => {
    addUsers(3);
    awkward.server.set({ ignoresFilter: true });
    expect(await found('userName eq "u1"')).toBe(3);
    awkward.server.set({ ignoresFilter: false, noFilter: true });
    expect((await awkward.client.find('/Users', 'userName eq "u1"')).status).toBe(501);
    expect((await awkward.client.get('/Users')).status).toBe(200);
  });

  it('throttle refuses every n-th request, with seconds, a date or nothing to go by', async () => {
    awkward.server.set({ throttle: { every: 2, retryAfter: 7 } });
    const answers = [
      await awkward.client.get('/Users'),
      await awkward.client.get('/Users'),
      await awkward.client.get('/Users'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 429, 200]);
    expect(answers[1]?.headers['retry-after']).toBe('7');
    awkward.server.set({ throttle: { every: 1, retryAfter: 'date', status: 503 } });
    const dated = await awkward.client.get('/Users');
    expect(dated.status).toBe(503);
    expect(Date.parse(dated.headers['retry-after'] ?? '')).toBeGreaterThan(0);
    awkward.server.set({ throttle: { every: 1, method: 'POST' } });
    const refused = await awkward.client.post('/Users', MIA);
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, undefined]);
    expect((await awkward.client.get('/Users')).status).toBe(200);
    expect(awkward.server.users()).toEqual([]);
  });

  it('dropAfterReceiving stores and breaks the connection, dropBefore only breaks it', async () => {
    awkward.server.set({ dropAfterReceiving: { at: [2] } });
    expect((await awkward.client.post('/Users', MIA)).status).toBe(201);
    await expect(awkward.client.post('/Users', { ...MIA, userName: 'second' })).rejects.toThrow();
    expect(awkward.server.users()).toHaveLength(2);
    expect(awkward.server.log().at(-1)).toMatchObject({ effect: 'created', status: undefined });
    awkward.server.set({ dropAfterReceiving: false, dropBefore: true });
    await expect(awkward.client.post('/Users', { ...MIA, userName: 'third' })).rejects.toThrow();
    expect((await awkward.client.get('/Users')).status).toBe(200);
    awkward.server.set({ dropBefore: { method: 'GET', endpoint: 'Users' } });
    await expect(awkward.client.get('/Users')).rejects.toThrow();
    expect((await awkward.client.get('/Groups')).status).toBe(200);
    expect(awkward.server.users()).toHaveLength(2);
  });

  it('failAfterStoring answers 500 to what it has done; the same requests fail for the same seed', async () => {
    awkward.server.set({ failAfterStoring: { probability: 0.5, method: 'POST' } });
    const other = await startAwkward({ token: 'secret', switches: { failAfterStoring: { probability: 0.5 } } });
    const statuses = async (of: ScimClient): Promise<number[]> => {
      const all: number[] = [];
      for (let n = 0; n < 12; n++) all.push((await of.post('/Users', { ...MIA, userName: `u${n}` })).status);
      return all;
    };
    const here = await statuses(awkward.client);
    expect(new Set(here)).toEqual(new Set([201, 500]));
    expect(await statuses(scimClient(other.url, 'secret'))).toEqual(here);
    expect(awkward.server.users()).toHaveLength(12);
    await other.close();
  });

  it('truncates cuts displayName at 20 characters', async () => {
    awkward.server.set({ truncates: true });
    const created = await awkward.client.post('/Groups', { ...TEAM, displayName: 'Finance and controlling (EMEA)' });
    expect(created.body).toMatchObject({ displayName: 'Finance and controll' });
  });

  it('maxMembers refuses a PATCH with more, and carries out nothing of it', async () => {
    const path = `/Groups/${awkward.server.add('Groups', { displayName: 'Finance' })}`;
    const ids = addUsers(101);
    awkward.server.set({ maxMembers: 100 });
    const refused = await awkward.client.patch(path, { op: 'add', path: 'members', value: references(ids) });
    expect([refused.status, scimType(refused)]).toEqual([400, 'tooMany']);
    expect(memberIds()).toBeUndefined();
    expect(
      (await awkward.client.patch(path, { op: 'add', path: 'members', value: references(ids.slice(1)) })).status,
    ).toBe(200);
    awkward.server.set({ maxMembers: { limit: 1, status: 413 } });
    const operations = ids.slice(1, 3).map((id) => ({ op: 'remove', path: `members[value eq "${id}"]` }));
    expect((await awkward.client.patch(path, ...operations)).status).toBe(413);
  });

  it('duplicatesOnReplay makes another user of the same POST, and the truth shows it', async () => {
    awkward.server.set({ duplicatesOnReplay: true });
    await awkward.client.post('/Users', MIA);
    expect(awkward.server.duplicates()).toEqual([]);
    expect((await awkward.client.post('/Users', MIA)).status).toBe(201);
    expect(awkward.server.created('Users').externalId.get('e-1')).toBe(2);
    expect(awkward.server.duplicates()).toEqual(['e-1', 'Mia@acme.example']);
    expect(await found('userName eq "mia@acme.example"')).toBe(2);
    awkward.server.remove('Users', String(awkward.server.users()[0]?.id));
    expect(awkward.server.duplicates()).toEqual([]);
    expect(awkward.server.created('Users').name.get('Mia@acme.example')).toBe(2);
  });

  it('badMembers refuses the whole PATCH that names one', async () => {
    const path = `/Groups/${awkward.server.add('Groups', { displayName: 'Finance' })}`;
    const [good = '', bad = ''] = addUsers(2);
    awkward.server.set({ badMembers: [bad] });
    const refused = await awkward.client.patch(path, { op: 'add', path: 'members', value: references([good, bad]) });
    expect(refused.status).toBe(400);
    expect(memberIds()).toBeUndefined();
    expect((await awkward.client.patch(path, { op: 'add', path: 'members', value: references([good]) })).status).toBe(
      200,
    );
  });

  it('slow answers later than it stores', async () => {
    awkward.server.set({ slow: 60_000 });
    const answer = awkward.client.post('/Users', MIA).catch(() => 'gone');
    await expect.poll(() => awkward.server.users().length).toBe(1);
    await awkward.server.close();
    expect(await answer).toBe('gone');
    awkward.server = await startAwkward();
  });

  it('slow of one method leaves the others as they are', async () => {
    awkward.server.set({ slow: { ms: 60_000, method: 'POST' } });
    const answer = awkward.client.post('/Users', MIA).catch(() => 'gone');
    await expect.poll(() => awkward.server.users().length).toBe(1);
    expect((await awkward.client.get('/Users')).status).toBe(200);
    await awkward.server.close();
    expect(await answer).toBe('gone');
    awkward.server = await startAwkward();
  });

  it('strictNoTarget refuses a replace of an element that is not there', async () => {
    const path = `/Users/${addMia()}`;
    awkward.server.set({ strictNoTarget: true });
    const operation = { path: 'emails[type eq "work"].value', value: 'w@x.example' };
    expect(scimType(await awkward.client.patch(path, { op: 'replace', ...operation }))).toBe('noTarget');
    expect((await awkward.client.patch(path, { op: 'add', ...operation })).status).toBe(200);
    expect((await awkward.client.patch(path, { op: 'replace', ...operation })).status).toBe(200);
  });

  it('noGroups knows no groups', async () => {
    for (const noGroups of [404, 501] as const) {
      awkward.server.set({ noGroups });
      expect((await awkward.client.get('/Groups')).status).toBe(noGroups);
      expect((await awkward.client.post('/Groups', TEAM)).status).toBe(noGroups);
    }
    expect((await awkward.client.get('/Users')).status).toBe(200);
  });

  it('rejectsUnknown refuses attributes that RFC 7643 does not define', async () => {
    awkward.server.set({ rejectsUnknown: true });
    expect((await awkward.client.post('/Users', { ...MIA, shoeSize: 43 })).status).toBe(400);
    expect((await awkward.client.post('/Users', { ...MIA, [ENTERPRISE]: { shoeSize: 43 } })).status).toBe(400);
    const created = await awkward.client.post('/Users', { ...MIA, [ENTERPRISE]: { department: 'Ops' } });
    expect(created.status).toBe(201);
    const path = `/Users/${textAt(created.body, '$.id')}`;
    expect((await awkward.client.patch(path, { op: 'add', path: 'shoeSize', value: 43 })).status).toBe(400);
    awkward.server.set({ rejectsUnknown: false });
    expect((await awkward.client.patch(path, { op: 'add', path: 'shoeSize', value: 43 })).status).toBe(200);
  });

  it('hidesInactive shows no inactive users, whose userName stays taken', async () => {
    const id = addMia();
    awkward.server.set({ hidesInactive: true });
    await awkward.client.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false });
    expect((await awkward.client.get(`/Users/${id}`)).status).toBe(404);
    expect(await found('externalId eq "e-1"')).toBe(0);
    expect((await awkward.client.post('/Users', MIA)).status).toBe(409);
    expect(awkward.server.users()).toHaveLength(1);
    expect((await awkward.client.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: true })).status).toBe(
      200,
    );
    expect((await awkward.client.get(`/Users/${id}`)).status).toBe(200);
  });

  it('pageSize keeps pages short', async () => {
    addUsers(3);
    awkward.server.set({ pageSize: 2 });
    expect((await awkward.client.get('/Users?count=100')).body).toMatchObject({ totalResults: 3, itemsPerPage: 2 });
  });

  it('caseSensitiveUserName tells Mia from mia', async () => {
    awkward.server.set({ caseSensitiveUserName: true });
    await awkward.client.post('/Users', MIA);
    expect(await found('userName eq "mia@acme.example"')).toBe(0);
    expect((await awkward.client.post('/Users', { ...MIA, userName: 'mia@acme.example' })).status).toBe(201);
  });

  it('lowerCases answers userName in lower case', async () => {
    awkward.server.set({ lowerCases: true });
    expect((await awkward.client.post('/Users', MIA)).body).toMatchObject({ userName: 'mia@acme.example' });
    expect(awkward.server.duplicates()).toEqual([]);
  });

  it('noMembersInGet answers no members, though they are stored', async () => {
    const group = awkward.server.add('Groups', { displayName: 'Finance', members: references(addUsers(1)) });
    awkward.server.set({ noMembersInGet: true });
    expect((await awkward.client.get(`/Groups/${group}`)).body).not.toHaveProperty('members');
    expect(memberIds()).toHaveLength(1);
  });

  it('refusesToken and loginPage let nobody in', async () => {
    awkward.server.set({ refusesToken: true });
    expect((await awkward.client.get('/Users')).status).toBe(401);
    awkward.server.set({ refusesToken: false, loginPage: true });
    const page = await awkward.client.get('/Users');
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('goes together with others, and all go off at once', async () => {
    const together: SwitchChanges = { noContent: true, duplicatesOnReplay: true, lowerCases: true, pageSize: 1 };
    awkward.server.set(together);
    await awkward.client.post('/Users', MIA);
    await awkward.client.post('/Users', MIA);
    expect((await awkward.client.get('/Users')).body).toMatchObject({ totalResults: 2, itemsPerPage: 1 });
    awkward.server.behave();
    expect((await awkward.client.post('/Users', MIA)).status).toBe(409);
    expect((await awkward.client.get('/Users')).body).toMatchObject({ itemsPerPage: 2 });
  });
});

describe('what the awkward server was told by others', () => {
  it('is changed behind the client’s back and not logged', async () => {
    const id = addMia();
    awkward.server.change('Users', id, { title: 'Chief' });
    expect((await awkward.client.get(`/Users/${id}`)).body).toMatchObject({ title: 'Chief', externalId: 'e-1' });
    awkward.server.remove('Users', id);
    expect((await awkward.client.get(`/Users/${id}`)).status).toBe(404);
    expect(awkward.server.log()).toHaveLength(2);
    awkward.server.clearLog();
    expect(awkward.server.log()).toEqual([]);
  });
});
