import { type Filter, parseFilter } from './filter.ts';
import { Refusal } from './refusal.ts';

/** What a PATCH operation points at (RFC 7644 §3.5.2). */
export interface Path {
  /** An extension's URN; undefined for the attributes of the core schema. */
  readonly schema: string | undefined;
  /** Undefined when the path is the extension itself. */
  readonly attribute: string | undefined;
  readonly filter: Filter | undefined;
  readonly sub: string | undefined;
}

const CORE = /^urn:ietf:params:scim:schemas:core:2\.0:(user|group)$/i;
const SCHEMA = /^urn:.*:\d+\.\d+:\w+$/i;
const PATH = /^(?:(urn:.+):)?([a-z$][\w$-]*)(?:\[(.*)\])?(?:\.([\w$-]+))?$/i;

/** Reads a path. Throws Refusal `invalidPath`. */
export function parsePath(text: string): Path {
  if (SCHEMA.test(text)) return { schema: text, attribute: undefined, filter: undefined, sub: undefined };
  const match = PATH.exec(text);
  if (match === null) throw new Refusal(400, `Not a path: ${text}`, 'invalidPath');
  const [, schema, attribute, filter, sub] = match;
  return {
    schema: schema !== undefined && CORE.test(schema) ? undefined : schema,
    attribute,
    filter: filter === undefined ? undefined : parseFilter(filter),
    sub,
  };
}
