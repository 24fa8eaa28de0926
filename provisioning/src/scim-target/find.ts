import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@rollcall/scim';
import type { ObjectType } from '../source.ts';
import { type Call, TargetError, type TargetObject } from '../target.ts';
import { AnsweredError } from './answer-error.ts';
import { comparable, type ListIndex } from './list-index.ts';
import { readList, readResource } from './resource.ts';
import { formatPath, literal, readPath, valuesAt } from './scim-path.ts';
import { endpointOf, filterQuery, type Session, WITHOUT_MEMBERS } from './session.ts';

/**
 * Objects whose attribute has a value, by a filter; where the target cannot filter by it, by reading its lists. What is
 * answered is believed only when it really has the value. `read` reads one object by its id.
 */
export async function find(
  session: Session,
  index: ListIndex,
  read: (id: string) => Promise<TargetObject | undefined>,
  type: ObjectType,
  path: string,
  value: string,
  call: Call,
): Promise<readonly TargetObject[]> {
  const known = session.learning.filter(type, path);
  if (known?.value !== false) {
    const found = await byFilter(session, type, path, value, call);
    const isProven = known?.how === 'learnt' || session.dialect === 'entra' || found === undefined || found.length > 0;
    if (found !== undefined && (isProven || (await findsWhatIsThere(session, type, path, call)))) return found;
  }
  const ids = await index.ids(type, path, value, call);
  const objects = await Promise.all(ids.slice(0, 2).map(read));
  return objects.filter((object) => object !== undefined).filter((object) => holds(object, path, value));
}

/** Asks by filter; undefined when the answer says nothing. */
async function byFilter(
  session: Session,
  type: ObjectType,
  path: string,
  value: string,
  call: Call,
): Promise<readonly TargetObject[] | undefined> {
  const asked = await ask(session, type, path, value, call);
  if (asked === undefined) {
    const other = await ask(session, type, path, randomUUID(), call);
    // The attribute can be searched by, only not this value.
    if (other === undefined) cannot(session, type, path, 'It refuses to search by it.');
    return undefined;
  }
  const found = asked.filter((object) => holds(object, path, value));
  if (found.length === asked.length) {
    if (found.length > 0) can(session, type, path);
    return found;
  }
  const strangers = await ask(session, type, path, randomUUID(), call);
  if (strangers === undefined || strangers.length > 0) {
    cannot(session, type, path, 'It answers objects that do not have the value.');
    return undefined;
  }
  return found;
}

/** Resources for a filter; undefined when the target refuses it. */
async function ask(
  session: Session,
  type: ObjectType,
  path: string,
  value: string,
  call: Call,
): Promise<readonly TargetObject[] | undefined> {
  const query = searchQuery(type, path, value, session.dialect);
  try {
    const { resources } = readList(await session.send({ method: 'GET', path: endpointOf(type), query }, call));
    if (type === 'Group') {
      session.learning.learn('groups', { value: true, how: 'learnt', evidence: '/Groups answered a search.' });
    }
    return resources.map((body) => readResource(type, body));
  } catch (error) {
    if (!(error instanceof AnsweredError) || !error.isFromService) throw error;
    if (error.status === 404 && (await isOnlyUnmatched(session, type, call))) return [];
    if (error.status === 404 && type === 'Group' && (await lacksGroups(session, call))) {
      throw new TargetError('NotImplemented', `The target has no groups (${error.message})`, {
        status: 404,
        cause: error,
      });
    }
    if (error.status === 400 || error.status === 501 || error.status === 422) return undefined;
    throw error;
  }
}

/** The query of a search; groups come without members. */
export function searchQuery(type: ObjectType, path: string, value: string, dialect: 'rfc' | 'entra'): string {
  // Entra sends paths as they are mapped.
  const attribute = dialect === 'entra' ? path : formatPath(readPath(path));
  const filter = filterQuery(`${attribute} eq ${literal(value)}`);
  return type === 'Group' ? `${WITHOUT_MEMBERS}&${filter}` : filter;
}

/** A target that answers nothing may not know the attribute: it is asked for an object that it has shown. */
async function findsWhatIsThere(session: Session, type: ObjectType, path: string, call: Call): Promise<boolean> {
  if (!session.isTimeToVerify(`${type} ${path}`)) return true;
  const parsed = readPath(path);
  const sample = (await firstPage(session, type, call)).find((body) => typeof valuesAt(body, parsed)[0] === 'string');
  if (sample === undefined) return true;
  const [value] = valuesAt(sample, parsed);
  const found = await ask(session, type, path, String(value), call);
  const { id } = readResource(type, sample);
  if (found?.some((object) => object.id === id)) can(session, type, path);
  else cannot(session, type, path, 'It does not find by it an object that has the value.');
  return session.learning.filter(type, path)?.value !== false;
}

/** Whether a search that was answered 404 found nothing, instead of an empty list. */
const isOnlyUnmatched = async (session: Session, type: ObjectType, call: Call): Promise<boolean> => {
  const hasNoGroups = type === 'Group' && !session.learning.profile.groups.value;
  return session.dialect === 'rfc' && !hasNoGroups && (await answersList(session, type, call));
};

/** Whether there are users where there are no groups; otherwise it is the URL that is wrong. */
async function lacksGroups(session: Session, call: Call): Promise<boolean> {
  const { learning } = session;
  if (!learning.profile.groups.value) return true;
  if (!(await answersList(session, 'User', call))) return false;
  learning.learn('groups', { value: false, how: 'learnt', evidence: '/Groups answered 404, but /Users did not.' });
  return true;
}

const answersList = (session: Session, type: ObjectType, call: Call): Promise<boolean> =>
  firstPage(session, type, call).then(
    () => true,
    (error: unknown) => {
      if (error instanceof TargetError && error.status === 404) return false;
      throw error;
    },
  );

async function firstPage(session: Session, type: ObjectType, call: Call): Promise<readonly JsonObject[]> {
  const query = `${type === 'Group' ? `${WITHOUT_MEMBERS}&` : ''}startIndex=1&count=10`;
  return readList(await session.send({ method: 'GET', path: endpointOf(type), query }, call)).resources;
}

/** Whether an object has the value; what is not answered counts only for the id. */
function holds({ id, document }: TargetObject, path: string, value: string): boolean {
  if (path.toLowerCase() === 'id') return id === value;
  const wanted = comparable(path, value);
  return valuesAt(document, readPath(path)).some((held) => comparable(path, String(held)) === wanted);
}

function can({ learning }: Session, type: ObjectType, path: string): void {
  learning.learnFilter(type, path, { value: true, how: 'learnt', evidence: 'A search by it found what it should.' });
}

function cannot({ learning }: Session, type: ObjectType, path: string, evidence: string): void {
  learning.learnFilter(type, path, { value: false, how: 'learnt', evidence });
}
