import { expect } from 'vitest';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { inParallel } from '../harness/pool.ts';
import { type Answer, send } from '../harness/send.ts';
import type { TestServer } from '../harness/server.ts';
import { textAt } from '../harness/value-at.ts';
import { FUZZ_EXTENSION, REQUIRED_EXTENSION } from './make/extension.ts';
import { type FuzzRequest, type Known, randomRequest } from './request.ts';
import { randomOf } from './seed.ts';
import { verdict } from './verdict.ts';

const CLIENTS = 16;

interface Target {
  readonly server: TestIdentityServer;
  readonly known: Known;
}

async function openTarget(server: TestServer, compatibility: 'tolerant' | 'strict'): Promise<Target> {
  const target = await server.identityServer({
    compatibility,
    definitions: [FUZZ_EXTENSION, REQUIRED_EXTENSION].map((schema) => ({ resourceType: 'User', schema })),
  });
  const User: string[] = [];
  for (let index = 0; index < 20; index++) User.push(await target.user());
  const Group = [await target.group('One', User.slice(0, 5)), await target.group('Two'), await target.group('Three')];
  return { server: target, known: { User, Group } };
}

function exchange({ server }: Target, request: FuzzRequest): Promise<Answer> {
  const { origin, pathname } = new URL(server.baseUrl);
  return send(
    { origin },
    {
      method: request.method,
      path: pathname + request.path,
      headers: { ...request.headers, authorization: `Bearer ${server.token}` },
      body: request.body,
    },
  );
}

/** What JavaScript itself gives every object: a polluted prototype has more. */
const builtIn = () => [Object, Array, String, Number, Function, Map].map((type) => Reflect.ownKeys(type.prototype));

/** Sends `cases` random requests to identity servers of both kinds. Returns how often each status was answered. */
export async function fuzzServer(server: TestServer, cases: number, seed: number): Promise<Record<string, number>> {
  const before = builtIn();
  const targets = [await openTarget(server, 'tolerant'), await openTarget(server, 'strict')] as const;
  const statuses: Record<string, number> = {};
  const mistakes: string[] = [];
  let next = 0;
  await inParallel(CLIENTS, async () => {
    const index = next++;
    if (index >= cases || mistakes.length >= 10) return false;
    const random = randomOf(seed, index);
    const target = targets[index % 2 === 0 ? 0 : 1];
    const request = randomRequest(random, target.known);
    const answer = await exchange(target, request);
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    const wrong = verdict(answer, request.method);
    if (wrong !== undefined) {
      const sent = `${request.method} ${request.path.slice(0, 500)} ${request.body?.toString('utf8').slice(0, 1500) ?? ''}`;
      mistakes.push(`SEED=${seed} case ${index}: ${wrong}\n${sent}\n→ ${answer.text.slice(0, 500)}`);
    }
    return true;
  });
  expect(mistakes).toEqual([]);
  expect(builtIn()).toEqual(before);
  for (const { server: target } of targets) await readEverything(target);
  return statuses;
}

/** Whatever was stored can be read again, page by page, and the server still takes a plain user. */
async function readEverything(server: TestIdentityServer): Promise<void> {
  for (const endpoint of ['/Users', '/Groups']) {
    let cursor = '';
    for (;;) {
      const answer = await server.get(`${endpoint}?count=200&cursor=${encodeURIComponent(cursor)}`);
      expect(answer.status, answer.text.slice(0, 500)).toBe(200);
      if (!answer.text.includes('"nextCursor"')) break;
      cursor = textAt(answer.body, '$.nextCursor');
    }
  }
  expect((await server.get(`/Users/${await server.user()}`)).status).toBe(200);
}
