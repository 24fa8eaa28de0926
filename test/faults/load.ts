import { type ConnectionPool, inParallel } from '../harness/pool.ts';
import type { Random } from '../harness/random.ts';
import type { Answer } from '../harness/send.ts';
import { advance, newPerson, type Person } from './person.ts';

const PERSONS_OF_CLIENT = 40;

/** The persons of a load; each client has its own, so that what each should be is known. */
export interface Load {
  readonly persons: readonly Person[];
  /**
   * All clients write until `goOn` says no: it sees each answer, undefined for a broken connection. Resolves to the
   * persons that were written to.
   */
  run(pool: ConnectionPool, goOn: (answer: Answer | undefined) => boolean): Promise<Set<Person>>;
}

/** A load of `clients` that write users and one group, all different. */
export function createLoad(clients: number, group: string, random: Random): Load {
  const persons = Array.from({ length: clients * PERSONS_OF_CLIENT }, (_, index) => newPerson(String(index)));
  return {
    persons,
    async run(pool, goOn) {
      const touched = new Set<Person>();
      await inParallel(clients, async (client) => {
        const person = persons[client * PERSONS_OF_CLIENT + random.below(PERSONS_OF_CLIENT)];
        if (person === undefined) throw new Error('A client without persons');
        touched.add(person);
        return goOn(await advance(pool, person, group, random));
      });
      return touched;
    },
  };
}
