import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { type Config, configSchema } from '../config.ts';
import { openRollcall } from '../rollcall.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A whole Rollcall on a data directory of its own, for the admin API's tests. */
export interface TestRollcall {
  readonly directory: string;
  /** Over TCP. */
  readonly url: string;
  /** Sends to the admin API as the socket does. */
  send(
    method: Method,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; headers: Record<string, unknown>; text: string }>;
  /** The same; the answer must be one that `schema` describes, and no error. */
  ask<T>(schema: z.ZodType<T>, method: Method, path: string, body?: unknown): Promise<T>;
  close(): Promise<void>;
}

export async function openTestRollcall(changes: Partial<Config> = {}): Promise<TestRollcall> {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-test-'));
  const data = join(directory, 'data');
  const config = configSchema.parse({ data, listen: '127.0.0.1:0', logLevel: 'silent', ...changes });
  const rollcall = await openRollcall(config);
  const { url } = await rollcall.listen();

  const send: TestRollcall['send'] = async (method, path, body, given = {}) => {
    const content =
      body === undefined
        ? { headers: given }
        : { payload: JSON.stringify(body), headers: { 'content-type': 'application/json', ...given } };
    const { statusCode, headers, payload } = await rollcall.admin.inject({ method, url: `/api${path}`, ...content });
    return { status: statusCode, headers, text: payload };
  };
  return {
    directory,
    url,
    send,
    async ask(schema, method, path, body) {
      const { status, text } = await send(method, path, body);
      if (status >= 400) throw new Error(`${method} ${path} answered ${status}: ${text}`);
      return schema.parse(JSON.parse(text));
    },
    async close() {
      await rollcall.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
