import { describe, expect, it } from 'vitest';
import { type Clock, type Gate, type Outcome, openGate, type Place } from './rate.ts';

const { signal } = new AbortController();

/** A clock that goes when it is told to. */
function fakeClock(): Clock & { go(ms: number): Promise<void> } {
  let now = 0;
  const timers = new Set<{ at: number; wake: () => void }>();
  const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return {
    now: () => now,
    after(ms, wake) {
      const timer = { at: now + ms, wake };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async go(ms) {
      now += ms;
      for (const timer of [...timers]) {
        if (timer.at > now) continue;
        timers.delete(timer);
        timer.wake();
      }
      await settle();
    },
  };
}

const answered: Outcome = { kind: 'answered' };

/** Asks for `count` places; `places` fills as they are given. */
function ask(gate: Gate, count: number, kind = 'GET /Users', lane: 'normal' | 'leaver' = 'normal'): Place[] {
  const places: Place[] = [];
  for (let at = 0; at < count; at++) {
    gate.enter(kind, lane, signal).then(
      (place) => places.push(place),
      () => undefined,
    );
  }
  return places;
}

async function round(
  gate: Gate,
  clock: ReturnType<typeof fakeClock>,
  latency: number,
  outcome: Outcome,
): Promise<void> {
  const places = ask(gate, gate.statistics().concurrency);
  await clock.go(0);
  await clock.go(latency);
  for (const place of places) place.leave(outcome);
  await clock.go(0);
}

describe('the gate to a target', () => {
  it('lets four requests through at first', async () => {
    const clock = fakeClock();
    const gate = openGate(clock);
    const places = ask(gate, 6);
    await clock.go(0);
    expect(places).toHaveLength(4);
    expect(gate.statistics()).toMatchObject({ concurrency: 4, waiting: 2 });
    places[0]?.leave(answered);
    await clock.go(0);
    expect(places).toHaveLength(5);
  });

  it('lets more through while latency stays near its best, at most 32', async () => {
    const clock = fakeClock();
    const gate = openGate(clock);
    for (let turn = 0; turn < 4; turn++) await round(gate, clock, 20, answered);
    expect(gate.statistics().concurrency).toBeGreaterThan(4);
    for (let turn = 0; turn < 100; turn++) await round(gate, clock, 20, answered);
    expect(gate.statistics().concurrency).toBe(32);
  });

  it('lets no more through when latency is more than twice its best', async () => {
    const clock = fakeClock();
    const gate = openGate(clock);
    await round(gate, clock, 20, answered);
    const before = gate.statistics().concurrency;
    for (let turn = 0; turn < 5; turn++) await round(gate, clock, 200, answered);
    expect(gate.statistics().concurrency).toBe(before);
  });

  it('halves once for all that was under way when the target was overloaded', async () => {
    const clock = fakeClock();
    const gate = openGate(clock);
    for (let turn = 0; turn < 100; turn++) await round(gate, clock, 20, answered);
    await round(gate, clock, 20, { kind: 'overloaded', pause: 0 });
    expect(gate.statistics().concurrency).toBe(16);
  });

  it('holds back only the kind of request that was throttled, for as long as was asked', async () => {
    const clock = fakeClock();
    const gate = openGate(clock);
    const posts = ask(gate, 1, 'POST /Users');
    await clock.go(0);
    posts[0]?.leave({ kind: 'throttled', pause: 5000 });
    const more = ask(gate, 1, 'POST /Users');
    const reads = ask(gate, 1, 'GET /Users');
    await clock.go(0);
    expect([more.length, reads.length]).toEqual([0, 1]);
    await clock.go(4999);
    expect(more).toHaveLength(0);
    await clock.go(1);
    expect(more).toHaveLength(1);
  });

  it('spreads a kind of request that was throttled', async () => {
    const clock = fakeClock();
    const gate = openGate(clock);
    for (let turn = 0; turn < 10; turn++) {
      const [place] = await entered(gate, clock, 'POST /Users');
      await clock.go(100);
      place?.leave(turn === 9 ? { kind: 'throttled', pause: 1000 } : answered);
    }
    await clock.go(1000);
    const more = ask(gate, 4, 'POST /Users');
    await clock.go(0);
    expect(more.length).toBeLessThan(4);
    for (let turn = 0; turn < 20; turn++) {
      for (const place of more) place.leave(answered);
      await clock.go(100);
    }
    expect(more).toHaveLength(4);
  });

  it('keeps a place for leavers when all others are taken', async () => {
    const clock = fakeClock();
    const gate = openGate(clock);
    ask(gate, 40);
    const leavers = ask(gate, 1, 'PATCH /Users', 'leaver');
    await clock.go(0);
    expect(leavers).toHaveLength(1);
  });

  it('lets leavers go first when a place becomes free', async () => {
    const clock = fakeClock();
    const gate = openGate(clock);
    const leavers = ask(gate, 6, 'PATCH /Users', 'leaver');
    const others = ask(gate, 6);
    await clock.go(0);
    expect([leavers.length, others.length]).toEqual([5, 0]);
    leavers[0]?.leave(answered);
    await clock.go(0);
    expect([leavers.length, others.length]).toEqual([6, 0]);
  });

  it('forgets a request that is given up while it waits', async () => {
    const clock = fakeClock();
    const gate = openGate(clock);
    ask(gate, 4);
    const controller = new AbortController();
    const waiting = gate.enter('GET /Users', 'normal', controller.signal);
    controller.abort(new Error('given up'));
    await expect(waiting).rejects.toThrow('given up');
    expect(gate.statistics().waiting).toBe(0);
  });
});

async function entered(gate: Gate, clock: ReturnType<typeof fakeClock>, kind: string): Promise<readonly Place[]> {
  const places = ask(gate, 1, kind);
  await clock.go(0);
  return places;
}
