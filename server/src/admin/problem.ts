import type { ProblemView } from '../contract/problem.ts';

/** Every kind of error that the admin API answers with (RFC 9457): the last part of `type`, its status and title. */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'not-authenticated': { status: 401, title: 'Authentication failed' },
  'read-only': { status: 403, title: 'The API token may only read' },
  'not-allowed': { status: 403, title: 'Your role does not allow this' },
  'cross-site': { status: 403, title: 'The request does not come from the console' },
  'local-only': { status: 403, title: 'Only the command line on the server itself may do this' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'already-exists': { status: 409, title: 'It exists already' },
  'in-use': { status: 409, title: 'It is in use' },
  'not-usable': { status: 409, title: 'Its state does not allow this' },
  'feed-expired': { status: 410, title: 'The changes after this position are no longer kept' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is not JSON' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'scim-error': { status: 400, title: 'The SCIM operation was refused' },
  'target-failed': { status: 502, title: 'The target did not do what was asked' },
  'mail-failed': { status: 502, title: 'The mail was not sent' },
  internal: { status: 500, title: 'Something went wrong on the server' },
  'database-unavailable': { status: 503, title: 'The database does not answer' },
  'not-stored': { status: 503, title: 'The change could not be stored' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemKind = keyof typeof PROBLEMS;

interface Particulars {
  readonly field?: string | undefined;
  /** Everything that is wrong, where that is more than one thing. */
  readonly problems?: ProblemView['problems'];
  /** Of a `scim-error`: its detail error keyword (RFC 7644 §3.12). */
  readonly scimType?: string | undefined;
  /** Where it differs from the kind's own. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error of the admin API. `detail` says what to do next; it may be shown to whoever asked. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly status: number;
  readonly field: string | undefined;
  readonly problems: ProblemView['problems'];
  readonly scimType: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(kind: ProblemKind, detail: string, particulars: Particulars = {}) {
    super(detail);
    this.name = 'Problem';
    this.kind = kind;
    this.status = particulars.status ?? PROBLEMS[kind].status;
    this.field = particulars.field;
    this.problems = particulars.problems;
    this.scimType = particulars.scimType;
    this.headers = particulars.headers ?? {};
  }

  toJSON(): ProblemView {
    return {
      type: `/problems/${this.kind}`,
      title: PROBLEMS[this.kind].title,
      status: this.status,
      detail: this.message,
      ...(this.field === undefined ? {} : { field: this.field }),
      ...(this.problems === undefined ? {} : { problems: this.problems }),
      ...(this.scimType === undefined ? {} : { scimType: this.scimType }),
    };
  }
}
