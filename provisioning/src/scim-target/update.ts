import { readTargetPath } from '../mapping/target-path.ts';
import type { ObjectType } from '../source.ts';
import type { AttributeChange, Attributes, Call, TargetObject } from '../target.ts';
import { TargetError } from '../target.ts';
import { AnsweredError } from './answer-error.ts';
import { lacksPatch } from './members.ts';
import { patchBody } from './patch-body.ts';
import { patchEntra } from './patch-entra.ts';
import { patchRfc } from './patch-rfc.ts';
import { putChanges, withAnchor } from './put.ts';
import { pathOf, readEcho } from './resource.ts';
import { readPath } from './scim-path.ts';
import type { Session } from './session.ts';

type Read = (id: string) => Promise<TargetObject | undefined>;

/**
 * Changes an object by PATCH, by PUT where the target has no PATCH. Errors: TargetError `InvalidAnchor` when it is gone.
 */
export async function update(
  session: Session,
  read: Read,
  type: ObjectType,
  id: string,
  changes: readonly AttributeChange[],
  whole: Attributes,
  call: Call,
): Promise<TargetObject | undefined> {
  if (session.dialect === 'entra') return await patch(session, type, id, patchEntra(changes, session.compliant), call);
  if (!session.learning.profile.patch.value) return await putChanges(session, type, id, changes, whole, call);
  try {
    const echo = await patch(session, type, id, patchRfc(changes, whole), call);
    learnDeactivate(session, type, changes, echo);
    return echo;
  } catch (error) {
    if (lacksPatch(session, error)) return await putChanges(session, type, id, changes, whole, call);
    if (!(error instanceof AnsweredError) || error.scimType !== 'noTarget') throw error;
    // The object is not what it was taken for: an element is gone, or there already.
    const object = await read(id);
    if (object === undefined) throw new TargetError('InvalidAnchor', `${pathOf(type, id)} is gone`);
    const { left, kept } = compared(object, changes, whole);
    return await patch(session, type, id, patchRfc(left, kept), call);
  }
}

async function patch(
  session: Session,
  type: ObjectType,
  id: string,
  operations: ReturnType<typeof patchRfc>,
  call: Call,
): Promise<TargetObject | undefined> {
  if (operations.length === 0) return undefined;
  try {
    const request = { method: 'PATCH', path: pathOf(type, id), body: patchBody(operations) } as const;
    const echo = readEcho(type, await session.send({ ...request, cut: type === 'Group' }, call));
    if (type === 'User') learnEcho(session, echo !== undefined);
    return echo;
  } catch (error) {
    throw withAnchor(error);
  }
}

function learnEcho({ learning }: Session, value: boolean): void {
  const evidence = value ? 'It answers a PATCH with the resource.' : 'It answers a PATCH without the resource.';
  learning.learn('echo', { value, how: 'learnt', evidence });
}

/** A user that is disabled should be answered so. */
function learnDeactivate(
  { learning }: Session,
  type: ObjectType,
  changes: readonly AttributeChange[],
  echo: TargetObject | undefined,
): void {
  const isDisabled = type === 'User' && changes.some(({ path, to }) => path === 'active' && to === false);
  if (!isDisabled || typeof echo?.document.active !== 'boolean') return;
  const value = !echo.document.active;
  const evidence = value ? 'It answered a disabled user as inactive.' : 'It answered a disabled user as active.';
  learning.learn('deactivate', { value, how: 'learnt', evidence });
}

/** The changes as seen from what the target holds now, and what of the whole is really there. */
function compared(
  { document }: TargetObject,
  changes: readonly AttributeChange[],
  whole: Attributes,
): { left: readonly AttributeChange[]; kept: Attributes } {
  const held = (path: string) => readTargetPath(document, readPath(path));
  return {
    left: changes.map(({ path, to }) => ({ path, to, from: held(path) })),
    kept: new Map([...whole].filter(([path]) => held(path) !== undefined)),
  };
}
