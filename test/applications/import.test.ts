import { isArray, isObject, type Json, type JsonObject } from '@rollcall/scim';
import { type ImportReport, importReportSchema } from '@rollcall/server/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administer } from '../harness/admin.ts';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { startServer, type TestServer } from '../harness/server.ts';
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

async function newestChange(hr: TestIdentityServer): Promise<number> {
  const { body } = await administer(server.admin, 'GET', `/identity-servers/${hr.slug}/changes?limit=1000`);
  if (!isObject(body)) throw new Error('No changes');
  return Number(body.newest);
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
