import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultMappings } from '@rollcall/provisioning';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configSchema } from '../config.ts';
import { applicationListSchema } from '../contract/application.ts';
import { defaultSettings } from '../contract/identity-server.ts';
import { problemSchema } from '../contract/problem.ts';
import { openRollcall } from '../rollcall.ts';
import { databaseOf, dropDatabaseOf, forgetKeysOf, openTestStore } from '../store/test-store.fixture.ts';
import { defaultApplicationSettings, NEW_JOB } from './application-settings.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(`${tmpdir()}/application-removal-`);
});
afterEach(async () => {
  await dropDatabaseOf(data);
  await rm(data, { recursive: true, force: true });
});

const open = async () => openRollcall(configSchema.parse({ data, ...(await databaseOf(data)), logLevel: 'silent' }));

describe('after a restart', () => {
  it('a removal that was not finished goes on', async () => {
    const store = await openTestStore(data);
    const directory = await store.settings.addIdentityServer({
      id: 'hr',
      slug: 'hr',
      name: 'HR',
      active: true,
      isDefault: false,
      settings: defaultSettings(),
      basic: null,
      created: 1,
      modified: 1,
    });
    const application = await store.applications.add({
      id: 'gone',
      slug: 'gone',
      name: 'Gone',
      directory: directory.key,
      connection: null,
      settings: defaultApplicationSettings(1000),
      mappings: defaultMappings(),
      profile: null,
      job: NEW_JOB,
      created: 1,
      modified: 1,
    });
    await store.applications.save({ ...application, removing: true });
    await store.close();

    const rollcall = await open();
    const list = async () => {
      const answer = await rollcall.admin.inject({ method: 'GET', url: '/api/applications' });
      return applicationListSchema.parse(answer.json()).applications.length;
    };
    await expect.poll(list).toBe(0);
    await rollcall.close();
  });

  it('with other keys, the credentials have to be entered again', async () => {
    const first = await open();
    const connection = { baseUrl: 'http://127.0.0.1:1/scim', secret: 'secret' };
    const post = (path: string, payload: object) => first.admin.inject({ method: 'POST', url: `/api${path}`, payload });
    await post('/identity-servers', { name: 'hr' });
    expect((await post('/applications', { name: 'CRM', connection })).statusCode).toBe(201);
    await first.close();
    await rm(join(data, 'keys'));
    await forgetKeysOf(data);

    const second = await open();
    const answer = await second.admin.inject({ method: 'POST', url: '/api/applications/crm/test' });
    expect(problemSchema.parse(answer.json())).toMatchObject({
      status: 409,
      detail: expect.stringContaining('enter the credentials again'),
    });
    await second.close();
  });
});
