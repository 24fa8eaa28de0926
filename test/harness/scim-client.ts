import { isArray, isObject, type Json, type JsonObject } from '@rollcall/scim';
import { type Answer, send } from './send.ts';
import { textAt, valueAt } from './value-at.ts';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** Header values; undefined leaves out one that would be sent by default. */
export type SentHeaders = Readonly<Record<string, string | undefined>>;

/** A client of one identity server. Paths are below its base URL and go out as they are written. */
export interface ScimClient {
  readonly baseUrl: string;
  readonly token: string;
  /** A body that is a string goes out as it is, anything else as JSON. */
  request(method: string, path: string, body?: Json, headers?: SentHeaders): Promise<Answer>;
  get(path: string, headers?: SentHeaders): Promise<Answer>;
  post(path: string, body: Json, headers?: SentHeaders): Promise<Answer>;
  put(path: string, body: Json, headers?: SentHeaders): Promise<Answer>;
  /** PATCH with these operations in a PatchOp message. */
  patch(path: string, ...operations: readonly JsonObject[]): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** GET /{endpoint}?filter=..., the filter encoded. */
  find(endpoint: string, filter: string): Promise<Answer>;
  /** Creates a user and returns its id; a userName is made up unless one is given. */
  user(attributes?: JsonObject): Promise<string>;
  /** Creates a group with these members and returns its id. */
  group(displayName: string, members?: readonly string[]): Promise<string>;
  /** Ids of a group's members, sorted. */
  members(group: string): Promise<string[]>;
}

let made = 0;

/** A client that signs in with a bearer token at a base URL. */
export function scimClient(baseUrl: string, token: string): ScimClient {
  const { origin, pathname } = new URL(baseUrl);

  async function request(method: string, path: string, body?: Json, headers: SentHeaders = {}): Promise<Answer> {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const type = text === undefined ? {} : { 'content-type': 'application/scim+json' };
    const all = { authorization: `Bearer ${token}`, accept: 'application/scim+json', ...type, ...headers };
    const sent = Object.fromEntries(
      Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    return send({ origin }, { method, path: pathname + path, headers: sent, body: text });
  }

  async function create(path: string, resource: JsonObject): Promise<string> {
    const answer = await request('POST', path, resource);
    if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
    return textAt(answer.body, '$.id');
  }

  return {
    baseUrl,
    token,
    request,
    get: (path, headers) => request('GET', path, undefined, headers),
    post: (path, body, headers) => request('POST', path, body, headers),
    put: (path, body, headers) => request('PUT', path, body, headers),
    patch: (path, ...operations) => request('PATCH', path, { schemas: [PATCH_OP], Operations: operations }),
    delete: (path) => request('DELETE', path),
    find: (endpoint, filter) => request('GET', `${endpoint}?filter=${encodeURIComponent(filter)}`),
    user: (attributes = {}) =>
      create('/Users', { schemas: [USER], userName: `user-${++made}@a.example`, ...attributes }),
    group: (displayName, members = []) =>
      create('/Groups', { schemas: [GROUP], displayName, members: members.map((value) => ({ value })) }),
    members: async (group) => memberIds((await request('GET', `/Groups/${group}`)).body),
  };
}

/** Ids of the members in a group's representation, sorted. Throws when `members` is missing: it never may be. */
export function memberIds(group: Json | undefined): string[] {
  const members = valueAt(group, '$.members');
  if (!isArray(members)) throw new Error(`No members in ${JSON.stringify(group)?.slice(0, 1000)}`);
  return members.map((member) => (isObject(member) ? String(member.value) : '')).toSorted();
}
