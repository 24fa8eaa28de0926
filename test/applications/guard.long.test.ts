import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../harness/server.ts';
import { type SmtpCollector, startSmtp } from '../targets/smtp.ts';
import { guardBench } from './guard-bench.ts';

const REQUESTS = 1000;
const WITHIN = 60_000;
const NUMBER = 50;

let server: TestServer;
let smtp: SmtpCollector;
beforeAll(async () => {
  smtp = await startSmtp();
  server = await startServer({
    config: { smtpUrl: `smtp://${smtp.host}:${smtp.port}`, smtpFrom: 'rollcall@acme.example' },
  });
});
afterAll(async () => {
  await server.stop();
  await smtp.close();
});

/** 1,000 requests over a minute, each of which takes one person away from the directory. */
async function flood(leaving: 'disable' | 'delete'): Promise<void> {
  const bench = await guardBench(server, { people: 1200, leaving, guard: { number: NUMBER, percent: null } });
  const began = performance.now();
  for (const [index, id] of bench.ids.slice(0, REQUESTS).entries()) {
    const due = began + (index * WITHIN) / REQUESTS;
    await pause(Math.max(0, due - performance.now()));
    const answer =
      leaving === 'delete'
        ? await bench.hr.delete(`/Users/${id}`)
        : await bench.hr.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false });
    expect(answer.status).toBeLessThan(300);
  }
  const gone = async () => 1200 - (await bench.active());
  const status = await bench.until(
    async ({ staged, quarantine }) => quarantine !== null && staged + (await gone()) === REQUESTS,
  );
  expect(await gone()).toBeLessThanOrEqual(NUMBER);
  expect(await gone()).toBeGreaterThan(0);
  expect(status.quarantine?.reason).toBe('TooManyDeletes');
  const mails = smtp
    .mails()
    .filter(({ text }) => text.includes(`rollcall application staged ${bench.application.slug}\n`));
  expect(mails.length).toBeGreaterThan(0);
  expect(mails.length).toBeLessThanOrEqual(4);
  await bench.decide('allow');
  await bench.until(async ({ staged }) => staged === 0 && (await gone()) === REQUESTS);
  await bench.close();
}

describe('1,000 SCIM requests over a minute, each of which takes one person away', () => {
  it('let no more go than the guard does; the rest waits, is told of, and can be allowed', async () => {
    await Promise.all([flood('disable'), flood('delete')]);
  });
});
