import { isArray, isObject, type Json, type JsonObject } from '@rollcall/scim';
import { changeListSchema, importReportSchema } from '@rollcall/server/contract';
import { type Admin, administer } from '../../harness/admin.ts';
import type { TestIdentityServer } from '../../harness/identity-server.ts';
import { type Company, toGroupsCsv, toPeopleCsv } from '../../people/company.ts';
import { directoryOf, type PlainDirectory } from '../../people/directory.ts';

/** Imports a company into a directory. Throws when anything of it was blocked or refused. */
export async function feed(
  admin: Admin,
  directory: string,
  company: Company,
  missing: 'leave' | 'delete' = 'leave',
): Promise<void> {
  const body = {
    people: { name: 'people.csv', text: toPeopleCsv(company) },
    groups: { name: 'groups.csv', text: toGroupsCsv(company) },
    missing,
  };
  const answer = await administer(admin, 'POST', `/identity-servers/${directory}/import`, body);
  const { blocked, refused } = importReportSchema.parse(answer.body);
  if (blocked.length + refused.length > 0) throw new Error(JSON.stringify({ blocked, refused }));
}

/** Position of a directory's newest change. */
export async function newestChange(admin: Admin, directory: string, from = 0): Promise<number> {
  for (let after = from; ; ) {
    const path = `/identity-servers/${directory}/changes?limit=1000&after=${after}`;
    const { changes, next } = changeListSchema.parse((await administer(admin, 'GET', path)).body);
    if (changes.length === 0) return after;
    after = next;
  }
}

/** All that an identity server holds, as plain data. */
export async function plainDirectory(server: TestIdentityServer): Promise<PlainDirectory> {
  return directoryOf(await allResources(server, '/Users'), await allResources(server, '/Groups'));
}

/** Users or groups (`/Users`, `/Groups`) in the order of the server. */
export async function allResources(server: TestIdentityServer, endpoint: string): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for (;;) {
    const { body } = await server.get(`${endpoint}?count=1000&startIndex=${found.length + 1}`);
    const page = isObject(body) && isArray(body.Resources) ? body.Resources.filter((one: Json) => isObject(one)) : [];
    if (page.length === 0) return found;
    found.push(...page);
  }
}
