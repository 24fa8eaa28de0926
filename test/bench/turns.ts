import type { Connections, Message } from './connections.ts';
import { type Figures, measure } from './measure.ts';
import type { Meter } from './processor-time.ts';

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
  for (const { meter, connections, message } of contestants) await measure(meter, connections, warmUp, message);
  const figures: Figures[][] = contestants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [place, { meter, connections, message }] of contestants.entries()) {
      figures[place]?.push(await measure(meter, connections, seconds, message));
    }
  }
  return figures;
}
