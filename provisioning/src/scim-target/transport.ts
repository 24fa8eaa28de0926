import { Agent, request } from 'undici';
import { type Call, TargetError } from '../target.ts';
import { type AddressPolicy, checkHost, guardedLookup } from './address-guard.ts';
import { endWith } from './end-with.ts';
import { shownBody, shownUrl } from './exchange.ts';
import type { Resolve } from './options.ts';
import { AnswerTooLarge, ConnectionLost, isBeforeSending, networkFailure } from './transport-failure.ts';

const LARGEST = 4 * 1024 * 1024;
const MOST_REDIRECTS = 3;
const TIMEOUT = 30_000;
const LONGEST_CONNECT = 10_000;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Message {
  readonly method: Method;
  readonly url: URL;
  /** Sent to the first origin only. */
  readonly authorization: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Bytes that an answer may have; 4 MB unless given. */
  readonly largest?: number;
  /** A larger answer is cut off instead of refused: what it says is not needed. */
  readonly cut?: boolean;
}

export interface Answer {
  readonly status: number;
  /** Empty when there is none, or when it was cut off. */
  readonly text: string;
  readonly contentType: string;
  readonly retryAfter: string | undefined;
  readonly location: string | undefined;
  readonly wwwAuthenticate: string | undefined;
  /** Where it came from, after redirects. */
  readonly url: URL;
  readonly durationMs: number;
}

export interface Transport {
  /**
   * Sends a message once, follows redirects of a GET, and records every exchange. Resolves with whatever status came.
   * Errors: TargetError `Timeout`, `WebExceptionProtocolError`, `AddressRefused`, `ServiceIncompatible` (too large, too
   * many redirects); the signal's reason when it aborts.
   */
  send(message: Message, call: Pick<Call, 'signal' | 'record'>): Promise<Answer>;
  close(): Promise<void>;
}

export interface TransportOptions {
  readonly targets: AddressPolicy;
  readonly resolve?: Resolve;
  readonly timeout?: number;
  now(): number;
}

/** Opens the connections of one target. */
export function openTransport({ targets, resolve, timeout = TIMEOUT, now }: TransportOptions): Transport {
  const agent = new Agent({
    connect: { lookup: guardedLookup(targets, resolve), timeout: Math.min(LONGEST_CONNECT, timeout / 2) },
    headersTimeout: 0, // One deadline holds for the whole exchange.
    bodyTimeout: 0,
    allowH2: false,
  });

  async function sendOnce(message: Message, { signal, record }: Pick<Call, 'signal' | 'record'>): Promise<Answer> {
    signal.throwIfAborted();
    const began = now();
    const ending = endWith([signal], timeout);
    const { method, url, headers, authorization, body } = message;
    const told = (status: number | undefined, text: string | undefined, failure: string | undefined) =>
      record({
        at: began,
        durationMs: Math.max(0, now() - began),
        method,
        url: shownUrl(url),
        requestBody: body === undefined ? undefined : shownBody(body),
        status,
        responseBody: text === undefined ? undefined : shownBody(text),
        failure,
      });
    let status: number | undefined;
    try {
      checkHost(url, targets);
      const answer = await request(url, {
        method,
        dispatcher: agent,
        signal: ending.signal,
        headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
        ...(body === undefined ? {} : { body }),
      });
      status = answer.statusCode;
      const text = await readText(answer.body, message.largest ?? LARGEST, message.cut ?? false);
      told(status, text, undefined);
      const header = (name: string) => [answer.headers[name]].flat()[0];
      return {
        status,
        text,
        contentType: header('content-type') ?? '',
        retryAfter: header('retry-after'),
        location: header('location'),
        wwwAuthenticate: header('www-authenticate'),
        url,
        durationMs: Math.max(0, now() - began),
      };
    } catch (cause) {
      if (signal.aborted) {
        told(status, undefined, 'given up');
        throw signal.reason;
      }
      const error = ending.isLate() ? timedOut(method, timeout, cause) : failed(method, url, status, cause);
      told(status, undefined, error.message);
      throw error;
    } finally {
      ending.done();
    }
  }

  async function send(message: Message, call: Pick<Call, 'signal' | 'record'>): Promise<Answer> {
    let next = message;
    for (let redirects = 0; ; redirects++) {
      const answer = await sendOnce(next, call);
      const to = message.method === 'GET' ? redirectOf(answer) : undefined;
      if (to === undefined) return answer;
      if (redirects === MOST_REDIRECTS) {
        throw new TargetError('ServiceIncompatible', `It redirects again and again, at last to ${shownUrl(to)}`, {
          status: answer.status,
        });
      }
      const isSameOrigin = to.origin === message.url.origin;
      next = { ...message, url: to, authorization: isSameOrigin ? message.authorization : undefined };
    }
  }

  return { send, close: () => agent.destroy() };
}

function redirectOf({ status, location, url }: Answer): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined || !URL.canParse(location, url.href)) {
    return undefined;
  }
  const to = new URL(location, url);
  return /^https?:$/.test(to.protocol) ? to : undefined;
}

async function readText(body: AsyncIterable<Buffer>, largest: number, cut: boolean): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop closes the connection.
    if (size > largest && cut) return '';
    if (size > largest) throw new AnswerTooLarge(largest);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const isWrite = (method: Method): boolean => method !== 'GET';

function timedOut(method: Method, timeout: number, cause: unknown): TargetError {
  const inDoubt = isWrite(method) && !isBeforeSending(cause);
  return new TargetError('Timeout', `timeout after ${timeout / 1000} s`, { inDoubt, cause });
}

function failed(method: Method, url: URL, status: number | undefined, cause: unknown): TargetError {
  if (cause instanceof TargetError) return cause;
  if (cause instanceof AnswerTooLarge) {
    const inDoubt = isWrite(method);
    return new TargetError('ServiceIncompatible', cause.message, { status, inDoubt, cause });
  }
  const { code, message } = networkFailure(cause, url);
  const inDoubt = isWrite(method) && !isBeforeSending(cause);
  return new TargetError(code, message, { status, inDoubt, cause: new ConnectionLost(message, { cause }) });
}
