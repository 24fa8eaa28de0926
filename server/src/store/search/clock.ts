import { BudgetExceeded } from '../contract.ts';

/** Rows that may pass between two looks at the clock. */
const ROWS = 64;

/** Ends a search that takes too long. */
export interface Clock {
  /** To be called for each row. Throws BudgetExceeded when the time is up. */
  tick(): void;
  /** Milliseconds that are left; none when it is not positive. */
  left(): number;
}

/** A clock that runs out after `budget` milliseconds. */
export function startClock(budget: number): Clock {
  const end = performance.now() + budget;
  let rows = 0;
  return {
    tick() {
      rows++;
      if (rows % ROWS === 0 && performance.now() > end) throw new BudgetExceeded('The search takes too long');
    },
    left: () => end - performance.now(),
  };
}
