import { describe, expect, it } from 'vitest';
import { createImports } from './import-in-progress.ts';

const never = new AbortController().signal;

describe('imports in progress', () => {
  it('run from begin to end, each identity server on its own', () => {
    const imports = createImports();
    const end = imports.begin(1);
    expect([imports.isRunning(1), imports.isRunning(2)]).toEqual([true, false]);
    end();
    end();
    expect(imports.isRunning(1)).toBe(false);
  });

  it('let a reader wait until the last one has ended', async () => {
    const imports = createImports();
    const [first, second] = [imports.begin(1), imports.begin(1)];
    let idle = false;
    const waiting = imports.whenIdle(1, never).then(() => {
      idle = true;
    });
    first();
    await Promise.resolve();
    expect([idle, imports.isRunning(1)]).toEqual([false, true]);
    second();
    await waiting;
    expect(imports.isRunning(1)).toBe(false);
    await imports.whenIdle(1, never);
  });

  it('let go of a reader whose signal aborts', async () => {
    const imports = createImports();
    imports.begin(1);
    const controller = new AbortController();
    const waiting = imports.whenIdle(1, controller.signal);
    controller.abort();
    await waiting;
    await imports.whenIdle(1, controller.signal);
  });
});
