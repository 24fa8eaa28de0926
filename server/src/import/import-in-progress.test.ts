import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createSignals } from '../store/signals.ts';
import { createImports } from './import-in-progress.ts';

const never = new AbortController().signal;

/** Two processes on marks in memory. */
function two() {
  const running = new Map<number, string>();
  let made = 0;
  const signals = createSignals();
  const marks = {
    begin: async (server: number, id: string) => {
      if (running.has(server)) return false;
      running.set(server, id);
      return true;
    },
    renew: async () => {},
    end: async (id: string) => {
      for (const [server, mark] of running) if (mark === id) running.delete(server);
    },
    isRunning: async (server: number) => running.has(server),
  };
  const open = () => createImports({ marks, signals, newId: () => String(++made), log: pino({ level: 'silent' }) });
  return [open(), open()] as const;
}

describe('imports in progress', () => {
  it('run from begin to end, each identity server on its own, one at a time', async () => {
    const [here, there] = two();
    const end = await here.begin(1);
    expect([await there.isRunning(1), await there.isRunning(2)]).toEqual([true, false]);
    expect(await there.begin(1)).toBeUndefined();
    await end?.();
    await end?.();
    expect(await there.isRunning(1)).toBe(false);
  });

  it('let a reader in another process wait until it has ended', async () => {
    const [here, there] = two();
    const end = await here.begin(1);
    let idle = false;
    const waiting = there.whenIdle(1, never).then(() => {
      idle = true;
    });
    await here.isRunning(1);
    expect(idle).toBe(false);
    await end?.();
    await waiting;
    await there.whenIdle(1, never);
  });

  it('let go of a reader whose signal aborts', async () => {
    const [here] = two();
    await here.begin(1);
    const controller = new AbortController();
    const waiting = here.whenIdle(1, controller.signal);
    controller.abort();
    await waiting;
    await here.whenIdle(1, controller.signal);
  });
});
