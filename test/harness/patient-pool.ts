import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectionPool } from './pool.ts';

const EVERY = 200;
const TRIES = 200;

/** Tries again what was refused with 503, which has changed nothing; sooner than Retry-After says, so as to end today. */
export function patient(pool: ConnectionPool): ConnectionPool {
  return {
    ...pool,
    async request(...words) {
      for (let tries = 1; ; tries++) {
        const answer = await pool.request(...words);
        if (answer.status !== 503 || tries === TRIES) return answer;
        if (answer.headers['retry-after'] === undefined) throw new Error(`503 without Retry-After: ${answer.text}`);
        await pause(EVERY);
      }
    },
  };
}
