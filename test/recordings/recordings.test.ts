import { globSync, readFileSync } from 'node:fs';
import { isObject, type Json } from '@rollcall/scim';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../harness/send.ts';
import { startServer, type TestServer } from '../harness/server.ts';
import { textAt, valueAt } from '../harness/value-at.ts';
import { fill } from './fill.ts';
import { matched } from './matched.ts';
import { type Recording, readRecording, type Step } from './recording.ts';

const folder = new URL('./', import.meta.url);
const files = globSync('*/*.json', { cwd: folder }).toSorted();

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe('clients, request by request', () => {
  it('has recordings of all six', () => {
    const clients = new Set(files.map((file) => file.split('/')[0]));
    expect([...clients]).toEqual(['authentik', 'connid', 'entra', 'keycloak', 'okta', 'onelogin']);
  });

  for (const file of files) {
    const recording = readRecording(readFileSync(new URL(file, folder), 'utf8'));
    it(`${file}: ${recording.name}`, () => play(recording));
  }
});

/** Plays a flow on an identity server of its own and compares each answer as a whole. */
async function play({ settings, headers, steps }: Recording): Promise<void> {
  const client = await server.identityServer({ settings });
  const known = new Map([['baseUrl', client.baseUrl]]);
  for (const [index, step] of steps.entries()) {
    const filled = fill(step, known);
    const answer = await client.request(filled.method, filled.path, filled.body, { ...headers, ...filled.headers });
    for (const [name, path] of Object.entries(step.save ?? {})) known.set(name, textAt(answer.body, path));
    compare(answer, fill(step, known).expect, `step ${index + 1}: ${filled.method} ${filled.path}`);
  }
}

function compare(answer: Answer, expected: Step['expect'], where: string): void {
  const got = { status: answer.status, body: matched(answer.body, expected.body) };
  expect(got, where).toEqual({ status: expected.status, body: expected.body });
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    expect(matched(answer.headers[name] as Json, value), `${where}, header ${name}`).toBe(value);
  }
  checkEnvelope(answer, where);
}

/** What holds for every answer: its media type, and headers that say the same as the body. */
function checkEnvelope({ status, headers, body }: Answer, where: string): void {
  if (body === null) return;
  expect(headers['content-type'], where).toBe('application/scim+json');
  if (status >= 400) expect(valueAt(body, '$.status'), where).toBe(String(status));
  const meta = valueAt(body, '$.meta');
  if (!isObject(meta) || meta.version === undefined) return;
  expect({ etag: headers.etag, location: headers.location }, where).toEqual({
    etag: meta.version,
    location: meta.location,
  });
}
