import { isObject } from '@rollcall/scim';
import type { Answer } from '../harness/send.ts';
import { valueAt } from '../harness/value-at.ts';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
const SCIM_TYPES = new Set([
  'invalidFilter',
  'tooMany',
  'uniqueness',
  'mutability',
  'invalidSyntax',
  'invalidPath',
  'noTarget',
  'invalidValue',
  'invalidVers',
  'sensitive',
  'invalidCursor',
  'expiredCursor',
  'invalidCount',
]);
/** What a client may be told; anything else, above all a 500, is a mistake of the server. */
const STATUSES = new Set([200, 201, 204, 304, 400, 403, 404, 405, 409, 412, 413, 415, 501]);

/** What is wrong with an answer, whatever was asked; undefined when nothing is. */
export function verdict({ status, headers, text, body }: Answer, method: string): string | undefined {
  if (!STATUSES.has(status)) return `status ${status}`;
  if (method === 'HEAD' || status === 204 || status === 304)
    return text === '' ? undefined : 'a body where none belongs';
  if (!String(headers['content-type']).startsWith('application/scim+json')) return `type ${headers['content-type']}`;
  if (!isObject(body)) return 'a body that is no JSON object';
  if (status < 400) return undefined;
  if (valueAt(body, '$.schemas[0]') !== ERROR) return 'an error that is no SCIM error';
  if (valueAt(body, '$.status') !== String(status)) return `status in the body: ${valueAt(body, '$.status')}`;
  const scimType = valueAt(body, '$.scimType');
  if (scimType !== undefined && !SCIM_TYPES.has(String(scimType))) return `scimType ${scimType}`;
  const detail = valueAt(body, '$.detail');
  if (typeof detail !== 'string' || detail.length < 10) return 'an error without a detail';
  if (detail.length > 2000) return `a detail of ${detail.length} characters`;
  return undefined;
}
