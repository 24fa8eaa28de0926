import type { Connections, Message } from './connections.ts';
import { type Figures, measure } from './measure.ts';
import type { Meter } from './processor-time.ts';

/** A warm-up is repeated until there were so many requests, for so many milliseconds at most. */
const WARM_REQUESTS = 4000;
const WARM_WITHIN = 20_000;

export interface Effort {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUp: number;
}

/** One who is measured at an operation. */
export interface Contestant {
  readonly meter: Meter;
  readonly connections: Connections;
  /** The next request; none comes twice. */
  readonly message: () => Message;
}

/** Measures several in turns, so that what disturbs one disturbs them all. The rounds of each. */
export async function inTurns(
  contestants: readonly Contestant[],
  { rounds, seconds, warmUp }: Effort,
): Promise<Figures[][]> {
  for (const { meter, connections, message } of contestants) {
    const began = performance.now();
    // Code that has run a hundred times costs several times what it costs once it is compiled.
    for (let sent = 0; sent < WARM_REQUESTS && performance.now() - began < WARM_WITHIN; ) {
      sent += (await measure(meter, connections, warmUp, message)).requests;
    }
  }
  const figures: Figures[][] = contestants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [place, { meter, connections, message }] of contestants.entries()) {
      figures[place]?.push(await measure(meter, connections, seconds, message));
    }
  }
  return figures;
}
