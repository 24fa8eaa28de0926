/** The detail error keywords of RFC 7644 §3.12 Table 9 and RFC 9865 §2.1. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

/** The status codes that a SCIM answer of Rollcall can carry when it is an error. */
export type ErrorStatus = 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 429 | 500 | 501 | 503;

export const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error';

/**
 * The one error of the protocol (RFC 7644 §3.12): an HTTP status, an optional keyword and words that tell the
 * client what to do. `detail` is public; it never holds a secret, SQL or another identity server's data.
 */
export class ScimError extends Error {
  readonly status: ErrorStatus;
  readonly scimType: ScimType | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ErrorStatus,
    scimType: ScimType | undefined,
    detail: string,
    headers: Record<string, string> = {},
  ) {
    super(detail);
    this.name = 'ScimError';
    this.status = status;
    this.scimType = scimType;
    this.headers = headers;
  }

  /** The error body of RFC 7644 §3.12; `status` is a JSON string. */
  toJSON(): { schemas: string[]; status: string; scimType?: ScimType; detail: string } {
    return {
      schemas: [ERROR_SCHEMA],
      status: String(this.status),
      ...(this.scimType === undefined ? {} : { scimType: this.scimType }),
      detail: this.message,
    };
  }
}

// The catalogue: every error that Rollcall's SCIM side can answer is made by one of these.
export const invalidFilter = (detail: string) => new ScimError(400, 'invalidFilter', detail);
export const invalidSyntax = (detail: string) => new ScimError(400, 'invalidSyntax', detail);
export const invalidPath = (detail: string) => new ScimError(400, 'invalidPath', detail);
export const invalidValue = (detail: string) => new ScimError(400, 'invalidValue', detail);
export const noTarget = (detail: string) => new ScimError(400, 'noTarget', detail);
export const mutability = (detail: string) => new ScimError(400, 'mutability', detail);
export const tooMany = (detail: string) => new ScimError(400, 'tooMany', detail);
export const invalidCursor = (detail: string) => new ScimError(400, 'invalidCursor', detail);
export const expiredCursor = (detail: string) => new ScimError(400, 'expiredCursor', detail);
export const invalidCount = (detail: string) => new ScimError(400, 'invalidCount', detail);
export const invalidVersion = (detail: string) => new ScimError(400, 'invalidVers', detail);
export const forbidden = (detail: string, headers: Record<string, string> = {}) =>
  new ScimError(403, undefined, detail, headers);
export const notFound = (detail: string) => new ScimError(404, undefined, detail);
export const methodNotAllowed = (detail: string, allow: string) => new ScimError(405, undefined, detail, { allow });
/** 409 with `uniqueness` (RFC 7644 §3.3, and for PUT and PATCH alike). */
export const uniqueness = (detail: string) => new ScimError(409, 'uniqueness', detail);
export const conflict = (detail: string) => new ScimError(409, undefined, detail);
export const preconditionFailed = (detail: string) => new ScimError(412, undefined, detail);
export const tooLarge = (detail: string) => new ScimError(413, undefined, detail);
export const unsupportedMediaType = (detail: string) => new ScimError(415, undefined, detail);
export const tooManyRequests = (detail: string, headers: Record<string, string>) =>
  new ScimError(429, undefined, detail, headers);
export const internal = (detail: string) => new ScimError(500, undefined, detail);
export const notImplemented = (detail: string) => new ScimError(501, undefined, detail);
export const unavailable = (detail: string, retryAfter: number) =>
  new ScimError(503, undefined, detail, { 'retry-after': String(retryAfter) });
