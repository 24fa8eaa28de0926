import { expect } from 'vitest';
import type { TestServer } from '../harness/server.ts';
import { awkwardTarget } from '../targets/target.ts';
import type { Awkwardness } from './foreign-targets-cases.ts';
import { provisionInto, type Waiting } from './foreign-targets-flow.ts';

/** Provisions a company into an awkward target. Nothing may be missing there in the end, or have been made twice. */
export async function provisionAwkward(
  server: TestServer,
  { switches, options }: Awkwardness,
  waiting: Waiting,
  seed = 1,
): Promise<void> {
  const target = await awkwardTarget({ token: 'awkward', switches, seed });
  try {
    await provisionInto(server, target, waiting, options);
    expect(target.server.duplicates()).toEqual([]);
    for (const endpoint of ['Users', 'Groups'] as const) {
      const made = [...target.server.created(endpoint).externalId];
      expect(made.filter(([, times]) => times > 1)).toEqual([]);
    }
  } finally {
    await target.close();
  }
}
