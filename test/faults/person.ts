import type { JsonObject } from '@rollcall/scim';
import { entraUser, patch } from '../harness/messages.ts';
import type { ConnectionPool } from '../harness/pool.ts';
import type { Random } from '../harness/random.ts';
import type { Answer } from '../harness/send.ts';
import { textAt } from '../harness/value-at.ts';

/** What the server should hold of one person. */
export interface State {
  readonly exists: boolean;
  readonly title: string;
  readonly isMember: boolean;
}

/** A user of the load: what was acknowledged of it, and what was asked for and not answered. */
export interface Person {
  readonly key: string;
  /** Of the present resource, or of the last one. */
  id: string | undefined;
  acknowledged: State;
  pending: State | undefined;
}

/** What the server says of a write that its database has stored, or may have, while the connection to it was lost. */
const MAY_BE_STORED = /whether the change was stored is not known|The change was stored, but/;

const ABSENT: State = { exists: false, title: '', isMember: false };

export const newPerson = (key: string): Person => ({ key, id: undefined, acknowledged: ABSENT, pending: undefined });

export const documentOf = (key: string, title: string): JsonObject => ({ ...entraUser(key), title });

interface Step {
  readonly next: State;
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: JsonObject;
}

/** The next write of a person: create, change, join or leave the group, delete. */
function stepOf(person: Person, group: string, random: Random): Step {
  const { acknowledged: state, id } = person;
  if (!state.exists || id === undefined) {
    const title = `T${random.below(1_000_000)}`;
    return {
      next: { exists: true, title, isMember: false },
      method: 'POST',
      path: '/Users',
      body: documentOf(person.key, title),
    };
  }
  const choice = random.below(10);
  if (choice < 5) {
    const title = `T${random.below(1_000_000)}`;
    const body = patch({ op: 'replace', path: 'title', value: title });
    return { next: { ...state, title }, method: 'PATCH', path: `/Users/${id}`, body };
  }
  if (choice < 9) {
    const operation = state.isMember
      ? { op: 'remove', path: `members[value eq "${id}"]` }
      : { op: 'add', path: 'members', value: [{ value: id }] };
    return {
      next: { ...state, isMember: !state.isMember },
      method: 'PATCH',
      path: `/Groups/${group}`,
      body: patch(operation),
    };
  }
  return { next: ABSENT, method: 'DELETE', path: `/Users/${id}` };
}

/**
 * Sends the person's next write. An answer that is no success must have changed nothing, unless it says that this is
 * not known; when the connection broke there is none. Then `pending` is what may or may not have happened.
 */
export async function advance(
  pool: ConnectionPool,
  person: Person,
  group: string,
  random: Random,
): Promise<Answer | undefined> {
  const step = stepOf(person, group, random);
  person.pending = step.next;
  const answer = await pool.request(step.method, step.path, step.body).catch(() => undefined);
  if (answer === undefined) return undefined;
  if (answer.status === 503 && MAY_BE_STORED.test(answer.text)) return answer;
  person.pending = undefined;
  if (answer.status >= 200 && answer.status < 300) {
    person.acknowledged = step.next;
    if (step.method === 'POST') person.id = textAt(answer.body, '$.id');
  }
  return answer;
}
