import { problemSchema } from '@rollcall/server/contract';
import { CommandFailed } from './command-failed.ts';
import { openInProcess } from './in-process.ts';
import { findSocket } from './socket.ts';
import { overSocket } from './socket-connection.ts';

export interface AdminRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the origin: `/api/status`. */
  readonly path: string;
  readonly body?: unknown;
}

export interface AdminAnswer {
  readonly status: number;
  readonly body: AsyncIterable<Buffer | string>;
}

/** A way to the admin API: a running server's socket, or the same handlers in this process. */
export interface AdminConnection {
  /** Whether a server is at the other end: only then does anything happen while a command runs. */
  readonly isServed: boolean;
  send(request: AdminRequest): Promise<AdminAnswer>;
  close(): Promise<void>;
}

/** What reads an answer: a schema of the contract. */
export interface AnswerSchema<T> {
  parse(body: unknown): T;
}

export interface AdminClient {
  readonly isServed: boolean;
  /** The answer's body as `schema` reads it. Errors: CommandFailed with the problem's detail. */
  ask<T>(schema: AnswerSchema<T>, request: AdminRequest): Promise<T>;
  /** The answer's body as it comes. */
  stream(request: AdminRequest): Promise<AsyncIterable<Buffer | string>>;
  close(): Promise<void>;
}

export interface Place {
  readonly data: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether a data directory that does not exist yet is made. */
  readonly create: boolean;
}

/** Connects to the server that holds the data directory; where none does, opens the directory itself. */
export async function openAdminClient(place: Place): Promise<AdminClient> {
  const connection = (await overSocket(await findSocket(place.data))) ?? (await openInProcess(place));
  return {
    isServed: connection.isServed,
    async ask(schema, request) {
      const answer = await connection.send(request);
      const text = await whole(answer.body);
      if (answer.status >= 400) throw failure(text, answer.status);
      return schema.parse(text === '' ? undefined : JSON.parse(text));
    },
    async stream(request) {
      const answer = await connection.send(request);
      if (answer.status >= 400) throw failure(await whole(answer.body), answer.status);
      return answer.body;
    },
    close: () => connection.close(),
  };
}

function failure(text: string, status: number): CommandFailed {
  const problem = problemSchema.safeParse(parseJson(text));
  if (!problem.success) return new CommandFailed(`The server answered ${status}: ${text.slice(0, 500)}`);
  // What the caller did wrong, `detail` says in full; of what failed on the server it says what to do about it.
  const { title, detail } = problem.data;
  return new CommandFailed(status < 500 ? detail : `${title}. ${detail}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function whole(body: AsyncIterable<Buffer | string>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of body) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}
