import { entraUser, group } from '../harness/messages.ts';
import { textAt } from '../harness/value-at.ts';
import { type Answer, type Connections, type Message, onEach } from './connections.ts';
import { requireSuccess } from './measure.ts';
import type { Filled, FilledUser } from './operations.ts';

/** A PATCH of a group of more than 100 members answers 204. */
const TEAMS = { groups: 100, members: 101 };

export interface Size {
  readonly users: number;
  readonly strangers: number;
}

/** Fills a server with so many users who are in no group, and with groups of others. */
export async function fill(
  connections: Connections,
  { users: count, strangers }: Size,
  teams: { readonly groups: number; readonly members: number } = TEAMS,
): Promise<Filled> {
  const all: FilledUser[] = [];
  await createAll(connections, count + teams.members + strangers, (n) => ({
    message: { method: 'POST', path: '/Users', body: JSON.stringify(entraUser(n)) },
    made: (id) => {
      all[n] = { n, id };
    },
  }));
  const groups: string[] = [];
  const members = all.slice(count, count + teams.members).map(({ id }) => id);
  await createAll(connections, teams.groups, (n) => ({
    message: { method: 'POST', path: '/Groups', body: JSON.stringify(group(`Team ${n}`, members)) },
    made: (id) => groups.push(id),
  }));
  return { users: all.slice(0, count), groups, strangers: all.slice(count + teams.members) };
}

interface Creation {
  readonly message: Message;
  readonly made: (id: string) => void;
}

async function createAll(connections: Connections, count: number, creation: (n: number) => Creation): Promise<void> {
  let next = 0;
  await onEach(connections, async (send) => {
    for (let n = next++; n < count; n = next++) {
      const { message, made } = creation(n);
      const answer = await send(message);
      requireSuccess(message, answer);
      made(idOf(answer));
    }
  });
}

const idOf = (answer: Answer): string => textAt(JSON.parse(answer.text()), '$.id');
