import { invalidSyntax, invalidValue, ScimError } from '../error.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { type Fields, readFields } from '../message/fields.ts';
import type { BulkMethod, BulkOperation, MalformedOperation } from './operation.ts';

// As deep as any SCIM message goes, with room; what follows walks the data recursively.
const MAX_DEPTH = 40;

const METHODS: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

// What is no resource cannot be written, and a query or a bulk within a bulk would escape its limits.
const REFUSED = /^\/(?:Bulk|Schemas|ResourceTypes|ServiceProviderConfig)(?:\/|$)|\/\.search$/;

/** Reads one entry of `Operations`; `bulkIds` are those of the entries before, to which its own is added. */
export function parseBulkOperation(
  entry: Json,
  index: number,
  bulkIds: Set<string>,
  baseUrl: string | undefined,
): BulkOperation | MalformedOperation {
  const seen: { method?: string; bulkId?: string } = {};
  try {
    if (!isObject(entry)) throw invalidSyntax('an operation must be an object with method and path.');
    const fields = readFields(entry);
    const method = readString(fields, 'method')?.toUpperCase();
    if (method !== undefined) seen.method = method;
    const bulkId = readString(fields, 'bulkId');
    if (bulkId !== undefined) seen.bulkId = bulkId;
    if (!isMethod(method)) throw invalidValue('method must be POST, PUT, PATCH or DELETE.');
    if (method === 'POST') claim(bulkId, bulkIds);
    const version = readString(fields, 'version');
    const path = readPath(readString(fields, 'path'), baseUrl);
    return { index, method, bulkId, version, path, data: method === 'DELETE' ? undefined : readData(fields, method) };
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    const located = new ScimError(error.status, error.scimType, `Operations[${index}]: ${error.message}`);
    return { index, method: seen.method, bulkId: seen.bulkId, error: located };
  }
}

function readString(fields: Fields, name: string): string | undefined {
  const value = fields.get(name.toLowerCase()) ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw invalidValue(`${name} must be a string.`);
  return value;
}

function isMethod(method: string | undefined): method is BulkMethod {
  return method !== undefined && METHODS.has(method);
}

function claim(bulkId: string | undefined, bulkIds: Set<string>): void {
  if (bulkId === undefined || bulkId === '') throw invalidValue('POST needs a bulkId.');
  if (/[\s"/?#\\]/.test(bulkId)) throw invalidValue('bulkId must not contain spaces, quotes, /, \\, ? or #.');
  if (bulkIds.has(bulkId))
    throw invalidValue('bulkId is that of an earlier operation; each POST needs one of its own.');
  bulkIds.add(bulkId);
}

/** Relative to the base; clients also send it without the slash, or as a URL below the base. */
function readPath(path: string | undefined, baseUrl: string | undefined): string {
  if (path === undefined) throw invalidValue('path is missing; it names an endpoint, or a resource below it.');
  const base = baseUrl?.replace(/\/$/, '');
  const relative = base !== undefined && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
  const rooted = relative.startsWith('/') ? relative : `/${relative}`;
  if (rooted === '/' || rooted.includes('://')) throw invalidValue('path must be relative to the base URL: /Users/42.');
  if (REFUSED.test(rooted)) throw invalidValue('path must be that of a resource or its endpoint.');
  return rooted;
}

function readData(fields: Fields, method: BulkMethod): JsonObject {
  const data = fields.get('data');
  if (data === undefined || data === null) throw invalidValue(`${method} needs data: the body of the single request.`);
  if (!isObject(data)) throw invalidSyntax('data must be an object.');
  if (isDeeperThan(data, MAX_DEPTH)) throw invalidSyntax(`data is nested deeper than ${MAX_DEPTH} levels.`);
  return data;
}

function isDeeperThan(value: Json, levels: number): boolean {
  if (!isArray(value) && !isObject(value)) return false;
  if (levels === 0) return true;
  return Object.values(value).some((member: Json) => isDeeperThan(member, levels - 1));
}
