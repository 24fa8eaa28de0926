import { provisioningStatusSchema } from '@rollcall/server/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administer } from '../harness/admin.ts';
import { objectsAt } from '../harness/value-at.ts';
import { type Demo, startDemo } from './start-demo.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
}, 120_000);
afterAll(() => demo.close());

const read = async (path: string) => (await administer(demo.admin, 'GET', path)).body;
const status = async (slug: string) => provisioningStatusSchema.parse(await read(`/applications/${slug}/status`));

describe('the demo', () => {
  it('lets the administrator sign in whom it names', async () => {
    const { url, userName, password } = demo;
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ userName, password });
    const answer = await fetch(`${url}/api/session`, { method: 'POST', headers, body });
    expect([answer.status, await answer.json()]).toMatchObject([200, { person: { userName, role: 'administrator' } }]);
  });

  it('has an application that is steady, but for what somebody changed there', async () => {
    const { state, drift, links } = await status('crm');
    expect([state, drift.objects, links.groups]).toEqual(['active', 3, 20]);
  });

  it('has removals that wait for a decision', async () => {
    const { quarantine, staged } = await status('help-desk');
    expect(quarantine).toMatchObject({ reason: 'TooManyDeletes', holds: 'removals' });
    expect(staged).toBeGreaterThan(2);
  });

  it('has an application in quarantine for its credentials', async () => {
    expect((await status('intranet')).quarantine).toMatchObject({ code: 'Unauthorized', holds: 'everything' });
  });

  it('has an initial cycle under way', async () => {
    expect((await status('payroll')).running).toMatchObject({ kind: 'initial', phase: 'users' });
  });

  it('has an expired token, and requests that were refused and straightened', async () => {
    const tokens = objectsAt(await read('/identity-servers/entra/tokens'), '$.tokens');
    expect(tokens.map(({ state }) => state)).toContain('expired');
    const entries = objectsAt(await read('/identity-servers/entra/log?limit=1000'), '$.entries');
    expect(new Set(entries.map((entry) => entry.status))).toEqual(new Set([200, 201, 204, 400, 401, 404, 409]));
    expect(entries.some(({ notes }) => Array.isArray(notes) && notes.length > 0)).toBe(true);
  });
});
