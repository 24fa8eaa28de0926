import type { ResourceKind } from './directory.ts';
import { asProblem } from './problem.ts';

/** By any part of a name or an address, or by how it begins, which an index finds however many people there are. */
export type Match = 'part' | 'beginning';

const SEARCHED: Readonly<Record<Match, Readonly<Record<ResourceKind, readonly string[]>>>> = {
  part: {
    User: ['userName', 'displayName', 'name.givenName', 'name.familyName', 'emails.value'],
    Group: ['displayName'],
  },
  // What has an index: one attribute without, and all are read (200,000 people: 1.6 s of processor time, else 0.1).
  beginning: { User: ['userName', 'displayName', 'emails.value'], Group: ['displayName'] },
};
const OPERATORS = { part: 'co', beginning: 'sw' } as const;

/** The SCIM filter that finds whoever a text means: by names, addresses and ids. */
export function nameFilter(kind: ResourceKind, text: string, match: Match): string {
  const quoted = JSON.stringify(text);
  const names = SEARCHED[match][kind].map((path) => `${path} ${OPERATORS[match]} ${quoted}`);
  return [...names, `externalId eq ${quoted}`, `id eq ${quoted}`].join(' or ');
}

/**
 * Reads by any part of a name; a directory that is too large for that in the time that it gives is read by beginnings.
 * Errors: those of `read`.
 */
export async function readByName<T>(match: Match, read: (match: Match) => Promise<T>): Promise<T> {
  try {
    return await read(match);
  } catch (error) {
    if (match === 'beginning' || asProblem(error).view?.scimType !== 'tooMany') throw error;
    return read('beginning');
  }
}
