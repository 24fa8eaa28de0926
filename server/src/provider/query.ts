import {
  bindFilter,
  type Filter,
  formatFilter,
  LIST_RESPONSE_SCHEMA,
  parseFilter,
  parsePaging,
  parseProjection,
  parseQuery,
  parseSearchRequest,
  parseSort,
  type Query,
  type ResourceType,
  type Sort,
  tooMany,
} from '@rollcall/scim';
import type { Exchange, ScimRequest, ScimResponse } from '../http/exchange.ts';
import {
  BudgetExceeded,
  type GroupOfMember,
  type SearchPage,
  type SearchQuery,
  type StoredResource,
} from '../store/contract.ts';
import { groupsReadAlong } from '../store/groups-read-along.ts';
import { parseBody } from './body.ts';
import { queryHash, readCursor, writeCursor } from './cursor.ts';
import { gather, PIECE, resourceParts, resourceText, type Shape, shapeOf } from './represent.ts';

/** GET /{endpoint}?filter=... (RFC 7644 §3.4.2); `types` are several at the root. */
export const listResources = (exchange: Exchange, request: ScimRequest, types: readonly ResourceType[]) =>
  answer(exchange, types, parseQuery(request.query));

/** POST /{endpoint}/.search (RFC 7644 §3.4.3): the same query in a body. */
export const searchResources = (exchange: Exchange, request: ScimRequest, types: readonly ResourceType[]) =>
  answer(exchange, types, parseSearchRequest(parseBody(request.body), exchange.rules));

async function answer(exchange: Exchange, types: readonly ResourceType[], parameters: Query): Promise<ScimResponse> {
  const { defaultPageSize, maxPageSize } = exchange.server.settings;
  const paging = parsePaging(parameters, { defaultPageSize, maxPageSize });
  const filter = readFilter(exchange, types, parameters.filter);
  const sort = parseSort(types, parameters.sortBy, parameters.sortOrder);
  const shapes = new Map(
    types.map((type) => [
      type.name,
      shapeOf(exchange, type, parseProjection(type, parameters.attributes, parameters.excludedAttributes)),
    ]),
  );
  const hash = paging.kind === 'index' ? '' : hashOf(exchange, types, filter, sort);
  const given = parameters.count === undefined ? undefined : paging.count;
  const page: SearchQuery['page'] =
    paging.kind === 'index'
      ? { kind: 'index', startIndex: paging.startIndex, count: paging.count }
      : {
          kind: 'after',
          position: paging.cursor === '' ? undefined : readCursor(exchange, hash, given, paging.cursor),
          count: paging.count,
        };
  const result = await search(exchange, {
    server: exchange.server.key,
    catalogue: exchange.catalogue,
    catalogueVersion: exchange.server.catalogueVersion,
    compatibility: exchange.rules.compatibility,
    types: types.map((type) => type.name),
    filter,
    sort: sort === undefined ? undefined : { by: sort.path.text, descending: sort.descending },
    page,
  });
  const next = result.next === undefined ? undefined : writeCursor(exchange, hash, paging.count, result.next);
  const envelope = {
    schemas: [LIST_RESPONSE_SCHEMA],
    totalResults: result.total,
    ...(page.kind === 'index' ? { startIndex: page.startIndex } : {}),
    itemsPerPage: result.rows.length,
    ...(next === undefined ? {} : { nextCursor: next }),
  };
  const body = await gather(listParts(exchange, JSON.stringify(envelope), result, shapes));
  return { status: 200, headers: {}, body };
}

/** What binds a cursor to its query. */
const hashOf = (
  exchange: Exchange,
  types: readonly ResourceType[],
  filter: Filter | undefined,
  sort: Sort | undefined,
) =>
  queryHash(
    exchange,
    types.map((type) => type.name).join(),
    filter === undefined ? '' : formatFilter(filter),
    sort === undefined ? '' : `${sort.path.text} ${sort.descending}`,
  );

function readFilter(exchange: Exchange, types: readonly ResourceType[], text: string | undefined): Filter | undefined {
  if (text === undefined) return undefined;
  const filter = parseFilter(text, undefined, exchange.rules);
  // Bound here for its errors; the reader threads bind it again for themselves. At the root, an attribute that a type
  // lacks has no value there (RFC 7644 §3.4.2.1).
  const unknown = types.length === 1 ? 'refuse' : 'absent';
  for (const type of types) bindFilter(filter, type, exchange.rules, unknown);
  return filter;
}

async function search(exchange: Exchange, query: SearchQuery): Promise<SearchPage> {
  try {
    return await exchange.store.search(query);
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    throw tooMany(
      'This search takes too long without an index. Compare userName, externalId, displayName or emails.value with eq, ' +
        'or walk the list with a cursor.',
    );
  }
}

async function* listParts(
  exchange: Exchange,
  envelope: string,
  result: SearchPage,
  shapes: ReadonlyMap<string, Shape>,
): AsyncGenerator<string> {
  const groups = await groupsOfRows(
    exchange,
    result.rows.filter((row) => shapes.get(row.type)?.groups),
  );
  let text = `${envelope.slice(0, -1)},"Resources":[`;
  let separator = '';
  for (const row of result.rows) {
    const shape = shapes.get(row.type);
    if (shape === undefined) continue;
    text += separator;
    separator = ',';
    if (shape.members) {
      for await (const part of resourceParts(exchange, exchange.store, shape, row, undefined)) {
        yield text + part;
        text = '';
      }
    } else {
      text += resourceText(exchange, shape, row, groups(row.seq));
      if (text.length > PIECE) {
        yield text;
        text = '';
      }
    }
  }
  yield `${text}]}`;
}

/** The groups of each of the rows, by their seq; of one row alone they take a simpler query. */
async function groupsOfRows(
  { store }: Exchange,
  rows: readonly StoredResource[],
): Promise<(seq: number) => readonly GroupOfMember[]> {
  const [first, ...others] = rows;
  if (first === undefined) return () => [];
  if (others.length > 0) return store.groupsOfMany(rows.map(({ seq }) => seq));
  const groups = groupsReadAlong(first) ?? (await store.groupsOf(first.seq));
  return () => groups;
}
