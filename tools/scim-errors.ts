import type { ErrorStatus, ScimType } from '../scim/src/error.ts';

interface ErrorRow {
  readonly status: ErrorStatus | 408 | 431;
  readonly when: string;
  readonly advice: string;
}

// Keyed by the catalogue's own union: a keyword without a row does not compile.
const BY_TYPE: Readonly<Record<ScimType, ErrorRow>> = {
  invalidFilter: {
    status: 400,
    when: 'a filter cannot be read, names an unknown attribute, or compares what cannot be compared',
    advice: 'mend the filter at the position named',
  },
  tooMany: {
    status: 400,
    when: 'a search without a fitting index would take longer than `--search-budget`',
    advice: 'compare an indexed attribute with `eq`, or walk the list with a cursor',
  },
  uniqueness: {
    status: 409,
    when: 'another resource has the value',
    advice: 'find that resource with a filter and update it',
  },
  mutability: {
    status: 400,
    when: 'a readOnly or immutable attribute, or the removal of a required one',
    advice: 'leave the attribute out',
  },
  invalidSyntax: {
    status: 400,
    when: 'the body is not JSON, or not the message that belongs here',
    advice: 'send the message that `schemas` names',
  },
  invalidPath: { status: 400, when: 'the path of a PATCH cannot be read or leads nowhere', advice: 'mend the path' },
  noTarget: {
    status: 400,
    when: 'a `remove` without path, or a value filter that matches nothing (strict)',
    advice: 'name what is to be changed',
  },
  invalidValue: {
    status: 400,
    when: 'a required value is missing, or a value has the wrong type',
    advice: 'send the type that `/Schemas` says',
  },
  invalidVers: { status: 400, when: 'another protocol version in the URL', advice: 'use `/v2`' },
  sensitive: {
    status: 403,
    when: 'personal data in a URL; kept for clients, Rollcall does not send it',
    advice: 'use `/.search`',
  },
  invalidCursor: { status: 400, when: 'a cursor of another query, or none of ours', advice: 'begin the query again' },
  expiredCursor: { status: 400, when: 'a cursor older than `--cursor-timeout`', advice: 'begin the query again' },
  invalidCount: { status: 400, when: 'another `count` than on the first page', advice: 'keep `count`' },
};

const WITHOUT_TYPE: readonly ErrorRow[] = [
  {
    status: 401,
    when: 'no credentials, or wrong, expired, revoked or foreign ones',
    advice: 'see the reason in the request log',
  },
  {
    status: 403,
    when: 'the token’s scope is too small, the identity server is inactive, a filter on discovery',
    advice: 'as `detail` says',
  },
  { status: 404, when: 'no such resource, endpoint or identity server', advice: 'check the URL and the id' },
  { status: 405, when: 'the endpoint does not have the method', advice: 'use one that `Allow` lists' },
  { status: 408, when: 'the request did not arrive in time', advice: 'send it again' },
  { status: 409, when: 'a bulkId that the job has not created', advice: 'mend the job' },
  { status: 412, when: '`If-Match` names another version', advice: 'read the resource again' },
  {
    status: 413,
    when: 'more than `--max-body` bytes or `--bulk-operations` operations',
    advice: 'send less at a time',
  },
  { status: 415, when: 'the body is neither application/scim+json nor application/json', advice: 'set Content-Type' },
  {
    status: 429,
    when: 'the rate limit, or too many wrong credentials from an address',
    advice: 'wait as long as `Retry-After` says',
  },
  { status: 431, when: 'URL and headers are too long', advice: 'use `POST /.search`' },
  { status: 500, when: 'a mistake of Rollcall’s', advice: 'look for the request id in the server’s log' },
  { status: 501, when: 'POST to `/Me`', advice: 'POST to `/Users`' },
  {
    status: 503,
    when: 'the disk is full or failing, or the server is stopping; nothing was changed',
    advice: 'try again after `Retry-After`',
  },
];

/** Every error that a SCIM client can get, by status. */
export const SCIM_ERRORS: readonly (ErrorRow & { readonly scimType: string | undefined })[] = [
  ...Object.entries(BY_TYPE).map(([scimType, row]) => ({ scimType, ...row })),
  ...WITHOUT_TYPE.map((row) => ({ scimType: undefined, ...row })),
].toSorted((left, right) => left.status - right.status);
