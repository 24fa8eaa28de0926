import { setImmediate as nextTurn } from 'node:timers/promises';
import { isObject, type Json } from '@rollcall/scim';
import type { IdentityServer, Reads, StoredResource } from '../store/contract.ts';

const PAGE = 500;

/** A resource that the directory has. Its document stays text: of most people only a few words are needed. */
export interface Present {
  readonly id: string;
  readonly seq: number;
  readonly label: string;
  readonly externalId: string | undefined;
  readonly active: boolean;
  /** Canonical JSON as it is stored. */
  readonly document: string;
}

/** What the directory has before an import. */
export interface Directory {
  readonly users: readonly Present[];
  readonly groups: readonly Present[];
}

/** Reads all users and groups of an identity server, with pauses for others. */
export async function readDirectory(reads: Reads, server: IdentityServer): Promise<Directory> {
  return { users: await readAll(reads, server, 'User'), groups: await readAll(reads, server, 'Group') };
}

async function readAll(reads: Reads, server: IdentityServer, type: string): Promise<Present[]> {
  const found: Present[] = [];
  for (let after = 0; ; ) {
    const page = await reads.list(server.key, type, after, PAGE);
    found.push(...page.map(present));
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return found;
    after = last.seq;
    await nextTurn();
  }
}

function present({ id, seq, label, document }: StoredResource): Present {
  const parsed: Json = JSON.parse(document);
  const { externalId, active } = isObject(parsed) ? parsed : {};
  return {
    id,
    seq,
    label,
    externalId: typeof externalId === 'string' ? externalId : undefined,
    active: active !== false,
    document,
  };
}

/** The ids of a group's direct members. */
export async function readMembers(reads: Reads, group: Present): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (let after = 0; ; ) {
    const page = await reads.members(group.seq, after, PAGE);
    for (const { id } of page) ids.add(id);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return ids;
    after = last.seq;
    await nextTurn();
  }
}
