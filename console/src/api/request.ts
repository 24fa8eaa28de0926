import type { ProblemView } from '@rollcall/server/contract';
import { ApiProblem } from './problem.ts';

export type Parameters = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Options {
  readonly query?: Parameters | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The address of a path below `/api`, without parameters that are undefined or empty. */
export function addressOf(path: string, query: Parameters = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `/api${path}${text === '' ? '' : `?${text}`}`;
}

/** Asks the admin API; `T` is the type that the contract gives the answer. Errors: ApiProblem. */
export async function request<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  const { body, headers, signal } = options;
  let answer: Response;
  try {
    answer = await fetch(addressOf(path, options.query), {
      method,
      // The server takes a session's writes only with this header: another site cannot send it.
      headers: {
        accept: 'application/json',
        'x-rollcall-console': '1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(0, 'unreachable', '');
  }
  const text = await answer.text();
  if (!answer.ok) throw problemOf(answer.status, text);
  // The contract is the server's promise, and its tests hold it to that; what is empty has no content.
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

function problemOf(status: number, text: string): ApiProblem {
  try {
    // Whoever else answers (a proxy) sends no problem document, and ends in the catch below or without a type.
    const view = JSON.parse(text) as ProblemView;
    const kind = view.type?.split('/').at(-1) ?? 'internal';
    return new ApiProblem(status, kind, view.detail ?? view.title ?? text, view);
  } catch {
    return new ApiProblem(status, status >= 502 ? 'unreachable' : 'internal', text.slice(0, 300));
  }
}

export const get = <T>(path: string, query?: Parameters, signal?: AbortSignal): Promise<T> =>
  request<T>('GET', path, { query, signal });
export const post = <T>(path: string, body: unknown = {}): Promise<T> => request<T>('POST', path, { body });
export const put = <T>(path: string, body: unknown): Promise<T> => request<T>('PUT', path, { body });
export const patch = <T>(path: string, body: unknown): Promise<T> => request<T>('PATCH', path, { body });
export const remove = <T = void>(path: string, body?: unknown): Promise<T> =>
  request<T>('DELETE', path, body === undefined ? {} : { body });
