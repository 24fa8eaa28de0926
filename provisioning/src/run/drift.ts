import { ERRORS } from '../error.ts';
import type { Link, LinkCounts } from '../journal.ts';
import type { DriftItem } from '../plan/drift.ts';
import { type DriftRule, driftRule } from '../plan/drift-rule.ts';
import type { ObjectType } from '../source.ts';
import { TargetError } from '../target.ts';
import type { DriftJournal, DriftPass } from './drift-journal.ts';
import { type Look, lookAlone, lookAt } from './drift-look.ts';
import { pushAgain } from './drift-push.ts';
import type { World } from './world.ts';

const PAGE = 100;
/** Reads under way at once: a small share of what the target takes, so that no cycle waits for them. */
const AT_A_TIME = 2;
/** Objects in a row that cannot be read end a pass: the target is not well. */
const MAX_FAILURES = 10;
/** Twice over the end: then links went away meanwhile, and all that are left have been looked at. */
const MAX_WRAPS = 2;

export interface DriftOptions {
  /** What becomes of drift by path; other paths are reported. */
  readonly rules: ReadonlyMap<string, DriftRule>;
  /** Percent of the links that one pass looks at; it goes on where the last one ended. */
  readonly share: number;
}

/** What a pass found out; `pushed` objects are due in the next cycle. */
export interface DriftOutcome {
  readonly pass: DriftPass;
  readonly pushed: number;
}

interface PassState {
  readonly began: number;
  looked: number;
  failed: number;
  inARow: number;
  pushed: number;
  error: string | null;
}

/**
 * Compares linked objects with what the target shows, and keeps what differs. Nothing is sent but reads; what a rule
 * pushes goes with the next cycle, through the same deletion guard, and nobody is disabled for it. Ends early, and says
 * so, where the target as a whole cannot be read, or when the world stops.
 */
export async function compareWithTarget(
  world: World,
  drift: DriftJournal,
  options: DriftOptions,
): Promise<DriftOutcome> {
  const counts = await world.journal.countLinks();
  const types = typesOf(world, counts);
  const total = types.reduce((sum, type) => sum + countOf(counts, type), 0);
  const limit = Math.min(total, Math.ceil((total * options.share) / 100));
  const before = await drift.pass();
  const state: PassState = { began: world.now(), looked: 0, failed: 0, inARow: 0, pushed: 0, error: null };
  let position = before?.position ?? null;
  const passNow = (ended: number | null): DriftPass => {
    const { began, looked, failed, error } = state;
    return { began, ended, position, looked, failed, error };
  };
  await drift.savePass(passNow(null));
  let wraps = 0;
  while (state.looked < limit && state.error === null && wraps < MAX_WRAPS) {
    if (world.stop.aborted) break;
    const type = position === null || !types.includes(position.type) ? types[0] : position.type;
    if (type === undefined) break;
    const after = position?.type === type && position.id !== '' ? position.id : undefined;
    const page = await world.journal.listLinks(type, after, Math.min(PAGE, limit - state.looked));
    await eachOf(page.items, (link) => observe(world, drift, options, link, state));
    const last = page.items.at(-1);
    if (page.next !== undefined && last !== undefined) position = { type, id: last.id };
    else {
      const next = types[types.indexOf(type) + 1];
      position = next === undefined ? null : { type: next, id: '' };
      if (next === undefined) wraps += 1;
    }
    await drift.savePass(passNow(null));
  }
  await drift.sweep();
  // One that was stopped is not over: it goes on behind its position.
  const pass = passNow(world.stop.aborted ? null : world.now());
  await drift.savePass(pass);
  return { pass, pushed: state.pushed };
}

const typesOf = ({ rules: { mappings } }: World, counts: LinkCounts): readonly ObjectType[] =>
  (['User', 'Group'] as const).filter((type) => {
    const { source } = type === 'User' ? mappings.users : mappings.groups;
    return source.enabled && countOf(counts, type) > 0;
  });

const countOf = (counts: LinkCounts, type: ObjectType): number => (type === 'User' ? counts.users : counts.groups);

/** A few at a time, in order. */
async function eachOf<T>(items: readonly T[], body: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await body(item);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}

interface Progress {
  looked: number;
  failed: number;
  inARow: number;
  pushed: number;
  error: string | null;
}

async function observe(
  world: World,
  drift: DriftJournal,
  { rules }: DriftOptions,
  link: Link,
  progress: Progress,
): Promise<void> {
  if (progress.error !== null || world.stop.aborted) return;
  progress.looked += 1;
  try {
    const { items } = await lookAt(world, link);
    if (items.length > 0) {
      const isPushed = await lookAlone(world, link, (look) => actOn(world, drift, rules, look));
      if (isPushed === true) progress.pushed += 1;
    } else if (await drift.has(link)) await drift.keep(link, [], world.now());
    progress.inARow = 0;
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    progress.failed += 1;
    progress.inARow += 1;
    if (ERRORS[error.code].whole || progress.inARow >= MAX_FAILURES) progress.error = error.message;
  }
}

/** Keeps what is to be reported, and pushes what a rule says; whether anything was pushed. */
async function actOn(
  world: World,
  drift: DriftJournal,
  rules: ReadonlyMap<string, DriftRule>,
  look: Look,
): Promise<boolean> {
  const { link, items } = look;
  const decisions = await drift.decisions(link);
  const ruled = items.map((item) => ({ item, rule: driftRule(item, decisions, rules) }));
  for (const { path, rule } of decisions) {
    const isOver = rule === 'accept' && !ruled.some(({ item, rule: now }) => item.path === path && now === 'accept');
    if (isOver) await drift.undecide(link, path);
  }
  // A schedule disables nobody; a person may.
  const isPushed = ({ item, rule }: { item: DriftItem; rule: DriftRule }) => rule === 'push' && item.kind !== 'enabled';
  const pushed = ruled.filter(isPushed).map(({ item }) => item);
  const reported = ruled.filter((one) => one.rule === 'report' || (one.rule === 'push' && !isPushed(one)));
  if (pushed.length > 0) await pushAgain(world, look, pushed);
  await drift.keep(
    link,
    reported.map(({ item }) => item),
    world.now(),
  );
  return pushed.length > 0;
}
