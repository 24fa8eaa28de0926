import type { JsonObject } from '@rollcall/scim';
import { ERRORS } from '../error.ts';
import { type Call, type MemberOutcome, TargetError } from '../target.ts';
import { AnsweredError } from './answer-error.ts';
import { patchBody } from './patch-body.ts';
import { memberOperationsEntra } from './patch-entra.ts';
import { memberOperationsRfc } from './patch-rfc.ts';
import { putMembers } from './put.ts';
import { pathOf } from './resource.ts';
import type { Session } from './session.ts';

type Verb = 'add' | 'remove';

/** Says whether the group itself is there: a 404 may also be about a member. */
export type Exists = () => Promise<boolean>;

const TOO_MANY = /too many|too large|limit|maximum|exceed|at most/i;
const ALREADY = /already|duplicate|exists/i;
const NOT_THERE = /not a member|no member|not found|does not exist|no such|not exist/i;
/** Refused one after another with none taken: then it is not about single members, and the rest is not tried. */
const REFUSED_IN_A_ROW = 16;
/** Refusals that may be the fault of one of the members. */
const ABOUT_A_MEMBER: ReadonlySet<number | undefined> = new Set([400, 404, 409, 412, 422]);

/**
 * Adds members to a group or takes them away, in requests of the size that the target takes. A refused request is
 * halved until the members at fault are alone. Errors: TargetError `InvalidAnchor` when the group is gone, and whatever
 * concerns the connection, as long as nothing was done; else it is the error of all that is left.
 */
export async function changeMembers(
  session: Session,
  group: string,
  verb: Verb,
  ids: readonly string[],
  exists: Exists,
  call: Call,
): Promise<MemberOutcome> {
  const done: string[] = [];
  const refused: { id: string; error: TargetError }[] = [];
  const queue: (readonly string[])[] = [[...new Set(ids)]];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const size = session.learning.profile.memberChunk.value;
    const chunk = next.slice(0, size);
    if (next.length > size) queue.unshift(next.slice(size));
    if (chunk.length === 0) continue;
    try {
      await send(session, group, verb, chunk, call);
      done.push(...chunk);
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      const verdict = await judge(session, verb, chunk, error, exists);
      if (verdict === 'done') done.push(...chunk);
      else if (verdict === 'refused' && done.length === 0 && refused.length >= REFUSED_IN_A_ROW) {
        refused.push(...[chunk, ...queue.splice(0)].flat().map((id) => ({ id, error })));
      } else if (verdict === 'refused') refused.push(...chunk.map((id) => ({ id, error })));
      else if (verdict === 'halve') queue.unshift(...halves(chunk));
      else if (verdict === 'gone') throw new TargetError('InvalidAnchor', error.message, { cause: error });
      else if (done.length === 0 || ERRORS[error.code].whole) throw error;
      else {
        refused.push(...[chunk, ...queue].flat().map((id) => ({ id, error })));
        break;
      }
    }
  }
  return { done, refused };
}

async function send(session: Session, group: string, verb: Verb, ids: readonly string[], call: Call): Promise<void> {
  const { learning } = session;
  if (learning.profile.patch.value) {
    try {
      await patch(session, group, verb, ids, call);
      return;
    } catch (error) {
      if (!lacksPatch(session, error)) throw error;
    }
  }
  await putMembers(session, group, verb, ids, call);
}

/** Whether an error shows that the target has no PATCH; then it is remembered. The `entra` dialect has nothing else. */
export function lacksPatch({ dialect, learning }: Session, error: unknown): boolean {
  const isLacking = error instanceof AnsweredError && (error.status === 405 || error.status === 501);
  if (!isLacking || dialect === 'entra') return false;
  learning.learn('patch', { value: false, how: 'learnt', evidence: `It answered ${error.status} to a PATCH.` });
  return true;
}

async function patch(session: Session, group: string, verb: Verb, ids: readonly string[], call: Call): Promise<void> {
  const { dialect, compliant } = session;
  const operations: readonly JsonObject[] =
    dialect === 'entra' ? memberOperationsEntra(verb, ids, compliant) : memberOperationsRfc(verb, ids);
  const path = pathOf('Group', group);
  // Without excludedAttributes: SCIMMY takes a group whose members it is not to answer for one that has none, and
  // stores that. A large echo is cut off instead; nothing of it is needed.
  await session.send({ method: 'PATCH', path, body: patchBody(operations), cut: true }, call);
}

async function judge(
  session: Session,
  verb: Verb,
  chunk: readonly string[],
  error: TargetError,
  exists: Exists,
): Promise<'done' | 'refused' | 'halve' | 'gone' | 'stop'> {
  if (error.code === 'InvalidAnchor') return 'gone';
  if (!(error instanceof AnsweredError) || !error.isFromService) return 'stop';
  const { status, scimType, detail } = error;
  const isTooMany = status === 413 || (status === 400 && (scimType === 'tooMany' || TOO_MANY.test(detail)));
  if (isTooMany && chunk.length > 1) {
    const value = Math.ceil(chunk.length / 2);
    const evidence = `It refused ${chunk.length} members in one request (${status}).`;
    session.learning.learn('memberChunk', { value, how: 'learnt', evidence });
    return 'halve';
  }
  if (status === 404 && !(await exists())) return 'gone';
  // Some fail with 500 where a member is there already.
  const isAboutMember = ABOUT_A_MEMBER.has(status) || (status === 500 && ALREADY.test(detail));
  if (!isAboutMember) return 'stop';
  if (chunk.length > 1) return 'halve';
  return isSoAlready(verb, error) ? 'done' : 'refused';
}

/** Whether a refusal says that the one member is in the group already, or not in it. */
function isSoAlready(verb: Verb, { status, scimType, detail }: AnsweredError): boolean {
  if (verb === 'add') return status === 409 || (status !== 404 && status !== 403 && ALREADY.test(detail));
  return status === 404 || scimType === 'noTarget' || (status !== 403 && NOT_THERE.test(detail));
}

const halves = (chunk: readonly string[]): readonly (readonly string[])[] => {
  const middle = Math.ceil(chunk.length / 2);
  return [chunk.slice(0, middle), chunk.slice(middle)];
};
