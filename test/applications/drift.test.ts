import { driftListSchema } from '@rollcall/server/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administer } from '../harness/admin.ts';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { startServer, type TestServer } from '../harness/server.ts';
import { type AwkwardTarget, awkwardTarget } from '../targets/target.ts';
import { addApplication, type TestApplication } from './harness/application.ts';

let server: TestServer;
let hr: TestIdentityServer;
let target: AwkwardTarget;
let application: TestApplication;
let berta: string;

beforeAll(async () => {
  server = await startServer();
  hr = await server.identityServer();
  target = await awkwardTarget({ token: 'secret' });
  for (const userName of ['anna', 'carla']) await hr.user({ userName, title: 'Analyst' });
  berta = await hr.user({ userName: 'berta', title: 'Analyst' });
  application = await addApplication(server.admin, { directory: hr.slug, url: target.url, token: target.token });
  await application.start();
  await application.steady();
});

afterAll(async () => {
  await server.stop();
  await target.close();
});

const drift = async (below = '', method: 'GET' | 'POST' | 'PUT' = 'GET', body?: Parameters<typeof administer>[3]) =>
  (await administer(server.admin, method, `/applications/${application.slug}/drift${below}`, body)).body;
const check = async () => driftListSchema.parse(await drift('/check', 'POST', {}));
const idOf = (name: string): string => {
  const user = target.server.users().find(({ userName }) => userName === name);
  return String(user?.id);
};
const titleOf = (name: string) => target.server.users().find(({ userName }) => userName === name)?.title;
const changeTitle = (name: string, title: string) => target.server.change('Users', idOf(name), { title });
const differing = async () => (await check()).drift.map(({ label, path, found }) => [label, path, found]);

describe('what somebody else changed in a target', () => {
  it('is found by reading alone, and reported', async () => {
    expect(await differing()).toEqual([]);
    changeTitle('anna', 'Queen');
    target.server.clearLog();
    expect(await differing()).toEqual([['anna', 'title', 'Queen']]);
    expect(target.server.log().map(({ method }) => method)).not.toContain('PATCH');
    expect(new Set(target.server.log().map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('is put right by push', async () => {
    await drift('/decide', 'POST', { decision: 'push', objects: ['user:anna'] });
    expect(titleOf('anna')).toBe('Analyst');
    expect(await differing()).toEqual([]);
  });

  it('stays with accept, until the directory has another value', async () => {
    changeTitle('berta', 'Duchess');
    expect(await differing()).toEqual([['berta', 'title', 'Duchess']]);
    await drift('/decide', 'POST', { decision: 'accept', objects: ['user:berta'], attribute: 'title' });
    expect(await differing()).toEqual([]);
    expect(titleOf('berta')).toBe('Duchess');
    await hr.patch(`/Users/${berta}`, { op: 'replace', path: 'title', value: 'Boss' });
    await expect.poll(() => titleOf('berta'), { timeout: 10_000 }).toBe('Boss');
  });

  it('is silent where an attribute is ignored', async () => {
    changeTitle('carla', 'Countess');
    await drift('/rules', 'PUT', { path: 'title', rule: 'ignore' });
    expect(await differing()).toEqual([]);
    await drift('/rules', 'PUT', { path: 'title', rule: 'report' });
    expect(await differing()).toEqual([['carla', 'title', 'Countess']]);
  });

  it('is a missing object too, which only push makes again', async () => {
    target.server.remove('Users', idOf('carla'));
    expect((await check()).drift.map(({ label, kind }) => [label, kind])).toEqual([['carla', 'missing']]);
    await drift('/decide', 'POST', { decision: 'push', objects: ['user:carla'] });
    expect(titleOf('carla')).toBe('Analyst');
  });
});
