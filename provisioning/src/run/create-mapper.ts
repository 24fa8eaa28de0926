import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Catalogue } from '@rollcall/scim';
import type { CompiledMappings } from '../mapping/compile.ts';
import type { Assessment, ObjectProblem } from '../plan/assessment.ts';
import { assessOne } from './assess-one.ts';
import type { Mapper } from './mapper.ts';
import { threadMapper } from './thread-mapper.ts';

/** Milliseconds that one object may take with regular expressions; an ordinary one takes far less than one. */
const BUDGET = 250;

/** Milliseconds of evaluation after which everything else gets its turn. */
const SLICE = 5;

export interface MapperOptions {
  /** Milliseconds that one object may take when there are regular expressions. */
  readonly budget?: number;
  now(): number;
  /** Randomness for expressions; the thread that evaluates regular expressions takes its own from node:crypto. */
  random(bytes: number): Uint8Array;
}

/**
 * A mapper of these mappings; `catalogue` must be the one that they were compiled with. Regular expressions can take
 * for ever: mappings that have one are evaluated in a thread, all others here, in slices.
 */
export function createMapper(mappings: CompiledMappings, catalogue: Catalogue, options: MapperOptions): Mapper {
  const { budget = BUDGET, now, random } = options;
  if (mappings.usesRegularExpressions) {
    return threadMapper({ mappings: mappings.source, catalogue, budget, now: () => now() });
  }
  return {
    assess: async (_type, objects) => {
      const environment = { now: now(), random };
      const results = new Map<string, Assessment | ObjectProblem>();
      let began = performance.now();
      for (const assessed of objects) {
        results.set(assessed.object.id, assessOne(mappings, assessed, environment));
        if (performance.now() - began < SLICE) continue;
        await nextTurn();
        began = performance.now();
      }
      return results;
    },
    close: async () => {},
  };
}
