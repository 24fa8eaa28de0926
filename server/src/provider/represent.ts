import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  isObject,
  type Json,
  type JsonObject,
  needs,
  type Projection,
  project,
  type ResourceType,
} from '@rollcall/scim';
import type { Exchange, ScimResponse } from '../http/exchange.ts';
import type { GroupOfMember, MemberRow, Reads, StoredResource } from '../store/contract.ts';
import { groupsReadAlong } from '../store/groups-read-along.ts';

/** Members read at a time while a group is written out: a page costs about a millisecond. */
const MEMBER_PAGE = 1000;
/** Longer answers leave in pieces of about this many characters. */
export const PIECE = 64 * 1024;

/** The catalogueVersion of an identity server whose schemas nobody has touched. */
const UNCHANGED = 1;

/** What of the returned rows a projection asks for, and whether documents can go out as they are stored. */
export interface Shape {
  readonly type: ResourceType;
  readonly projection: Projection;
  readonly members: boolean;
  readonly groups: boolean;
  /** Attributes `returned: request` that the client sent in this very write (RFC 7643 §7). */
  readonly requested: ReadonlySet<string> | undefined;
  readonly verbatim: boolean;
}

export function shapeOf(
  exchange: Exchange,
  type: ResourceType,
  projection: Projection,
  requested?: ReadonlySet<string>,
): Shape {
  const wanted = needs(type, projection);
  return {
    type,
    projection,
    members: type.hasMembers && wanted.members,
    groups: type.hasGroups && wanted.groups,
    requested,
    // Where schemas were changed, a document may hold what no schema knows any more.
    verbatim: projection.kind === 'all' && !type.hasHiddenAttributes && exchange.server.catalogueVersion === UNCHANGED,
  };
}

export const etagOf = (stored: StoredResource): string => `W/"${stored.version}"`;

export const locationOf = (exchange: Exchange, type: ResourceType, id: string): string =>
  `${exchange.baseUrl}${type.endpoint}/${id}`;

/** The `meta` of a resource (RFC 7643 §3.1). */
export function metaOf(exchange: Exchange, type: ResourceType, stored: StoredResource) {
  const created = new Date(stored.created).toISOString();
  return {
    resourceType: type.name,
    created,
    // Writing a date takes 0.6 µs, and most resources were never modified.
    lastModified: stored.modified === stored.created ? created : new Date(stored.modified).toISOString(),
    location: locationOf(exchange, type, stored.id),
    version: etagOf(stored),
  };
}

/** The representation of a resource without members, as JSON text. */
export function resourceText(
  exchange: Exchange,
  shape: Shape,
  stored: StoredResource,
  groups: readonly GroupOfMember[] | undefined,
): string {
  const { type } = shape;
  const meta = metaOf(exchange, type, stored);
  const memberships =
    shape.groups && groups !== undefined && groups.length > 0
      ? groups.map((group) => ({
          value: group.id,
          $ref: `${exchange.baseUrl}/Groups/${group.id}`,
          display: group.label,
          type: group.type,
        }))
      : undefined;
  if (shape.verbatim) {
    // The stored document is canonical and holds nothing hidden: its text is the answer's middle.
    const tail = memberships === undefined ? '' : `,"groups":${JSON.stringify(memberships)}`;
    return `{"id":"${stored.id}",${stored.document.slice(1, -1)}${tail},"meta":${JSON.stringify(meta)}}`;
  }
  const document = parseDocument(stored);
  const full: JsonObject = {
    id: stored.id,
    ...document,
    schemas: knownSchemas(type, document),
    ...(memberships === undefined ? {} : { groups: memberships }),
    meta,
  };
  return JSON.stringify(project(type, full, shape.projection, shape.requested));
}

/** Of an extension that was removed since, neither data nor name goes out (RFC 7643 §3). */
function knownSchemas(type: ResourceType, { schemas }: JsonObject): readonly Json[] {
  const isKnown = (urn: Json) =>
    typeof urn === 'string' && (urn === type.schema.id || type.extensionsByUrn.has(urn.toLowerCase()));
  return Array.isArray(schemas) ? schemas.filter(isKnown) : [type.schema.id];
}

/** A stored document as an object. */
export function parseDocument(stored: StoredResource): JsonObject {
  const document: Json = JSON.parse(stored.document);
  if (!isObject(document)) throw new Error(`The document of ${stored.id} is not an object`);
  return document;
}

/** The representation in pieces: one for most resources, several for a group with many members. */
export async function* resourceParts(
  exchange: Exchange,
  reads: Reads,
  shape: Shape,
  stored: StoredResource,
  groups: readonly GroupOfMember[] | undefined,
): AsyncGenerator<string> {
  const text = resourceText(exchange, shape, stored, groups);
  if (!shape.members) {
    yield text;
    return;
  }
  let separator = `${text.slice(0, -1)},"members":[`;
  let after = 0;
  for (;;) {
    const page = await reads.members(stored.seq, after, MEMBER_PAGE);
    const last = page.at(-1);
    if (last !== undefined) {
      const elements = membersText(shape, page);
      if (elements !== '') {
        yield separator + elements;
        separator = ',';
      }
      after = last.seq;
    }
    if (page.length < MEMBER_PAGE) break;
    await nextTurn();
  }
  yield separator === ',' ? ']}' : `${separator}]}`;
}

function membersText(shape: Shape, page: readonly MemberRow[]): string {
  if (shape.projection.kind === 'all') return page.map(memberText).join(',');
  const members = page.map((row): Json => JSON.parse(memberText(row)));
  const projected = project(shape.type, { members }, shape.projection).members;
  return projected === undefined ? '' : JSON.stringify(projected).slice(1, -1);
}

// A member goes out as it came in: the id and what the client sent beside it (docs/compatibility.md).
const memberText = (row: MemberRow): string =>
  row.sent === null || row.sent === '{}' ? `{"value":"${row.id}"}` : `{"value":"${row.id}",${row.sent.slice(1)}`;

/** The answer with one resource: 200 or 201 with ETag and Location. */
export async function resourceResponse(
  exchange: Exchange,
  reads: Reads,
  status: 200 | 201,
  shape: Shape,
  stored: StoredResource,
): Promise<ScimResponse> {
  const groups = shape.groups ? (groupsReadAlong(stored) ?? (await reads.groupsOf(stored.seq))) : undefined;
  const headers = {
    etag: etagOf(stored),
    location: locationOf(exchange, shape.type, stored.id),
  };
  const body = shape.members
    ? await gather(resourceParts(exchange, reads, shape, stored, groups))
    : resourceText(exchange, shape, stored, groups);
  return { status, headers, body };
}

/** A short text whole, so that it gets a Content-Length; a long one as a stream in pieces worth sending. */
export async function gather(parts: AsyncGenerator<string>): Promise<string | AsyncIterable<string>> {
  let start = '';
  for (;;) {
    const { done, value } = await parts.next();
    if (done) return start;
    start += value;
    if (start.length > PIECE) return rest(start, parts);
  }
}

async function* rest(start: string, parts: AsyncGenerator<string>): AsyncGenerator<string> {
  let piece = start;
  for await (const part of parts) {
    if (piece.length > PIECE) {
      yield piece;
      piece = '';
      // A fast client takes each piece at once: without this, nobody else would have a turn.
      await nextTurn();
    }
    piece += part;
  }
  yield piece;
}
