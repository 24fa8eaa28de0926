import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Journal, keyText, type ObjectKey, type Page, type Reference } from '@rollcall/provisioning';
import type { Connection } from '../connection.ts';
import type { GroupCommit } from '../group-commit.ts';
import { countEscrows, dropEscrows, dueEscrows, findEscrows } from './escrows.ts';
import { listIntents, writeIntent } from './intents.ts';
import { countLinks, dueDeletions, findLinkOfTarget, findLinks, pageOfLinks } from './links.ts';
import {
  changePresent,
  changeWanted,
  pageOfPending,
  pageOfPendingGroups,
  pageOfPresent,
  walkGroup,
} from './memberships.ts';
import { findReferences, pageOfPendingReferences } from './references.ts';
import { settle } from './settle.ts';
import { countStaged, findStaged, listStaged } from './staged.ts';
import { countWindow } from './window.ts';

/** Where the provisioning of one application keeps what it knows. Reads see the last commit. */
export function createJournal(
  reader: Connection,
  writer: Connection,
  run: GroupCommit['run'],
  application: number,
): Journal {
  return {
    links: async (type, ids) => findLinks(reader, application, type, ids),
    linkOfTarget: async (type, targetId) => findLinkOfTarget(reader, application, type, targetId),
    listLinks: async (type, after = '', limit) =>
      pageOf(pageOfLinks(reader, application, type, after, limit + 1), limit, ({ id }) => id),
    countLinks: async () => countLinks(reader, application),
    dueDeletions: async (now, limit) => dueDeletions(reader, application, now, limit),

    intend: (intents) =>
      run(async () => {
        for (const intent of intents) writeIntent(writer, application, intent);
      }),
    unsettled: async (limit) => listIntents(reader, application, limit),
    settle: (settlements) => run(() => settle(writer, application, settlements)),

    escrows: async (keys) => findEscrows(reader, application, keys),
    dueEscrows: async (now, limit) => dueEscrows(reader, application, now, limit),
    countEscrows: async () => countEscrows(reader, application),
    dropEscrows: (firstBefore) => run(async () => dropEscrows(writer, application, firstBefore)),

    async references(keys) {
      const references = new Map<string, Reference[]>();
      for (const { path, wanted, sent, ...key } of findReferences(reader, application, keys)) {
        const text = keyText(key);
        references.set(text, [...(references.get(text) ?? []), { path, wanted, sent }]);
      }
      return references;
    },
    pendingReferences: async (after, limit) =>
      pageOf(pageOfPendingReferences(reader, application, keyOf(after), limit + 1), limit, keyText),

    async wantMembers(group, members) {
      const { added, removed } = await differences(reader, application, group, members);
      if (added.length === 0 && removed.length === 0) return;
      await run(() => changeWanted(writer, application, group, added, removed));
    },
    changeMembers: (group, added, removed) => run(() => changeWanted(writer, application, group, added, removed)),
    noteMembers: (group, members) => run(() => changePresent(writer, application, group, members, [])),
    pendingMembers: async (group, what, after = '', limit) =>
      pageOf(pageOfPending(reader, application, group, what, after, limit + 1), limit, ({ member }) => member),
    presentMembers: async (group, after = '', limit) =>
      pageOf(pageOfPresent(reader, application, group, after, limit + 1), limit, (id) => id),
    groupsWithPendingMembers: async (after = '', limit) =>
      pageOf(pageOfPendingGroups(reader, application, after, limit + 1), limit, (id) => id),

    staged: async (keys) =>
      new Map(findStaged(reader, application, keys).map((removal) => [keyText(removal), removal])),
    listStaged: async (state, limit) => listStaged(reader, application, state, limit),
    countStaged: async () => countStaged(reader, application),

    window: async (since) => countWindow(reader, application, since),
  };
}

/** A page of at most `limit` items, of which one more was read to know whether it is the last. */
function pageOf<T>(items: readonly T[], limit: number, cursorOf: (item: T) => string): Page<T> {
  if (items.length <= limit) return { items, next: undefined };
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return { items: page, next: last === undefined ? undefined : cursorOf(last) };
}

/** The key that `keyText` wrote; nothing is before the one that undefined stands for. */
function keyOf(text = ' '): { type: string; id: string } {
  const end = text.indexOf(' ');
  return { type: text.slice(0, end), id: text.slice(end + 1) };
}

/** What has to be written for a group to want exactly `members`. */
async function differences(
  reader: Connection,
  application: number,
  group: string,
  members: AsyncIterable<readonly ObjectKey[]>,
): Promise<{ added: readonly ObjectKey[]; removed: readonly string[] }> {
  const known = new Map<string, string>();
  for (const page of walkGroup(reader, application, group)) {
    for (const { id, type, wanted } of page) if (wanted === 1) known.set(id, type);
    await nextTurn();
  }
  const added: ObjectKey[] = [];
  const seen = new Set<string>();
  for await (const page of members) {
    for (const key of page) {
      if (known.get(key.id) !== key.type && !seen.has(key.id)) added.push(key);
      seen.add(key.id);
    }
  }
  return { added, removed: [...known.keys()].filter((id) => !seen.has(id)) };
}
