import { isArray, isObject, type Json, type JsonObject } from '@rollcall/scim';
import type { ObjectType } from '../source.ts';
import { type AttributeChange, type Attributes, type Call, TargetError, type TargetObject } from '../target.ts';
import { AnsweredError, readObject } from './answer-error.ts';
import { pathOf, readEcho } from './resource.ts';
import { readPath, withValue } from './scim-path.ts';
import type { Session } from './session.ts';

/** Bytes of a group with all of its members. */
export const LARGEST_GROUP = 128 * 1024 * 1024;

/** What the target sets itself (RFC 7643 §3.1, §4.1.2); sending it back is at best ignored. */
const READ_ONLY: ReadonlySet<string> = new Set(['meta', 'groups']);

/** Replaces an object by itself with the changes made (RFC 7644 §3.5.1); what is not mapped stays as it is. */
export async function putChanges(
  session: Session,
  type: ObjectType,
  id: string,
  changes: readonly AttributeChange[],
  whole: Attributes,
  call: Call,
): Promise<TargetObject | undefined> {
  const wanted = new Map<string, Json | undefined>(whole);
  for (const { path, to } of changes) wanted.set(path, to);
  return await put(session, type, id, call, (document) =>
    [...wanted].reduce((made, [path, value]) => withValue(made, readPath(path), value), document),
  );
}

/** Replaces a group by itself with other members. */
export async function putMembers(
  session: Session,
  group: string,
  verb: 'add' | 'remove',
  ids: readonly string[],
  call: Call,
): Promise<void> {
  const changed = new Set(ids);
  await put(session, 'Group', group, call, (document) => {
    const others = membersOf(document).filter((member) => !changed.has(idOf(member)));
    const added = verb === 'add' ? ids.map((value) => ({ value })) : [];
    return { ...document, members: [...others, ...added] };
  });
}

/** The elements of a group's `members`. */
export const membersOf = ({ members }: JsonObject): readonly Json[] => (isArray(members) ? members : []);

/** The id in an element of `members`. */
export const idOf = (member: Json): string => String((isObject(member) ? member.value : member) ?? '');

/** Reads an object whole and writes what `change` makes of it. Errors: TargetError `InvalidAnchor` when it is gone. */
async function put(
  session: Session,
  type: ObjectType,
  id: string,
  call: Call,
  change: (document: JsonObject) => JsonObject,
): Promise<TargetObject | undefined> {
  const path = pathOf(type, id);
  const read = session.send({ method: 'GET', path, largest: LARGEST_GROUP }, call);
  const answer = await read.catch((error: unknown) => {
    throw withAnchor(error);
  });
  const kept = Object.entries(readObject(answer)).filter(([name]) => !READ_ONLY.has(name.toLowerCase()));
  const body = change(Object.fromEntries(kept));
  const echo = readEcho(type, await session.send({ method: 'PUT', path, body, largest: LARGEST_GROUP }, call));
  session.learning.learn('put', { value: true, how: 'learnt', evidence: 'It took a PUT.' });
  return echo;
}

/** A 404 for an object that was there once means that it is gone. */
export function withAnchor(error: unknown): unknown {
  const isGone =
    error instanceof AnsweredError && error.isFromService && (error.status === 404 || error.status === 410);
  return isGone ? new TargetError('InvalidAnchor', error.message, { status: error.status, cause: error }) : error;
}
