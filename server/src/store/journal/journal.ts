import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Journal, keyText, type ObjectKey, type Page, type Reference } from '@rollcall/provisioning';
import { createPipeline } from '../pipeline.ts';
import type { Access, Statements } from '../statements.ts';
import { countEscrows, dropEscrows, dueEscrows, findEscrows } from './escrows.ts';
import { listIntents, writeIntents } from './intents.ts';
import { countLinks, dueDeletions, findLinkOfTarget, findLinks, pageOfLinks } from './links.ts';
import { lockIds } from './locks.ts';
import { pageOfPending, pageOfPendingGroups, pageOfPresent, walkGroup } from './membership-pages.ts';
import { changePresent, changeWanted } from './memberships.ts';
import { findReferences, pageOfPendingReferences } from './references.ts';
import { settle } from './settle.ts';
import { countStaged, findStaged, listStaged } from './staged.ts';
import { countWindow } from './window.ts';

/** Is awaited first in each transaction that writes; what it throws, the write rejects with, and nothing is written. */
export type Guard = (statements: Statements) => Promise<void>;

/** Where the provisioning of one application keeps what it knows. Reads see the last commit. */
export function createJournal({ read, write }: Access, application: number, guard?: Guard): Journal {
  const run = <T>(body: (statements: Statements) => Promise<T>): Promise<T> =>
    write(async (statements) => {
      if (guard !== undefined) await guard(statements);
      return body(statements);
    });
  const want = (group: string, added: readonly ObjectKey[], removed: readonly string[]) =>
    run(async (statements) => {
      const pipeline = createPipeline();
      await changeWanted(statements, application, group, added, removed, pipeline);
      await pipeline.answered();
    });

  return {
    links: async (type, ids) => findLinks(read, application, type, ids),
    linkOfTarget: async (type, targetId) => findLinkOfTarget(read, application, type, targetId),
    listLinks: async (type, after = '', limit) =>
      pageOf(await pageOfLinks(read, application, type, after, limit + 1), limit, ({ id }) => id),
    countLinks: async () => countLinks(read, application),
    dueDeletions: async (now, limit) => dueDeletions(read, application, now, limit),

    intend: (intents) =>
      run(async (statements) => {
        await writeIntents(statements, application, intents);
      }),
    unsettled: async (limit) => listIntents(read, application, limit),
    settle: (settlements) => run((statements) => settle(statements, application, settlements)),

    escrows: async (keys) => findEscrows(read, application, keys),
    dueEscrows: async (now, limit) => dueEscrows(read, application, now, limit),
    countEscrows: async () => countEscrows(read, application),
    dropEscrows: (firstBefore) => run((statements) => dropEscrows(statements, application, firstBefore)),

    async references(keys) {
      const references = new Map<string, Reference[]>();
      for (const { path, wanted, sent, ...key } of await findReferences(read, application, keys)) {
        const text = keyText(key);
        references.set(text, [...(references.get(text) ?? []), { path, wanted, sent }]);
      }
      return references;
    },
    pendingReferences: async (after, limit) =>
      pageOf(await pageOfPendingReferences(read, application, keyOf(after), limit + 1), limit, keyText),

    async wantMembers(group, members) {
      const { added, removed } = await differences(read, application, group, members);
      if (added.length === 0 && removed.length === 0) return;
      await want(group, added, removed);
    },
    changeMembers: want,
    noteMembers: (group, members) =>
      run(async (statements) => {
        const pipeline = createPipeline();
        pipeline.send(lockIds(statements, application, { exclusive: [], shared: members }));
        await changePresent(statements, application, group, members, [], pipeline);
        await pipeline.answered();
      }),
    pendingMembers: async (group, what, after = '', limit) =>
      pageOf(await pageOfPending(read, application, group, what, after, limit + 1), limit, ({ member }) => member),
    presentMembers: async (group, after = '', limit) =>
      pageOf(await pageOfPresent(read, application, group, after, limit + 1), limit, (id) => id),
    groupsWithPendingMembers: async (after = '', limit) =>
      pageOf(await pageOfPendingGroups(read, application, after, limit + 1), limit, (id) => id),

    staged: async (keys) =>
      new Map((await findStaged(read, application, keys)).map((removal) => [keyText(removal), removal])),
    listStaged: async (state, limit) => listStaged(read, application, state, limit),
    countStaged: async () => countStaged(read, application),

    window: async (since) => countWindow(read, application, since),
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
  read: Statements,
  application: number,
  group: string,
  members: AsyncIterable<readonly ObjectKey[]>,
): Promise<{ added: readonly ObjectKey[]; removed: readonly string[] }> {
  const known = new Map<string, string>();
  for await (const page of walkGroup(read, application, group)) {
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
