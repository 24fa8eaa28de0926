import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../config.ts';
import { openRollcall, type Rollcall } from '../rollcall.ts';
import { databaseOf, dropDatabaseOf } from '../store/test-store.fixture.ts';

const data = mkdtempSync(join(tmpdir(), 'rollcall-reindex-'));
const BADGE = 'urn:example:params:scim:schemas:extension:badge:1.0:User';
let rollcall: Rollcall;
let url: string;

beforeAll(async () => {
  rollcall = await openRollcall(
    configSchema.parse({ data, ...(await databaseOf(data)), listen: '127.0.0.1:0', logLevel: 'silent' }),
  );
  ({ url } = await rollcall.listen());
});
afterAll(async () => {
  await rollcall.close();
  await dropDatabaseOf(data);
  rmSync(data, { recursive: true });
});

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const admin = async (method: Method, path: string, payload?: object) =>
  (await rollcall.admin.inject({ method, url: `/api/identity-servers${path}`, ...(payload && { payload }) })).json();

async function scim(method: Method, path: string, body?: object) {
  const init = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/scim+json' } };
  const answer = await fetch(`${url}/scim${path}`, { method, ...init });
  return { status: answer.status, body: JSON.parse((await answer.text()) || 'null') };
}

const open = (name: string, settings: object) => admin('POST', '', { name, slug: name, security: 'none', ...settings });

describe('changing what is unique', () => {
  it('holds older resources to a setting that is switched on, and names those that clash', async () => {
    await open('late', { uniqueGroupNames: false });
    for (const displayName of ['Staff', 'Board', 'STAFF']) await scim('POST', '/late/v2/Groups', { displayName });
    const { warnings } = await admin('PATCH', '/late', { uniqueGroupNames: true });
    expect(warnings.join()).toMatch(/Group \S+ has the displayName "STAFF" of /);
    expect(await scim('POST', '/late/v2/Groups', { displayName: 'board' })).toMatchObject({
      status: 409,
      body: { scimType: 'uniqueness' },
    });
  });

  it('lets go of values when the setting is switched off', async () => {
    await open('off', {});
    await scim('POST', '/off/v2/Groups', { displayName: 'Staff' });
    await admin('PATCH', '/off', { uniqueGroupNames: false });
    const second = await scim('POST', '/off/v2/Groups', { displayName: 'Staff' });
    expect(second.status).toBe(201);
    await admin('PATCH', '/off', { uniqueGroupNames: true });
    await scim('DELETE', `/off/v2/Groups/${second.body.id}`);
    expect((await scim('POST', '/off/v2/Groups', { displayName: 'Staff' })).status).toBe(409);
  });

  it('keeps an attribute unique over the removal and return of its schema', async () => {
    await open('badges', {});
    const schema = {
      id: BADGE,
      name: 'Badge',
      attributes: [{ name: 'code', type: 'string', caseExact: true, uniqueness: 'server' }],
    };
    const user = (userName: string) => ({ userName, [BADGE]: { code: 'B-1' } });
    await admin('POST', '/badges/definitions', schema);
    const first = await scim('POST', '/badges/v2/Users', user('ann'));
    expect((await scim('POST', '/badges/v2/Users', user('bo'))).status).toBe(409);

    await admin('DELETE', `/badges/definitions/${encodeURIComponent(BADGE)}?force=true`);
    expect((await scim('GET', `/badges/v2/Users/${first.body.id}`)).body[BADGE]).toBeUndefined();
    await scim('DELETE', `/badges/v2/Users/${first.body.id}`);
    await admin('POST', '/badges/definitions', schema);
    expect((await scim('POST', '/badges/v2/Users', user('bo'))).status).toBe(201);
  });
});
