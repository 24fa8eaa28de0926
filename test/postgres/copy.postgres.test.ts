import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../cli/src/program.ts';
import { temporaryDatabase } from '../../server/src/store/postgres/database.fixture.ts';
import { addApplication, type TestApplication } from '../applications/harness/application.ts';
import { feed, newestChange } from '../applications/harness/feed.ts';
import { administer } from '../harness/admin.ts';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import { makeCompany, step } from '../people/company.ts';

type Database = Awaited<ReturnType<typeof temporaryDatabase>>;

let data: string;
let database: Database;
let server: ServerProcess | undefined;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'copied-'));
  database = await temporaryDatabase();
});
afterAll(async () => {
  await server?.kill();
  await database.drop();
  await rm(data, { recursive: true, force: true });
});

interface World {
  readonly hr: TestIdentityServer;
  readonly crm: TestIdentityServer;
  readonly application: TestApplication;
}

const LONG_NAME = `${'long-'.repeat(100)}@a.example`;

async function live(running: ServerProcess): Promise<World> {
  const [hr, crm] = [await running.identityServer(), await running.identityServer()];
  const application = await addApplication(running.admin, { directory: hr.slug, url: crm.baseUrl, token: crm.token });
  const company = makeCompany({ people: 60, groups: 8, seed: 5 });
  await feed(running.admin, hr.slug, company);
  await application.start();
  await application.steady();
  await feed(running.admin, hr.slug, step(company, 3));
  const gone = await hr.user({ userName: 'gone@a.example', externalId: 'gone' });
  await hr.user({ userName: LONG_NAME, externalId: 'long' });
  await application.steady();
  await hr.delete(`/Users/${gone}`);
  await application.steady();
  return { hr, crm, application };
}

/** What identity providers are answered, then what administrators see. */
async function answers(
  running: ServerProcess,
  world: World,
  first: 'scim' | 'admin',
): Promise<Record<string, unknown>> {
  const shown: Record<string, unknown> = {};
  const scim = async () => {
    for (const one of [world.hr, world.crm]) {
      const [group] = JSON.parse((await one.get('/Groups?sortBy=displayName&count=1')).text).Resources;
      for (const path of [
        ...['/Users?count=500', '/Groups?count=100', '/Users?startIndex=20&count=7&sortBy=userName', '/Schemas'],
        ...[`/Users?filter=${encodeURIComponent(`userName eq "${LONG_NAME}"`)}`, `/Groups/${group.id}`],
        ...[`/Users?filter=${encodeURIComponent('active eq false and emails co "a"')}`, '/Users?count=0'],
        ...[`/Users?filter=${encodeURIComponent(`groups.value eq "${group.id}"`)}`],
      ]) {
        const { status, text } = await one.get(path);
        shown[`${one.slug}${path}`] = [status, text];
      }
    }
  };
  const admin = async () => {
    for (const path of [
      ...['identity-servers', 'applications', 'audit?limit=100', 'overview', 'administrators'],
      ...[world.hr, world.crm].flatMap(({ slug }) => [
        ...[`identity-servers/${slug}`, `identity-servers/${slug}/changes?limit=1000`],
        ...[`identity-servers/${slug}/log?limit=300`, `identity-servers/${slug}/definitions`],
      ]),
      ...['', '/mappings', '/log?limit=500', '/assignments', '/cycles'].map(
        (below) => `applications/${world.application.slug}${below}`,
      ),
    ]) {
      const { status, text } = await running.admin('GET', `/${path}`);
      shown[path] = [
        status,
        text.replaceAll(/"(at|lastRequestAt|nextCycleAt|nextTryAt|lastUsed)":("[^"]*"|null)/g, ''),
      ];
    }
  };
  for (const ask of first === 'scim' ? [scim, admin] : [admin, scim]) await ask();
  return shown;
}

async function copy(...flags: string[]): Promise<{ status: number; out: string; error: string }> {
  const printed = { out: '', error: '' };
  const terminal = {
    environment: { ROLLCALL_DATABASE_URL: database.url },
    directory: data,
    interactive: false,
    out: (text: string) => {
      printed.out += text;
    },
    error: (text: string) => {
      printed.error += text;
    },
    ask: async () => '',
    read: async () => '',
  };
  const status = await runProgram(['copy', '--from', `sqlite:${data}`, ...flags], terminal, async () => undefined);
  return { status, ...printed };
}

describe('rollcall copy', () => {
  it('moves a living installation into PostgreSQL, where it answers the same and goes on', {
    timeout: 120_000,
  }, async () => {
    server = await startProcess({ data });
    const { origin } = server;
    const world = await live(server);
    const before = await answers(server, world, 'scim');
    const newest = await newestChange(server.admin, world.hr.slug);

    expect(await copy()).toMatchObject({
      status: 1,
      error: expect.stringMatching(/A server uses .*\nStop the server first, then copy/),
    });
    await server.kill('SIGTERM');
    const copied = await copy();
    expect(copied).toMatchObject({ status: 0 });
    expect(copied.out).toMatch(/^resource +1\d\d +[0-9a-f]{13}$/m);
    expect(copied.out).toMatch(
      /rows\/s\)\. Counts and checksums are the same on both sides\.\nThe keys are in no database/,
    );
    expect(await copy()).toMatchObject({ status: 1, error: expect.stringContaining('Name an empty database') });

    const environment = { ROLLCALL_DATABASE_URL: database.url };
    server = await startProcess({ data, listen: new URL(origin).host, environment });
    expect(await answers(server, world, 'admin')).toEqual(before);

    await world.hr.user({ userName: 'new@a.example', externalId: 'new' });
    const path = `/identity-servers/${world.hr.slug}/changes?after=${newest}`;
    const { changes } = JSON.parse((await administer(server.admin, 'GET', path)).text);
    expect(changes).toMatchObject([{ kind: 'created', label: 'new@a.example' }]);
    const { watermark } = await world.application.steady();
    expect(watermark).toBe(changes[0].n);
    expect((await world.crm.find('/Users', 'userName eq "new@a.example"')).body).toMatchObject({ totalResults: 1 });
    expect(await world.application.failures()).toEqual([]);
  });
});
