import type { Json } from '@rollcall/scim';
import { type Dispatcher, Pool } from 'undici';
import type { Answer } from './send.ts';

/** An answer began and its connection broke before the end. */
export class CutAnswer extends Error {
  override readonly name = 'CutAnswer';
}

/** Many kept-alive connections to one identity server, for load. */
export interface ConnectionPool {
  /** Rejects when the connection breaks before the answer is whole. */
  request(method: Dispatcher.HttpMethod, path: string, body?: Json, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

/** Opens at most `connections` connections, one request at a time on each. */
export function openPool(
  server: { readonly baseUrl: string; readonly token: string },
  connections: number,
): ConnectionPool {
  const { origin, pathname } = new URL(server.baseUrl);
  const pool = new Pool(origin, { connections, pipelining: 1, headersTimeout: 120_000, bodyTimeout: 120_000 });
  const authorization = `Bearer ${server.token}`;
  return {
    async request(method, path, body, headers) {
      const type = body === undefined ? {} : { 'content-type': 'application/scim+json' };
      const answer = await pool.request({
        method,
        path: pathname + path,
        headers: { authorization, ...type, ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await answer.body.text().catch((cause: unknown) => {
        throw new CutAnswer(`${method} ${path}: the answer ${answer.statusCode} ended in the middle`, { cause });
      });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text,
        get body(): Json {
          return text === '' ? null : JSON.parse(text);
        },
      };
    },
    close: () => pool.destroy(),
  };
}

/** Runs `work` in as many loops as `clients` says, until it says that it is done by returning false. */
export async function inParallel(clients: number, work: (client: number) => Promise<boolean>): Promise<void> {
  const loop = async (client: number) => {
    while (await work(client)) {
      // The work itself is the pause.
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => loop(client)));
}
