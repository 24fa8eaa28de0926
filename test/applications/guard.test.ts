import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../harness/server.ts';
import { type SmtpCollector, startSmtp } from '../targets/smtp.ts';
import { type GuardBench, type GuardBenchOptions, guardBench, NOTIFIED } from './guard-bench.ts';

let server: TestServer;
let smtp: SmtpCollector;
const benches: GuardBench[] = [];

beforeAll(async () => {
  smtp = await startSmtp();
  server = await startServer({
    config: { smtpUrl: `smtp://${smtp.host}:${smtp.port}`, smtpFrom: 'rollcall@acme.example' },
  });
});
beforeEach(() => smtp.clear());
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});
afterAll(async () => {
  await server.stop();
  await smtp.close();
});

async function makeBench(options: Partial<GuardBenchOptions> = {}): Promise<GuardBench> {
  const made = await guardBench(server, {
    people: 60,
    leaving: 'disable',
    guard: { number: 10, percent: null },
    ...options,
  });
  benches.push(made);
  made.target.server.clearLog();
  return made;
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);
const removalsAt = ({ target }: GuardBench) =>
  target.server.log().filter(({ method }) => method === 'PATCH' || method === 'PUT' || method === 'DELETE');

describe('a file that is not what it should be', () => {
  it('takes nobody away: empty, half, or cut in its middle', async () => {
    const bench = await makeBench();
    const half = await bench.importOnly(range(0, 25), { missing: 'delete' });
    const none = await bench.importOnly([], { missing: 'delete' });
    const cut = await bench.importText('externalId,userName\r\np0,p0@acme.example\r\np1,"p1@ac', { missing: 'delete' });
    for (const report of [half, none, cut]) expect(report.blocked).not.toEqual([]);
    await bench.hr.user();
    await bench.until(async () => (await bench.active()) === 61);
    expect(removalsAt(bench)).toEqual([]);
    expect(await bench.staged()).toEqual([]);
  });
});

/** Mails about held removals; another test's good news may still be on its way. */
const heldMails = () => smtp.mails().filter(({ subject }) => subject.includes('wait for your decision'));

describe.each(['disable', 'delete'] as const)('an import that says of many to %s them', (leaving) => {
  it('reaches the target with no removal, holds all of them, and sends one mail that says so', async () => {
    const bench = await makeBench({ leaving });
    const report = await bench.importOnly(range(30, 60), { missing: leaving, allowRemovals: 30 });
    expect([report.blocked, report.users.disabled + report.users.deleted]).toEqual([[], 30]);
    const status = await bench.until(({ staged, quarantine }) => staged === 30 && quarantine !== null);
    expect(status.quarantine).toMatchObject({ reason: 'TooManyDeletes', holds: 'removals' });
    expect(removalsAt(bench)).toEqual([]);
    const staged = await bench.staged();
    expect(staged.map(({ label }) => label).sort()).toEqual(bench.userNames.slice(0, 30).sort());
    expect(staged.every(({ action }) => action === leaving)).toBe(true);
    await expect.poll(() => heldMails().length).toBe(1);
    const [mail] = heldMails();
    expect(mail?.envelope).toEqual({ from: 'rollcall@acme.example', to: [NOTIFIED] });
    expect(mail?.subject).toContain('30 removals wait for your decision');
    expect(mail?.text).toContain(`rollcall application staged ${bench.application.slug}`);
    // All else goes on.
    await bench.hr.user({ userName: 'joiner@acme.example' });
    await bench.until(async () => (await bench.target.users()).some(({ userName }) => userName.startsWith('joiner')));
    expect(removalsAt(bench)).toEqual([]);
    expect(heldMails()).toHaveLength(1);
  });

  it('is carried out as far as it is allowed, one by one and then all; what was rejected stays', async () => {
    const bench = await makeBench({ leaving });
    await bench.importOnly(range(30, 60), { missing: leaving, allowRemovals: 30 });
    await bench.until(({ staged }) => staged === 30);
    expect(await bench.decide('allow', ['user:p3@acme.example'])).toEqual({ decided: 1, waiting: 29 });
    await bench.until(async () => (await bench.active()) === 59);
    expect(removalsAt(bench)).toHaveLength(1);
    expect(await bench.decide('reject', ['user:p4@acme.example', 'user:p5@acme.example'])).toEqual({
      decided: 2,
      waiting: 27,
    });
    expect(await bench.decide('allow')).toEqual({ decided: 27, waiting: 0 });
    const status = await bench.until(async ({ quarantine }) => quarantine === null && (await bench.active()) === 32);
    expect(status.staged).toBe(0);
    const kept = (await bench.target.users()).filter(({ active }) => active).map(({ userName }) => userName);
    expect(kept).toEqual(expect.arrayContaining(['p4@acme.example', 'p5@acme.example']));
    expect((await bench.staged('rejected')).map(({ label }) => label).sort()).toEqual([
      'p4@acme.example',
      'p5@acme.example',
    ]);
    await bench.application.restart(['watermark']);
    await bench.until(({ lastCycles }) => lastCycles[0]?.kind === 'initial' && lastCycles[0].counts.seen > 0);
    expect(await bench.active()).toBe(32);
  });

  it('leaves everybody where all of it is rejected', async () => {
    const bench = await makeBench({ leaving });
    await bench.importOnly(range(30, 60), { missing: leaving, allowRemovals: 30 });
    await bench.until(({ staged }) => staged === 30);
    expect(await bench.decide('reject')).toEqual({ decided: 30, waiting: 0 });
    await bench.until(({ quarantine }) => quarantine === null);
    expect(await bench.active()).toBe(60);
    expect(removalsAt(bench)).toEqual([]);
    const subjects = (await smtp.received(2)).map(({ subject }) => subject);
    // They leave one after the other, on connections of their own.
    expect(subjects.toSorted()).toEqual([
      expect.stringContaining('30 removals wait for your decision'),
      expect.stringContaining('provisioning works again'),
    ]);
  });
});

describe('removals one by one', () => {
  it('pass up to the number, and not beyond', async () => {
    const bench = await makeBench({ guard: { number: 10, percent: null } });
    for (const id of bench.ids.slice(0, 14))
      await bench.hr.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false });
    await bench.until(async ({ staged }) => staged + removalsAt(bench).length === 14);
    expect(removalsAt(bench).length).toBeLessThanOrEqual(10);
    expect(await bench.active()).toBe(60 - removalsAt(bench).length);
  });

  it('pass up to the percentage, and not beyond', async () => {
    const bench = await makeBench({ leaving: 'delete', guard: { number: 1000, percent: 5 } });
    for (const id of bench.ids.slice(0, 3)) {
      await bench.hr.delete(`/Users/${id}`);
      await bench.application.steady();
    }
    expect(removalsAt(bench)).toHaveLength(3);
    for (const id of bench.ids.slice(3, 6)) await bench.hr.delete(`/Users/${id}`);
    await bench.until(({ staged }) => staged === 3);
    expect(await bench.active()).toBe(57);
  });
});

describe('a target that loses its people', () => {
  it('gets them back, and nobody is taken away for it', async () => {
    const bench = await makeBench();
    for (const user of bench.target.server.users()) bench.target.server.remove('Users', String(user.id));
    for (const id of bench.ids) await bench.hr.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Here' });
    await bench.until(async () => (await bench.active()) === 60);
    expect(await bench.staged()).toEqual([]);
  });
});
