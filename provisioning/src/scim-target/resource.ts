import { isArray, isObject, type Json, type JsonObject } from '@rollcall/scim';
import type { ObjectType } from '../source.ts';
import { TargetError, type TargetObject } from '../target.ts';
import { parseBody, readObject } from './answer-error.ts';
import { endpointOf } from './session.ts';
import type { Answer } from './transport.ts';

/** The path of one object. Errors: TargetError `InvalidAnchor` for an id that would name something else in a URL. */
export function pathOf(type: ObjectType, id: string): string {
  if (id === '' || id === '.' || id === '..') throw new TargetError('InvalidAnchor', `“${id}” is not an id`);
  return `${endpointOf(type)}/${encodeURIComponent(id)}`;
}

/** An object as it was answered, without members. Errors: TargetError `ServiceIncompatible` when it has no id. */
export function readResource(type: ObjectType, body: JsonObject): TargetObject {
  const id = typeof body.id === 'number' ? String(body.id) : body.id;
  if (typeof id !== 'string' || id === '') {
    throw new TargetError('ServiceIncompatible', 'The target answered an object without an id');
  }
  if (type === 'User' || !Object.hasOwn(body, 'members')) return { id, document: body };
  return { id, document: Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'members')) };
}

/** What an update echoed; undefined when the answer has no resource. */
export function readEcho(type: ObjectType, answer: Answer): TargetObject | undefined {
  const body = parseBody(answer.text);
  return isObject(body) && body.id !== undefined ? readResource(type, body) : undefined;
}

export interface ListPage {
  readonly resources: readonly JsonObject[];
  readonly totalResults: number | undefined;
  readonly nextCursor: string | undefined;
}

/** A list of resources (RFC 7644 §3.4.2). Errors: TargetError `ServiceIncompatible` for anything else. */
export function readList(answer: Answer): ListPage {
  const body = readObject(answer);
  const resources: Json | undefined = body.Resources ?? body.resources ?? (body.totalResults === 0 ? [] : undefined);
  if (resources === undefined && typeof body.totalResults === 'number') return page([], body);
  if (!isArray(resources)) {
    const { status, url } = answer;
    throw new TargetError('ServiceIncompatible', `${url.pathname} does not answer a list of resources`, { status });
  }
  return page(resources.filter(isObject), body);
}

const page = (resources: readonly JsonObject[], { totalResults, nextCursor }: JsonObject): ListPage => ({
  resources,
  totalResults: typeof totalResults === 'number' ? totalResults : undefined,
  nextCursor: typeof nextCursor === 'string' && nextCursor !== '' ? nextCursor : undefined,
});
