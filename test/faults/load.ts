import { setTimeout as pause } from 'node:timers/promises';
import { type ConnectionPool, inParallel } from '../harness/pool.ts';
import type { Random } from '../harness/random.ts';
import type { Answer } from '../harness/send.ts';
import { advance, newPerson, type Person } from './person.ts';

const PERSONS_OF_CLIENT = 40;
/** Milliseconds until a client that was refused tries again: sooner than Retry-After says, so as to end today. */
const REFUSED = 200;

/** The persons of a load; each client has its own, so that what each should be is known. */
export interface Load {
  readonly persons: readonly Person[];
  /**
   * All clients write until `goOn` says no: it sees each answer, undefined for a broken connection. Whoever it is not
   * known of what came of their last write is left alone until they are inspected. Resolves to the persons that were
   * written to.
   */
  run(pool: ConnectionPool, goOn: (answer: Answer | undefined) => boolean): Promise<Set<Person>>;
}

/** A load of `clients` that write users and one group, all different. */
export function createLoad(clients: number, group: string, random: Random, each = PERSONS_OF_CLIENT): Load {
  const persons = Array.from({ length: clients * each }, (_, index) => newPerson(String(index)));
  return {
    persons,
    async run(pool, goOn) {
      const touched = new Set<Person>();
      await inParallel(clients, async (client) => {
        const own = persons.slice(client * each, (client + 1) * each).filter(({ pending }) => pending === undefined);
        if (own.length === 0) return false;
        const person = random.pick(own);
        touched.add(person);
        const answer = await advance(pool, person, group, random);
        if (answer?.status === 503) await pause(REFUSED);
        return goOn(answer);
      });
      return touched;
    },
  };
}
