import type { ObjectType } from '../source.ts';
import { type Call, TargetError, type TargetObject } from '../target.ts';
import { type ListPage, readList, readResource } from './resource.ts';
import { endpointOf, type Session, WITHOUT_MEMBERS } from './session.ts';
import { AnswerTooLarge } from './transport-failure.ts';

const PAGE = 100;

/**
 * All objects of a type, page by page: by `startIndex`, or by cursor (RFC 9865) where the target names one. Errors:
 * TargetError `IncompatibleFiltering` when the list ends early, because then nothing can be said to be missing.
 */
export async function* listAll(session: Session, type: ObjectType, call: Call): AsyncGenerator<TargetObject> {
  const seen = new Set<string>();
  let count = PAGE;
  let received = 0;
  let cursor = session.learning.profile.paging.value === 'cursor' ? '' : undefined;
  for (;;) {
    const position = cursor === undefined ? `startIndex=${received + 1}` : `cursor=${encodeURIComponent(cursor)}`;
    const page = await pageOrSmaller(session, type, position, count, call);
    if (page === 'smaller') {
      count = Math.ceil(count / 2);
      continue;
    }
    const fresh = page.resources.map((body) => readResource(type, body)).filter(({ id }) => !seen.has(id));
    for (const object of fresh) seen.add(object.id);
    yield* fresh;
    received += page.resources.length;
    if (page.nextCursor !== undefined) {
      const evidence = 'Its lists name a next cursor.';
      session.learning.learn('paging', { value: 'cursor', how: 'learnt', evidence });
      cursor = page.nextCursor;
      if (fresh.length > 0) continue;
    }
    const isLast = cursor !== undefined || received >= (page.totalResults ?? Number.POSITIVE_INFINITY);
    if (isLast && page.nextCursor === undefined) return;
    if (fresh.length > 0) continue;
    if (page.totalResults === undefined) return;
    throw endedEarly(type, seen.size, page);
  }
}

async function pageOrSmaller(
  session: Session,
  type: ObjectType,
  position: string,
  count: number,
  call: Call,
): Promise<ListPage | 'smaller'> {
  const without = type === 'Group' ? `${WITHOUT_MEMBERS}&` : '';
  const query = `${without}${position}&count=${count}`;
  try {
    return readList(await session.send({ method: 'GET', path: endpointOf(type), query }, call));
  } catch (error) {
    const isTooLarge = error instanceof TargetError && error.cause instanceof AnswerTooLarge;
    if (isTooLarge && count > 1) return 'smaller';
    throw error;
  }
}

const endedEarly = (type: ObjectType, seen: number, { totalResults }: ListPage): TargetError =>
  new TargetError(
    'IncompatibleFiltering',
    `The list of ${endpointOf(type)} ended after ${seen} of ${totalResults ?? 'an unknown number'}, so it cannot be searched`,
  );
