import { isArray, isObject, type Json, type JsonObject } from '@rollcall/scim';
import { changeListSchema, type ImportReport, importReportSchema } from '@rollcall/server/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administer } from '../harness/admin.ts';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { startServer, type TestServer } from '../harness/server.ts';
import { textAt } from '../harness/value-at.ts';
import { type Company, dismiss, makeCompany, step, toGroupsCsv, toPeopleCsv } from '../people/company.ts';
import { directoryOf, expectedDirectory } from '../people/directory.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

interface Files {
  readonly people: string;
  readonly groups?: string;
  readonly options?: JsonObject;
}

async function importInto(hr: TestIdentityServer, { people, groups, options = {} }: Files): Promise<ImportReport> {
  const body = {
    people: { name: 'people.csv', text: people },
    ...(groups === undefined ? {} : { groups: { name: 'groups.csv', text: groups } }),
    ...options,
  };
  const answer = await administer(server.admin, 'POST', `/identity-servers/${hr.slug}/import`, body);
  return importReportSchema.parse(answer.body);
}

const importCompany = (hr: TestIdentityServer, company: Company, options: JsonObject = {}) =>
  importInto(hr, { people: toPeopleCsv(company), groups: toGroupsCsv(company), options });

async function all(hr: TestIdentityServer, endpoint: string): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for (let startIndex = 1; ; startIndex = found.length + 1) {
    const { body } = await hr.get(`${endpoint}?count=1000&startIndex=${startIndex}`);
    const page = isObject(body) && isArray(body.Resources) ? body.Resources.filter((one: Json) => isObject(one)) : [];
    if (page.length === 0) return found;
    found.push(...page);
  }
}

const directory = async (hr: TestIdentityServer) => directoryOf(await all(hr, '/Users'), await all(hr, '/Groups'));

/** Position of the newest change: an import that writes nothing leaves it where it was. */
async function newestChange(hr: TestIdentityServer): Promise<number> {
  for (let after = 0; ; ) {
    const { body } = await administer(
      server.admin,
      'GET',
      `/identity-servers/${hr.slug}/changes?limit=1000&after=${after}`,
    );
    const { changes, next } = changeListSchema.parse(body);
    if (changes.length === 0) return after;
    after = next;
  }
}

const nothing = { created: 0, changed: 0, disabled: 0, deleted: 0 };

describe('2,000 awkward people and 60 groups', () => {
  const company = makeCompany({ people: 2000, groups: 60, seed: 11 });
  let hr: TestIdentityServer;
  beforeAll(async () => {
    hr = await server.identityServer();
  });

  it('arrive as their files say: users, groups, memberships and managers', { timeout: 60_000 }, async () => {
    const report = await importCompany(hr, company);
    expect({ blocked: report.blocked, refused: report.refused, warnings: report.warnings }).toEqual({
      blocked: [],
      refused: [],
      warnings: [],
    });
    expect(report.users).toEqual({ ...nothing, created: 2000, unchanged: 0 });
    expect(report.groups).toEqual({ created: 60, changed: 0, unchanged: 0 });
    expect(await directory(hr)).toEqual(expectedDirectory(company));
  });

  it('are left alone by the same files: nothing is written', async () => {
    const before = await newestChange(hr);
    const report = await importCompany(hr, company);
    expect(report.users).toEqual({ ...nothing, unchanged: 2000 });
    expect(report.groups).toEqual({ created: 0, changed: 0, unchanged: 60 });
    expect(report.memberships).toEqual({ added: 0, removed: 0 });
    expect(await newestChange(hr)).toBe(before);
  });

  it('join, move, leave, come back and are renamed', { timeout: 60_000 }, async () => {
    const later = step(company, 25);
    const report = await importCompany(hr, later);
    expect(report.refused).toEqual([]);
    expect(report.users.created).toBe(25);
    expect(report.users.disabled).toBeGreaterThan(0);
    expect(await directory(hr)).toEqual(expectedDirectory(later));
    const gone = dismiss(later, 8);
    const dry = await importCompany(hr, gone, { missing: 'delete', dryRun: true });
    expect([dry.blocked, dry.users.deleted]).toEqual([[], 8]);
    expect(await directory(hr)).toEqual(expectedDirectory(later));
    const removal = await importCompany(hr, gone, { missing: 'delete' });
    expect([removal.blocked, removal.users.deleted]).toEqual([[], 8]);
    expect(await directory(hr)).toEqual(expectedDirectory(gone));
  });
});

