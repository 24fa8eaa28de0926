import { ERRORS, MappingsInvalid, TargetError, TargetUnusable } from '@rollcall/provisioning';
import { ScimError } from '@rollcall/scim';
import { z } from 'zod';
import { AuthenticationFailed } from '../auth/authentication-failed.ts';
import { SecretUnreadable } from '../auth/encryption.ts';
import { issueText } from '../contract/issue-text.ts';
import { BudgetExceeded, CommitFailed, StoreUnavailable } from '../store/contract.ts';
import { Problem, type ProblemKind } from './problem.ts';

const HINT = 'Send an API token: make one on the server with rollcall api-token add.';

const RETRY = { 'retry-after': '5' };

/** The one place that makes a problem of whatever was thrown; what nobody foresaw is `internal`. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof AuthenticationFailed) return fromAuthentication(error);
  if (error instanceof ScimError) {
    const { status, headers, scimType } = error;
    return new Problem('scim-error', error.message, { status, headers, scimType });
  }
  if (error instanceof z.ZodError) return fromValidation(error);
  if (error instanceof MappingsInvalid) return fromMappings(error);
  if (error instanceof TargetError) return fromTarget(error);
  if (error instanceof TargetUnusable) return fromTarget(error.error);
  if (error instanceof SecretUnreadable) return new Problem('not-usable', error.message);
  if (error instanceof CommitFailed) {
    return new Problem(
      'not-stored',
      error.mayBeStored
        ? 'The database was lost meanwhile: whether the change was stored is not known. Look, then try again.'
        : 'Nothing was changed. See whether the disk is full, then try again.',
      { headers: RETRY },
    );
  }
  if (error instanceof StoreUnavailable) {
    return new Problem('database-unavailable', 'Try again in a moment. /readyz says what the matter is.', {
      headers: RETRY,
    });
  }
  if (error instanceof BudgetExceeded) {
    return new Problem('too-many-requests', 'The search took too long; narrow it down.', { status: 503 });
  }
  return fromFramework(error) ?? new Problem('internal', "The server's own log has the cause.");
}

function fromAuthentication(error: AuthenticationFailed): Problem {
  const kinds: Partial<Record<number, ProblemKind>> = { 400: 'invalid-request', 429: 'too-many-requests' };
  const detail = error.status === 401 ? `${error.message} ${HINT}` : error.message;
  return new Problem(kinds[error.status] ?? 'not-authenticated', detail, { headers: error.headers });
}

function fromValidation(error: z.ZodError): Problem {
  const problems = error.issues.map(problemOfIssue);
  const [first] = problems;
  if (first === undefined) return new Problem('invalid-request', 'The request is not valid.');
  const { field, message } = first;
  const several = problems.length > 1 ? { problems } : {};
  if (field === '') return new Problem('invalid-request', `The request's body ${message}.`, several);
  const detail = message === UNKNOWN ? `${field} ${message}.` : `${field}: ${message}.`;
  return new Problem('invalid-request', detail, { field, ...several });
}

const UNKNOWN = 'is not known here; see whether it is spelt right';

function problemOfIssue(issue: z.core.$ZodIssue): { field: string; message: string } {
  if (issue.code !== 'unrecognized_keys') return { field: issue.path.join('.'), message: issueText(issue) };
  return { field: [...issue.path, issue.keys[0]].join('.'), message: UNKNOWN };
}

function fromMappings({ problems }: MappingsInvalid): Problem {
  const [first] = problems;
  const detail = first === undefined ? 'The mappings are not valid.' : `${first.field}: ${first.message}`;
  return new Problem('invalid-request', detail, { field: first?.field, problems: problems.map((one) => ({ ...one })) });
}

function fromTarget({ code, message }: TargetError): Problem {
  const { reason, advice } = ERRORS[code];
  return new Problem('target-failed', `${reason} ${message} ${advice}`);
}

const FRAMEWORK: Partial<Record<string, readonly [ProblemKind, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['too-large', 'The body is too long; send less at a time.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'Send JSON with Content-Type: application/json.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid-request', 'The body is not valid JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid-request', 'The body is not as long as Content-Length says.'],
  FST_ERR_BAD_URL: ['invalid-request', 'The URL is not well encoded.'],
};

function fromFramework(error: unknown): Problem | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  const known = FRAMEWORK[String(error.code)];
  return known === undefined ? undefined : new Problem(known[0], known[1]);
}
