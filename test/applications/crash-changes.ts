import { setTimeout as pause } from 'node:timers/promises';
import type { CrashBench, Killable } from './crash-bench.ts';
import type { Moment, Verb } from './crash-proxy.ts';

type Bench = CrashBench<Killable>;

const DIES_WITHIN = 60_000;
/** So many objects are changed at once; the process dies at the second. */
export const AT_ONCE = 5;
const NTH = 2;

/** What makes Rollcall send each verb to the target. */
export const CHANGES: Readonly<Record<Verb, (bench: Bench, index: number) => Promise<unknown>>> = {
  create: (bench) => bench.hire(),
  update: (bench, index) => bench.retitle(person(bench, index)),
  disable: (bench, index) => bench.dismiss(person(bench, index)),
  deleteUser: (bench, index) => bench.expel(person(bench, index)),
  deleteGroup: (bench, index) => bench.dissolve(team(bench, index)),
  memberAdd: (bench, index) => bench.join(team(bench, index), outsider(bench, index)),
  memberRemove: (bench, index) => bench.quit(team(bench, index), insider(bench, index)),
};

export const person = (bench: Bench, index: number) => some(bench.staff().at(index));
const team = (bench: Bench, index: number) => some(bench.team().at(index));
const outsider = (bench: Bench, index: number) =>
  some(bench.staff().find(({ userName }) => !team(bench, index).members.has(userName)));
const insider = (bench: Bench, index: number) =>
  some(bench.staff().find(({ userName }) => team(bench, index).members.has(userName)));

export function some<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('There are too few');
  return value;
}

/** So many people and teams that a round has what it needs, all of it provisioned. */
export async function prepare(bench: Bench): Promise<void> {
  while (bench.staff().length < 2 * AT_ONCE) await bench.hire();
  for (const one of bench.team()) {
    if (!bench.staff().some(({ userName }) => one.members.has(userName))) await bench.join(one, person(bench, 0));
  }
  while (bench.team().length < AT_ONCE + 1) await bench.found(bench.staff().slice(0, 2));
  const wrong = await bench.inspect();
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

/**
 * Changes a few objects at once, and calls `kill` at a moment of the second such call to the target, with the port that
 * it came from. Ends when that is done.
 */
export async function dieAt(
  bench: Bench,
  verb: Verb,
  moment: Moment,
  kill: (port: number) => Promise<unknown>,
): Promise<void> {
  const { proxy } = bench;
  // The target answers nothing until all is in the directory, so that nobody doubts what the directory holds.
  proxy.hold();
  const dead = proxy.arm(verb, moment, NTH, kill);
  const chosen = Array.from({ length: AT_ONCE }, (_, index) => AT_ONCE - 1 - index);
  for (const index of chosen) await CHANGES[verb](bench, index);
  proxy.release();
  await Promise.race([
    dead,
    pause(DIES_WITHIN, undefined, { ref: false }).then(() => {
      throw new Error(`No ${verb} came`);
    }),
  ]);
}
