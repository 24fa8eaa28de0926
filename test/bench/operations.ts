import { entraUser, patch } from '../harness/messages.ts';
import type { Message } from './connections.ts';

/** A user that a server was filled with; `n` is what `entraUser` made the person of. */
export interface FilledUser {
  readonly n: number;
  readonly id: string;
}

/** What a server holds before it is measured. */
export interface Filled {
  /** Those who are read and changed. They are in no group: the floor's users have none either. */
  readonly users: readonly FilledUser[];
  /** Groups with more than 100 members: a PATCH of such a one answers 204, however many there are. */
  readonly groups: readonly string[];
  /** Users who are in none of the groups. */
  readonly strangers: readonly FilledUser[];
}

export interface Operation {
  readonly key: string;
  readonly name: string;
  /** How many times the floor's processor time it may take; undefined where its goal is another. */
  readonly reach: number | undefined;
  /** Its `index`-th request; an index never comes twice. */
  message(filled: Filled, index: number): Message;
  /** What the floor is asked instead. */
  readonly floor?: Operation;
}

const READ = 2.5;
const WRITE = 3;
/** Jumps through all users: neither the order of their creation nor a cache of a few helps. */
const STRIDE = 7919;

/** The user whom the `index`-th request is about. */
export function userAt({ users }: Filled, index: number): FilledUser {
  const user = users[(index * STRIDE) % users.length];
  if (user === undefined) throw new Error('There are no users');
  return user;
}

const lookup = (filter: string): Message => ({ method: 'GET', path: `/Users?filter=${encodeURIComponent(filter)}` });

export const get: Operation = {
  key: 'get',
  name: 'get',
  reach: READ,
  message: (filled, index) => ({ method: 'GET', path: `/Users/${userAt(filled, index).id}` }),
};

export const lookupByUserName: Operation = {
  key: 'lookup',
  name: 'lookup by `userName`',
  reach: READ,
  message: (filled, index) => lookup(`userName eq "person.${userAt(filled, index).n}@acme.example"`),
};

export const patchUser: Operation = {
  key: 'patch',
  name: 'PATCH of a user',
  reach: WRITE,
  message: (filled, index) => ({
    method: 'PATCH',
    path: `/Users/${userAt(filled, index).id}`,
    body: JSON.stringify(patch({ op: 'Replace', path: 'title', value: `Title ${index}` })),
  }),
};

export const page: Operation = {
  key: 'page',
  name: 'page of 100',
  reach: undefined,
  message: () => ({ method: 'GET', path: '/Users?startIndex=1&count=100' }),
};

/** What is measured, in this order: creating comes last, so that the rest finds the users it was filled with. */
export const OPERATIONS: readonly Operation[] = [
  get,
  lookupByUserName,
  {
    key: 'lookup-external-id',
    name: 'lookup by `externalId`',
    reach: READ,
    floor: lookupByUserName,
    message: (filled, index) => lookup(`externalId eq "person.${userAt(filled, index).n}"`),
  },
  {
    key: 'lookup-email',
    name: 'lookup by `emails[type eq "work"].value`',
    reach: READ,
    floor: lookupByUserName,
    message: (filled, index) =>
      lookup(`emails[type eq "work"].value eq "person.${userAt(filled, index).n}@mail.acme.example"`),
  },
  page,
  patchUser,
  {
    key: 'member',
    name: 'add one member',
    reach: WRITE,
    message: ({ strangers, groups }, index) => {
      const group = groups[Math.floor(index / strangers.length)];
      const user = strangers[index % strangers.length];
      if (group === undefined || user === undefined) throw new Error('Everybody is a member of every group');
      return {
        method: 'PATCH',
        path: `/Groups/${group}`,
        body: JSON.stringify(patch({ op: 'Add', path: 'members', value: [{ value: user.id }] })),
      };
    },
  },
  {
    key: 'create',
    name: 'create',
    reach: WRITE,
    message: (_, index) => ({ method: 'POST', path: '/Users', body: JSON.stringify(entraUser(`new-${index}`)) }),
  },
];