describe('a file that looks wrong', () => {
  const company = makeCompany({ people: 60, groups: 8, seed: 3 });
  const people = toPeopleCsv(company);
  const groups = toGroupsCsv(company);
  const half = people.slice(0, people.length / 2);
  const headerOnly = `${people.split('\r\n')[0]}\r\n`;
  const leaver = (csv: string) => csv.replace(/,true,/, ',false,');

  const cutGroups = `${groups.split('\r\n').slice(0, -10).join('\r\n')}\r\nHalf a ro`;
  const emptied = groups.replaceAll(/,[eg]-\d+\r|,[^,\r\n]*@[^,\r\n]*\r/g, ',\r');
  const first = (count: number) => toPeopleCsv({ ...company, people: company.people.slice(0, count) });

  it.each<[string, RegExp, Files]>([
    ['empty', /holds nobody/, { people: '' }],
    ['empty but for its header', /holds nobody/, { people: headerOnly, options: { missing: 'delete' } }],
    ['cut in the middle of a row', /looks cut/, { people: leaver(half) }],
    ['cut in half', /25 people where the directory has 60/, { people: first(25), options: { missing: 'disable' } }],
    ['full of leavers', /would be disabled/, { people: people.replaceAll(/,("?)true\1,/g, ',false,') }],
    ['a mass dismissal', /15 of 60 people/, { people: first(45), options: { missing: 'delete' } }],
    ['of groups that are all empty', /memberships .* would end/, { people, groups: emptied }],
    ['of groups, cut', /looks cut: groups.csv/, { people, groups: cutGroups }],
  ])('changes nothing when it is %s, unless that is allowed by number', async (_what, reason, files) => {
    const hr = await server.identityServer();
    await importCompany(hr, company);
    const before = await newestChange(hr);
    const report = await importInto(hr, files);
    expect(report.blocked.join(' ')).toMatch(reason);
    expect(await newestChange(hr)).toBe(before);
    expect(await directory(hr)).toEqual(expectedDirectory(company));
    if (report.users.disabled + report.users.deleted + report.memberships.removed === 0) return;
    const allowed = await importInto(hr, { ...files, options: { ...files.options, allowRemovals: 10_000 } });
    expect([allowed.blocked, (await newestChange(hr)) > before]).toEqual([[], true]);
  });

  it.each([
    ['a web page', '<html>\n<body>\n</body>', /neither a userName nor an externalId/],
    ['UTF-16 that was read as UTF-8', 'u\0s\0e\0r\0', /save it as UTF-8/],
    ['without closing its quotes well', 'userName,title\n"a"b,c\n', /is not CSV/],
  ])('is refused at once when it is %s', async (_what, text, reason) => {
    const hr = await server.identityServer();
    const body = { people: { name: 'people.csv', text } };
    const answer = await server.admin('POST', `/identity-servers/${hr.slug}/import`, body);
    expect([answer.status, textAt(answer.body, '$.detail')]).toEqual([400, expect.stringMatching(reason)]);
  });
});

describe('an import', () => {
  it('writes nothing when it is a dry run, and says what it would do', async () => {
    const hr = await server.identityServer();
    const company = makeCompany({ people: 30, groups: 5, seed: 4 });
    const report = await importCompany(hr, company, { dryRun: true });
    expect([report.dryRun, report.users.created, report.groups.created]).toEqual([true, 30, 5]);
    expect(report.changes).toHaveLength(35);
    expect([await newestChange(hr), await directory(hr)]).toEqual([0, directoryOf([], [])]);
  });

  it('fills a strict identity server just as well', async () => {
    const hr = await server.identityServer({ compatibility: 'strict' });
    const company = makeCompany({ people: 120, groups: 6, seed: 8 });
    expect((await importCompany(hr, company)).refused).toEqual([]);
    expect(await directory(hr)).toEqual(expectedDirectory(company));
    const later = step(company, 4);
    expect((await importCompany(hr, later)).refused).toEqual([]);
    expect(await directory(hr)).toEqual(expectedDirectory(later));
  });

  it('passes user names on along a chain', async () => {
    const hr = await server.identityServer();
    await importInto(hr, { people: 'externalId,userName\n1,a\n2,b\n3,c\n' });
    const report = await importInto(hr, { people: 'externalId,userName\n4,a\n1,b\n2,c\n3,d\n' });
    expect([report.refused, report.users]).toEqual([[], { ...nothing, created: 1, changed: 3, unchanged: 0 }]);
    expect((await directory(hr)).users.map((user) => user.userName)).toEqual(['b', 'c', 'd', 'a']);
  });

  it('keeps the attributes that the file has no column for', async () => {
    const hr = await server.identityServer();
    const id = await hr.user({ userName: 'ann', nickName: 'Annie', emails: [{ value: 'h@x', type: 'home' }] });
    const report = await importInto(hr, { people: 'userName,externalId,email\nann,e-1,w@x\n' });
    expect(report.users).toEqual({ ...nothing, changed: 1, unchanged: 0 });
    expect((await hr.get(`/Users/${id}`)).body).toMatchObject({
      externalId: 'e-1',
      nickName: 'Annie',
      emails: [
        { value: 'h@x', type: 'home' },
        { value: 'w@x', type: 'work' },
      ],
    });
  });

  it('refuses a bad row and takes the others', async () => {
    const hr = await server.identityServer();
    const report = await importInto(hr, { people: 'userName,active\na,true\nb,perhaps\nc,false\n' });
    expect(report.users.created).toBe(2);
    expect(report.refused).toEqual([{ file: 'people.csv', line: 3, reason: expect.stringContaining('active') }]);
  });

  it('takes what another identity server lists, as JSON lines', async () => {
    const [from, to] = [await server.identityServer(), await server.identityServer()];
    const company = makeCompany({ people: 40, groups: 6, seed: 9 });
    await importCompany(from, company);
    const lines = async (endpoint: string) => (await all(from, endpoint)).map((one) => JSON.stringify(one)).join('\n');
    const people = { name: 'people.jsonl', text: await lines('/Users') };
    const groups = { name: 'groups.jsonl', text: await lines('/Groups') };
    const body = { people, groups };
    const answer = await administer(server.admin, 'POST', `/identity-servers/${to.slug}/import`, body);
    expect(importReportSchema.parse(answer.body)).toMatchObject({ refused: [], warnings: [] });
    expect(await directory(to)).toEqual(expectedDirectory(company));
  });

  it('waits for no other into the same directory: the second is refused', async () => {
    const hr = await server.identityServer();
    const company = makeCompany({ people: 200, groups: 5, seed: 10 });
    const body = { people: { name: 'people.csv', text: toPeopleCsv(company) } };
    const path = `/identity-servers/${hr.slug}/import`;
    const answers = await Promise.all([server.admin('POST', path, body), server.admin('POST', path, body)]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409]);
    expect((await directory(hr)).users).toHaveLength(200);
  });
});
