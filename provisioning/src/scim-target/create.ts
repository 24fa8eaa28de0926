import type { ObjectType } from '../source.ts';
import { type Attributes, type Call, TargetError, type TargetObject } from '../target.ts';
import { readObject } from './answer-error.ts';
import { createBody } from './create-body.ts';
import { find } from './find.ts';
import type { ListIndex } from './list-index.ts';
import { readResource } from './resource.ts';
import { endpointOf, type Session } from './session.ts';
import type { Answer } from './transport.ts';

/** What an object that was just made can be found by. */
const KEYS = { User: ['userName', 'externalId'], Group: ['externalId', 'displayName'] } as const;

/**
 * Creates an object. Where the answer has no body, its id is taken from `Location`, or searched for. Errors: TargetError
 * `ServiceIncompatible`, in doubt, when something was made but its id does not show.
 */
export async function create(
  session: Session,
  index: ListIndex,
  type: ObjectType,
  attributes: Attributes,
  call: Call,
): Promise<TargetObject> {
  const body = createBody(type, attributes, session.dialect);
  const answer = await session.send({ method: 'POST', path: endpointOf(type), body }, call);
  try {
    const isEmpty = answer.text.trim() === '';
    const created = isEmpty
      ? (located(answer) ?? (await searched(session, index, type, attributes, call)))
      : readResource(type, readObject(answer));
    index.wrote(type, created.id, { ...body, ...created.document });
    return created;
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const code = error.code === 'Unauthorized' ? error.code : 'ServiceIncompatible';
    throw new TargetError(code, error.message, { status: answer.status, inDoubt: true, cause: error });
  }
}

function located({ location }: Answer): TargetObject | undefined {
  const id = /\/(?:Users|Groups)\/((?:[^/?#%]|%[0-9a-f]{2})+)\/?$/i.exec(location ?? '')?.[1];
  return id === undefined ? undefined : { id: decoded(id), document: {} };
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

async function searched(
  session: Session,
  index: ListIndex,
  type: ObjectType,
  attributes: Attributes,
  call: Call,
): Promise<TargetObject> {
  index.forget(type);
  for (const path of KEYS[type]) {
    const value = attributes.get(path);
    if (typeof value !== 'string') continue;
    const [found, ...others] = await find(
      session,
      index,
      async (id) => ({ id, document: { [path]: value } }),
      type,
      path,
      value,
      call,
    );
    if (found !== undefined && others.length === 0) return { id: found.id, document: {} };
  }
  throw new TargetError('ServiceIncompatible', 'It created an object, but answered no id, and it is not to be found');
}
