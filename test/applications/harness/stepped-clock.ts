import { vi } from 'vitest';

/** The clock of this process, which goes on by itself and jumps when it is told. */
export interface SteppedClock {
  /** Lets so many milliseconds pass at once. */
  pass(ms: number): void;
  restore(): void;
}

/** Puts a clock in the place of Date.now; a server that is opened afterwards goes by it. Timers stay as they are. */
export function stepClock(): SteppedClock {
  const real = Date.now;
  let ahead = 0;
  const now = vi.spyOn(Date, 'now').mockImplementation(() => real() + ahead);
  return {
    pass(ms) {
      ahead += ms;
    },
    restore: () => now.mockRestore(),
  };
}
