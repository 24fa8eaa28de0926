import type { Json } from '@rollcall/scim';
import type { Random } from '../harness/random.ts';
import { randomBytes } from './make/bytes.ts';
import { randomJson, randomResource } from './make/json.ts';
import { randomPatch } from './make/patch.ts';
import { plausibleResource } from './make/plausible.ts';
import { randomQuery } from './make/query.ts';
import { PATHS, STRANGE_NAMES } from './make/words.ts';

const SCHEMAS = {
  User: 'urn:ietf:params:scim:schemas:core:2.0:User',
  Group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
} as const;

export interface FuzzRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';
  readonly path: string;
  readonly body: Buffer | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** Ids of resources that exist, by type. */
export interface Known {
  readonly User: readonly string[];
  readonly Group: readonly string[];
}

const anyType = (random: Random): 'User' | 'Group' => (random.chance(0.6) ? 'User' : 'Group');

function bodyOf(random: Random, json: Json): Buffer {
  return random.chance(0.12) ? randomBytes(random, json) : Buffer.from(JSON.stringify(json));
}

function resource(random: Random, type: 'User' | 'Group', known: Known): Json {
  const ids = [...known.User, ...known.Group];
  if (random.chance(0.4)) return randomResource(random, SCHEMAS[type], ids);
  const name = `${random.below(1_000_000_000)}`;
  const made = plausibleResource(random, type, SCHEMAS[type], ids);
  return { ...made, ...(type === 'User' ? { userName: name } : { displayName: name }) };
}

function bulkBody(random: Random, known: Known): Json {
  const operations = Array.from({ length: random.below(6) }, (_, index): Json => {
    const type = anyType(random);
    const method = random.pick(['POST', 'PUT', 'PATCH', 'DELETE', 'post', 'GET']);
    // What a DELETE removed, no later case could change.
    const isKnown = method !== 'DELETE' && random.chance(0.8);
    const id = isKnown ? random.pick(known[type]) : `bulkId:b${random.below(4)}`;
    const data =
      method === 'PATCH'
        ? randomPatch(random, type, [...known.User, `bulkId:b${random.below(4)}`])
        : resource(random, type, known);
    return {
      method,
      path: method === 'POST' ? `/${type}s` : `/${type}s/${id}`,
      ...(random.chance(0.8) ? { bulkId: `b${index}` } : {}),
      ...(random.chance(0.9) ? { data } : {}),
      ...(random.chance(0.1) ? { version: 'W/"1"' } : {}),
    };
  });
  return {
    schemas: random.chance(0.95) ? ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'] : randomJson(random, 1),
    ...(random.chance(0.3) ? { failOnErrors: random.pick<Json>([1, 0, -1, '1', 1e9]) } : {}),
    Operations: random.chance(0.97) ? operations : randomJson(random),
  };
}

function searchBody(random: Random): Json {
  const parameters = new URLSearchParams(randomQuery(random));
  const body: Record<string, Json> = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
    ...Object.fromEntries(parameters),
  };
  if (random.chance(0.5)) body.count = random.pick<Json>([1, 0, -1, 1.5, '5', null, 1e9, [1]]);
  if (random.chance(0.2)) body.attributes = randomJson(random, 1);
  return body;
}

function headersOf(random: Random): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/scim+json' };
  if (random.chance(0.05)) headers['if-match'] = random.pick(['W/"1"', '*', '"1"', 'x', 'W/"1", W/"2"', '""', ',']);
  if (random.chance(0.05)) headers['if-none-match'] = random.pick(['W/"1"', '*', 'x']);
  if (random.chance(0.03)) headers['content-type'] = random.pick(['text/plain', 'application/json;charset=x', '', ';']);
  if (random.chance(0.02)) headers['content-encoding'] = random.pick(['gzip', 'identity', 'x']);
  if (random.chance(0.02)) headers['x-http-method-override'] = 'DELETE';
  return headers;
}

/** Any request that a client, a broken client or an attacker with a token could send. */
export function randomRequest(random: Random, known: Known): FuzzRequest {
  const headers = headersOf(random);
  const type = anyType(random);
  const id = encodeURIComponent(
    random.chance(0.95) ? random.pick(known[type]) : random.pick(STRANGE_NAMES).toWellFormed(),
  );
  const query = random.chance(0.2) ? `?${randomQuery(random)}` : '';
  switch (random.below(10)) {
    case 0:
    case 1:
      return {
        method: 'GET',
        path: `/${random.pick(['Users', 'Groups', ''])}?${randomQuery(random)}`,
        body: undefined,
        headers,
      };
    case 2:
    case 3:
      return {
        method: 'PATCH',
        path: `/Users/${random.pick(known.User)}${query}`,
        body: bodyOf(random, randomPatch(random, 'User', known.User)),
        headers,
      };
    case 4: {
      const ids = [...known.User, ...known.Group, 'nobody'];
      return {
        method: 'PATCH',
        path: `/Groups/${random.pick(known.Group)}${query}`,
        body: bodyOf(random, randomPatch(random, 'Group', ids)),
        headers,
      };
    }
    case 5:
      return {
        method: 'POST',
        path: `/${type}s${query}`,
        body: bodyOf(random, resource(random, type, known)),
        headers,
      };
    case 6:
      return {
        method: 'PUT',
        path: `/${type}s/${id}${query}`,
        body: bodyOf(random, resource(random, type, known)),
        headers,
      };
    case 7: {
      const path = random.pick(['/.search', '/Users/.search', '/Groups/.search']);
      return { method: 'POST', path, body: bodyOf(random, searchBody(random)), headers };
    }
    case 8:
      return { method: 'POST', path: '/Bulk', body: bodyOf(random, bulkBody(random, known)), headers };
    default: {
      const method = random.pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const);
      const takesBody = method !== 'GET' && method !== 'HEAD' && random.chance(0.7);
      return {
        method,
        path: random.pick(PATHS) + query,
        body: takesBody ? bodyOf(random, randomJson(random)) : undefined,
        headers,
      };
    }
  }
}
