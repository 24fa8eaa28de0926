import { isArray, isObject, type Json, type JsonObject } from '@rollcall/scim';
import type { ErrorCode } from '../error.ts';
import { TargetError } from '../target.ts';
import type { Answer, Method } from './transport.ts';

const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error';
const LONGEST_DETAIL = 1000;

/** A TargetError made of an answer, with what a SCIM error body says beside its text (RFC 7644 §3.12). */
export class AnsweredError extends TargetError {
  readonly scimType: string | undefined;
  /** The text of the answer: `detail` of a SCIM error, or its beginning. */
  readonly detail: string;
  /** Whether the body was JSON (or empty) and so may come from the service provider itself. */
  readonly isFromService: boolean;
  /** Where it came from, after redirects. */
  readonly from: URL;

  constructor(answer: Answer, method: Method, retryAfter: number | undefined) {
    const { scimType, detail, isFromService } = readError(answer);
    const code = codeOf(answer.status, scimType, isFromService);
    const type = scimType === undefined ? '' : ` (${scimType})`;
    const inDoubt = answer.status >= 500 && answer.status !== 501 && method !== 'GET';
    const text = `${answer.status}${type}${detail === '' ? '' : `: ${detail}`}`;
    super(code, text, { status: answer.status, inDoubt, retryAfter });
    this.scimType = scimType;
    this.detail = detail;
    this.isFromService = isFromService;
    this.from = answer.url;
  }
}

/** The JSON object of an answer. Errors: TargetError `ServiceIncompatible` for anything else. */
export function readObject(answer: Answer): JsonObject {
  const body = parseBody(answer.text);
  if (isObject(body)) return body;
  const what = isHtml(answer) ? `a web page${titled(answer.text)}` : answer.text === '' ? 'nothing' : 'no JSON object';
  const { status } = answer;
  throw new TargetError('ServiceIncompatible', `${status}, but the answer of ${answer.url.host} is ${what}`, {
    status,
  });
}

/** Whether an answer is a web page: a login page, a proxy's, a home page. */
export const isHtml = ({ contentType, text }: Answer): boolean =>
  /text\/html|application\/xhtml/i.test(contentType) || /^\s*<(!doctype html|html)\b/i.test(text);

/** The JSON of a body, whatever its media type says; undefined when it is none. */
export function parseBody(text: string): Json | undefined {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

/** Milliseconds that `Retry-After` asks to wait: seconds or a date (RFC 9110 §10.2.3). */
export function retryAfterOf(answer: Answer, now: number): number | undefined {
  const { retryAfter } = answer;
  if (retryAfter === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function codeOf(status: number, scimType: string | undefined, isFromService: boolean): ErrorCode {
  if (status === 401) return 'Unauthorized';
  if (status === 403) return 'InsufficientRights';
  if (status === 429) return 'TooManyRequests';
  if (status === 501) return 'NotImplemented';
  if (status >= 500) return 'InternalServerError';
  if (!isFromService || status < 400 || status === 404 || status === 410) return 'ServiceIncompatible';
  if (status === 409 || scimType?.toLowerCase() === 'uniqueness') return 'EntryConflict';
  if (status === 405) return 'MethodNotAllowed';
  if (status === 408) return 'Timeout';
  if (status === 413) return 'PayloadTooLarge';
  if (status === 422) return 'UnprocessableEntity';
  return 'BadRequest';
}

function readError(answer: Answer): { scimType: string | undefined; detail: string; isFromService: boolean } {
  if (answer.text.trim() === '') {
    const to = answer.location === undefined ? '' : `redirects to ${answer.location}`;
    return { scimType: undefined, detail: to, isFromService: true };
  }
  if (isHtml(answer)) return { scimType: undefined, detail: `a web page${titled(answer.text)}`, isFromService: false };
  const body = parseBody(answer.text);
  if (!isObject(body))
    return { scimType: undefined, detail: shortened(answer.text), isFromService: body !== undefined };
  const first = isArray(body.Errors) ? body.Errors[0] : undefined; // SCIM 1.1 has a list of errors.
  const said = [body.detail, body.message, isObject(first) ? first.description : undefined, body.error_description];
  const detail = said.find((text) => typeof text === 'string' && text !== '');
  return {
    scimType: typeof body.scimType === 'string' && body.scimType !== '' ? body.scimType : undefined,
    detail: typeof detail === 'string' ? shortened(detail) : shortened(answer.text),
    isFromService: true,
  };
}

/** Whether a body is an error of SCIM 2.0. */
export const isScimError = (body: Json | undefined): boolean =>
  isObject(body) && isArray(body.schemas) && body.schemas.includes(ERROR_SCHEMA);

const shortened = (text: string): string => (text.length > LONGEST_DETAIL ? `${text.slice(0, LONGEST_DETAIL)}…` : text);

function titled(html: string): string {
  const title = /<title[^>]*>([^<]{1,200})/i.exec(html)?.[1]?.trim();
  return title === undefined || title === '' ? '' : ` (“${title}”)`;
}
