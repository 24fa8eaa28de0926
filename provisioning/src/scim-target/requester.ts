import { setTimeout as wait } from 'node:timers/promises';
import { type Call, TargetError } from '../target.ts';
import { basic, openAccessToken } from './access-token.ts';
import { AnsweredError, isHtml, readObject, retryAfterOf } from './answer-error.ts';
import { endWith } from './end-with.ts';
import type { ScimTargetOptions } from './options.ts';
import { type Gate, type Outcome, openGate } from './rate.ts';
import { type Answer, type Method, openTransport } from './transport.ts';
import { ConnectionLost, isBeforeSending } from './transport-failure.ts';

const MOST_THROTTLED = 8;
const LONGEST_THROTTLED = 120_000;
const LONGEST_PAUSE = 30_000;
/** Milliseconds before a lost connection is tried again. */
const LOST_PAUSES: readonly number[] = [100, 1000];

export interface ScimRequest {
  readonly method: Method;
  /** Below the base, percent-encoded: `/Users`, `/Users/2819c223`. */
  readonly path: string;
  /** Encoded, without `?`. */
  readonly query?: string;
  readonly body?: unknown;
  readonly largest?: number;
  readonly cut?: boolean;
}

/** Requests to the service provider, with credentials, limits and repetitions. */
export interface Requester {
  /** Resolves with a 2xx answer. Errors: AnsweredError for another status, TargetError as `Transport.send`. */
  send(request: ScimRequest, call: Call): Promise<Answer>;
  statistics: Gate['statistics'];
  close(): Promise<void>;
}

/** Reads the options of a connection. Errors: TargetError `ServiceIncompatible` when the base URL is none. */
export function openRequester(options: ScimTargetOptions): Requester {
  const base = readBase(options.baseUrl);
  const { credentials, now, dialect } = options;
  const transport = openTransport(options);
  const token = credentials.kind === 'clientCredentials' ? openAccessToken(credentials, transport, now) : undefined;
  const gate = openGate({
    now,
    after(ms, wake) {
      const timer = setTimeout(wake, ms);
      return () => clearTimeout(timer);
    },
  });
  const closing = new AbortController();
  const accept = dialect === 'entra' ? 'application/scim+json' : 'application/scim+json, application/json;q=0.9';

  async function authorization(record: Call['record']): Promise<string | undefined> {
    if (credentials.kind === 'token') return `Bearer ${credentials.token}`;
    if (credentials.kind === 'basic') return `Basic ${basic(credentials.userName, credentials.password)}`;
    return token === undefined ? undefined : `Bearer ${await token.get(record)}`;
  }

  async function attempt(request: ScimRequest, call: Call): Promise<Answer> {
    const proof = await authorization(call.record);
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const answer = await transport.send(
      {
        method: request.method,
        url: addressOf(base, request),
        authorization: proof,
        headers: {
          accept,
          'user-agent': 'Rollcall',
          ...(body === undefined ? {} : { 'content-type': 'application/scim+json; charset=utf-8' }),
        },
        body,
        ...(request.largest === undefined ? {} : { largest: request.largest }),
        ...(request.cut === undefined ? {} : { cut: request.cut }),
      },
      call,
    );
    if (answer.status === 401 && token !== undefined && proof !== undefined) token.refused(proof.slice(7));
    return answer;
  }

  async function send(request: ScimRequest, original: Call): Promise<Answer> {
    const ending = endWith([original.signal, closing.signal]);
    try {
      return await sendUntil(request, {
        lane: original.lane,
        signal: ending.signal,
        record: (exchange) => original.record(exchange),
      });
    } finally {
      ending.done();
    }
  }

  async function sendUntil(request: ScimRequest, call: Call): Promise<Answer> {
    const kind = `${request.method} ${request.path.split('/').slice(0, 2).join('/')}`;
    const began = now();
    let throttled = 0;
    let lost = 0;
    let isRenewed = false;
    for (;;) {
      const place = await gate.enter(kind, call.lane, call.signal);
      let outcome: Outcome = { kind: 'failed' };
      try {
        const answer = await attempt(request, call);
        outcome = { kind: 'answered' };
        // A login page comes with 200 also where nothing was done.
        if (answer.status >= 200 && answer.status < 300) return isHtml(answer) ? refuseHtml(answer) : answer;
        const retryAfter = retryAfterOf(answer, now());
        const error = new AnsweredError(answer, request.method, retryAfter);
        if (answer.status === 401 && token !== undefined && !isRenewed) {
          isRenewed = true;
          continue;
        }
        if (answer.status !== 429 && answer.status !== 503) throw error;
        throttled += 1;
        const pause = Math.max(retryAfter ?? Math.min(LONGEST_PAUSE, 500 * 2 ** (throttled - 1)), 50);
        outcome = {
          kind: answer.status === 429 ? 'throttled' : 'overloaded',
          pause: Math.min(pause, LONGEST_THROTTLED),
        };
        if (throttled > MOST_THROTTLED || now() + pause > began + LONGEST_THROTTLED) throw error;
      } catch (error) {
        if (error instanceof TargetError && error.code === 'Timeout') outcome = { kind: 'overloaded', pause: 0 };
        const pause = LOST_PAUSES[lost];
        if (pause === undefined || !mayRepeat(request.method, error)) throw error;
        lost += 1;
        await wait(pause, undefined, { signal: call.signal }).catch(() => call.signal.throwIfAborted());
      } finally {
        place.leave(outcome);
      }
    }
  }

  return {
    send,
    statistics: gate.statistics,
    async close() {
      closing.abort(new TargetError('WebExceptionProtocolError', 'The connection was closed'));
      await transport.close();
    },
  };
}

/** A lost connection is tried again where doing it twice is the same as once; nobody listening is told at once. */
function mayRepeat(method: Method, error: unknown): boolean {
  const isLost = error instanceof TargetError && error.code === 'WebExceptionProtocolError';
  const isSafe = method === 'GET' || method === 'DELETE' || method === 'PUT';
  return isLost && isSafe && error.cause instanceof ConnectionLost && !isBeforeSending(error.cause.cause);
}

function refuseHtml(answer: Answer): never {
  readObject(answer);
  throw new TargetError('ServiceIncompatible', 'The answer is a web page', { status: answer.status });
}

function readBase(text: string): URL {
  const base = URL.canParse(text) ? new URL(text) : undefined;
  if (base === undefined || !/^https?:$/.test(base.protocol)) {
    throw new TargetError('ServiceIncompatible', `${text} is not a URL that begins with https:// or http://`);
  }
  if (base.username !== '' || base.password !== '') {
    throw new TargetError(
      'ServiceIncompatible',
      'The URL has a user name or password in it; enter them as credentials',
    );
  }
  return base;
}

function addressOf(base: URL, { path, query }: ScimRequest): URL {
  const search = [query, base.search.slice(1)].filter((part) => part !== undefined && part !== '').join('&');
  const folder = base.pathname.replace(/\/+$/, '');
  return new URL(`${base.origin}${folder}${path}${search === '' ? '' : `?${search}`}`);
}
