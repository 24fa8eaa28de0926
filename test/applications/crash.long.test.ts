import { setTimeout as pause } from 'node:timers/promises';
import { stagedListSchema } from '@rollcall/server/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administer } from '../harness/admin.ts';
import { createRandom } from '../harness/random.ts';
import { type CrashBench, crashBench } from './crash-bench.ts';
import { CHANGES, dieAt, prepare } from './crash-changes.ts';
import type { Moment, Verb } from './crash-proxy.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 20);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const MOMENTS: readonly (Moment | 'beforeIntent')[] = [
  'beforeIntent',
  'beforeCall',
  'afterReceiving',
  'afterAnswer',
  'afterOutcome',
];
const DIES_WITHIN = 20_000;
async function dieAtAny(bench: CrashBench, verb: Verb, moment: (typeof MOMENTS)[number]): Promise<void> {
  const kill = () => bench.rollcall.kill('SIGKILL');
  if (moment !== 'beforeIntent') return dieAt(bench, verb, moment, kill);
  await CHANGES[verb](bench, 0);
  await kill();
}

const VERBS = {
  disable: ['create', 'update', 'disable', 'deleteGroup', 'memberAdd', 'memberRemove'],
  delete: ['deleteUser'],
} as const;

describe.each(['disable', 'delete'] as const)('SIGKILL where leaving means to %s', (leaving) => {
  let bench: CrashBench;
  beforeAll(async () => {
    bench = await crashBench(leaving);
  });
  afterAll(() => bench.close());

  for (const verb of VERBS[leaving]) {
    for (const moment of MOMENTS) {
      it(`${moment} of ${verb} leaves nothing double, nothing missing and nothing deleted that was not meant`, async () => {
        await prepare(bench);
        await dieAtAny(bench, verb, moment);
        bench.proxy.disarm();
        await bench.rollcall.start();
        expect(await bench.inspect()).toEqual([]);
      });
    }
  }
});

describe('SIGKILL at random', () => {
  let bench: CrashBench;
  beforeAll(async () => {
    console.log(`SEED=${SEED} ROUNDS=${ROUNDS}`);
    bench = await crashBench('disable');
  });
  afterAll(() => bench.close());

  it.each([
    ['a target that works', false, ROUNDS],
    ['a target that loses answers', true, Math.ceil(ROUNDS / 2)],
  ])(`leaves all as it should be at %s`, { timeout: 60_000 + ROUNDS * 20_000 }, async (_name, isDisturbed, rounds) => {
    const random = createRandom(SEED);
    const verbs = ['create', 'create', 'update', 'disable', 'deleteUser', 'deleteGroup', 'memberAdd', 'memberRemove'];
    for (let round = 0; round < rounds; round++) {
      await prepare(bench);
      if (isDisturbed) bench.disturb();
      const many = 1 + random.below(20);
      for (let change = 0; change < many; change++) {
        const verb = random.pick(verbs);
        const usable = verb in CHANGES && isPossible(bench, verb) ? verb : 'create';
        // Only names of verbs are in the list.
        await CHANGES[usable as Verb](bench, 0);
      }
      await pause(random.below(80));
      await bench.rollcall.kill('SIGKILL');
      bench.calm();
      await bench.rollcall.start();
      expect({ round, wrong: await bench.inspect(isDisturbed ? 'again' : undefined) }).toEqual({ round, wrong: [] });
    }
  });
});

describe('SIGKILL while removals are carried out that the guard had held', () => {
  let bench: CrashBench;
  beforeAll(async () => {
    bench = await crashBench('disable');
    for (let n = 0; n < 20; n++) await bench.hire();
    await bench.application.steady();
    await bench.allowRemovals(3);
  });
  afterAll(() => bench.close());

  it('carries out the rest of them afterwards, and none that was not allowed', async () => {
    const { proxy, rollcall, application } = bench;
    const [stayer, ...leavers] = bench.staff().slice(0, 10);
    if (stayer === undefined) throw new Error('There are too few');
    proxy.hold();
    for (const leaver of leavers) await bench.dismiss(leaver);
    // Stored by the directory and not by the model: this one is rejected.
    await bench.dismiss(stayer);
    proxy.release();
    const path = `/applications/${application.slug}/staged`;
    for (let staged = 0; staged < 7; staged = (await application.status()).staged) await pause(20);
    const held = stagedListSchema.parse((await administer(rollcall.admin, 'GET', path)).body).staged;
    const rejected = held.at(-1);
    await administer(rollcall.admin, 'POST', `${path}/reject`, { objects: [rejected?.id ?? ''] });
    const dead = proxy.arm('disable', 'afterReceiving', 3, () => rollcall.kill('SIGKILL'));
    administer(rollcall.admin, 'POST', `${path}/allow`).catch(() => {
      // It dies before it answers.
    });
    await dead;
    proxy.disarm();
    await rollcall.start();
    for (const one of bench.people.values()) if (one.userName === rejected?.label) one.active = true;
    await until(async () => (await bench.inspect().catch(() => ['not steady'])).length === 0);
    expect(await bench.inspect()).toEqual([]);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > DIES_WITHIN) return;
    await pause(100);
  }
}

describe('SIGKILL during an initial load', () => {
  let bench: CrashBench;
  beforeAll(async () => {
    bench = await crashBench('disable', 'idle');
    for (let n = 0; n < 250; n++) await bench.hire();
    for (let n = 0; n < 12; n++) await bench.found(bench.staff().slice(n, n + 8));
  });
  afterAll(() => bench.close());

  async function dieOften(times: number, longest: number): Promise<void> {
    const random = createRandom(SEED);
    for (let time = 0; time < times; time++) {
      await pause(random.below(longest));
      await bench.rollcall.kill('SIGKILL');
      await bench.rollcall.start();
    }
  }

  it('again and again leaves nothing double and nothing missing', async () => {
    await bench.application.start();
    await dieOften(8, 250);
    expect(await bench.inspect()).toEqual([]);
  });

  it('whose links were forgotten takes over what is there, and nothing is made twice', async () => {
    await bench.application.restart(['full']);
    await dieOften(6, 250);
    expect(await bench.inspect()).toEqual([]);
  });
});

/** Whether the first person and the first team are such that the change can be made. */
function isPossible(bench: CrashBench, verb: string): boolean {
  const [first] = bench.team();
  if (verb.startsWith('member') || verb === 'deleteGroup') {
    if (first === undefined) return false;
    const inside = bench.staff().filter(({ userName }) => first.members.has(userName)).length;
    return verb === 'memberAdd' ? inside < bench.staff().length : verb === 'deleteGroup' || inside > 0;
  }
  return bench.staff().length > 0;
}
