import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@rollcall/scim';
import type { ObjectType } from '../source.ts';
import { type AttributeChange, type Call, type Target, TargetError, type TargetObject } from '../target.ts';
import { AnsweredError, readObject } from './answer-error.ts';
import { create } from './create.ts';
import { find, searchQuery } from './find.ts';
import { openLearning } from './learning.ts';
import { openListIndex } from './list-index.ts';
import { changeMembers } from './members.ts';
import type { ScimTargetOptions } from './options.ts';
import { hasCompliantFlag } from './patch-entra.ts';
import type { Profile } from './profile.ts';
import { idOf, LARGEST_GROUP, membersOf, withAnchor } from './put.ts';
import { openRequester } from './requester.ts';
import { pathOf, readList, readResource } from './resource.ts';
import { readPath, withValue } from './scim-path.ts';
import { openSerialised } from './serialised.ts';
import { type Session, WITHOUT_MEMBERS } from './session.ts';
import { update } from './update.ts';

/** How busy a target is. */
export interface ScimTargetStatistics {
  /** Requests that may be under way at once at present. */
  readonly concurrency: number;
  /** Requests that wait for a place. */
  readonly waiting: number;
  /** Answers so far that asked to send less. */
  readonly throttled: number;
}

export interface ScimTarget extends Target {
  /** What is known of the service provider by now. */
  readonly profile: Profile;
  statistics(): ScimTargetStatistics;
}

/**
 * Opens a connection to a SCIM service provider; nothing is sent yet. Errors: TargetError `ServiceIncompatible` for a
 * URL that is none. When the signal of a call aborts, the call rejects with its reason.
 */
export function openScimTarget(options: ScimTargetOptions): ScimTarget {
  const requester = openRequester(options);
  const learning = openLearning(options.profile, options.onProfile?.bind(options));
  const session: Session = {
    send: requester.send,
    learning,
    dialect: options.dialect,
    compliant: hasCompliantFlag(options.baseUrl),
    isTimeToVerify: openDoubling(),
    now: () => options.now(),
  };
  const index = openListIndex(session);
  const serialised = openSerialised();

  async function read(type: ObjectType, id: string, call: Call): Promise<TargetObject | undefined> {
    const query = type === 'Group' ? { query: WITHOUT_MEMBERS } : {};
    try {
      return readResource(
        type,
        readObject(await session.send({ method: 'GET', path: pathOf(type, id), ...query }, call)),
      );
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  const members = (group: string, verb: 'add' | 'remove', ids: readonly string[], call: Call) =>
    serialised(`Group ${group}`, () =>
      changeMembers(session, group, verb, ids, async () => (await read('Group', group, call)) !== undefined, call),
    );

  return {
    readsBeforeUpdate: options.dialect === 'entra',
    get profile() {
      return learning.profile;
    },
    statistics: requester.statistics,

    async check(call) {
      const search = searchQuery('User', 'userName', randomUUID(), options.dialect);
      const ask = async (query: string) => readList(await session.send({ method: 'GET', path: '/Users', query }, call));
      const canSearch = learning.filter('User', 'userName')?.value !== false;
      try {
        await ask(canSearch ? search : 'startIndex=1&count=1');
      } catch (error) {
        // A target that cannot search is none the worse for it.
        if (!canSearch || !(error instanceof AnsweredError) || ![400, 501].includes(error.status ?? 0)) throw error;
        await ask('startIndex=1&count=1');
      }
    },

    find: (type, path, value, call) => find(session, index, (id) => read(type, id, call), type, path, value, call),
    read,

    create: (type, attributes, call) => create(session, index, type, attributes, call),

    async update(type, id, changes, whole, call) {
      const work = () => update(session, (one) => read(type, one, call), type, id, changes, whole, call);
      const echo = await serialised(`${type} ${id}`, work);
      index.wrote(type, id, echo?.document ?? written(changes));
      return echo;
    },

    async delete(type, id, call) {
      try {
        await session.send({ method: 'DELETE', path: pathOf(type, id), cut: true }, call);
      } catch (error) {
        if (!isGone(error)) throw error;
      }
      index.deleted(type, id);
    },

    async members(group, call) {
      try {
        const request = { method: 'GET', path: pathOf('Group', group), largest: LARGEST_GROUP } as const;
        return membersOf(readObject(await session.send(request, call)))
          .map(idOf)
          .filter((id) => id !== '');
      } catch (error) {
        throw withAnchor(error);
      }
    },

    addMembers: (group, ids, call) => members(group, 'add', ids, call),
    removeMembers: (group, ids, call) => members(group, 'remove', ids, call),
    close: requester.close,
  };
}

function openDoubling(): (key: string) => boolean {
  const counts = new Map<string, number>();
  return (key) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return Number.isInteger(Math.log2(count));
  };
}

/** Whether an object is gone; a web page with status 404 comes from something else than the service provider. */
const isGone = (error: unknown): boolean =>
  (error instanceof AnsweredError && error.isFromService && (error.status === 404 || error.status === 410)) ||
  (error instanceof TargetError && error.code === 'InvalidAnchor');

const written = (changes: readonly AttributeChange[]): JsonObject =>
  changes.reduce<JsonObject>((document, { path, to }) => withValue(document, readPath(path), to), {});
