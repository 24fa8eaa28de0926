import { randomUUID } from 'node:crypto';
import { newRandomToken, sha256Of } from '../auth/random-token.ts';
import type { Role } from '../store/administrator-contract.ts';
import type { StatementsAtOnce } from './statements.fixture.ts';

/** Somebody who has signed in. */
export interface TestPerson {
  readonly id: string;
  readonly userName: string;
  /** What the console sends with every request. */
  readonly headers: { readonly cookie: string; readonly 'x-rollcall-console': '1' };
  /** Sends to the admin API over TCP, as the console does. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** Writes people straight into the database: hashing a password for each would take most of a test's time. */
export function openPeople(database: StatementsAtOnce, url: string) {
  let added = 0;

  /** A further session of a person; its token. */
  function session(id: string, began = Date.now(), used = began): string {
    const { token, sha256 } = newRandomToken();
    database.run('INSERT INTO session VALUES (?, ?, ?, ?)', sha256, id, began, used);
    return token;
  }

  function add(role: Role, userName = `${role}-${++added}`): TestPerson {
    const id = randomUUID();
    const now = Date.now();
    const insert = `INSERT INTO administrator VALUES (?, ?, ?, ?, 'oidc', NULL, 'https://test.example', ?, 1, ?, NULL)`;
    database.run(insert, id, userName, userName.toLowerCase(), role, id, now);
    const headers = { cookie: `rollcall-session=${session(id)}`, 'x-rollcall-console': '1' } as const;
    const send = (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
      const json = body === undefined ? {} : { 'content-type': 'application/json' };
      const content = body === undefined ? {} : { body: JSON.stringify(body) };
      return fetch(`${url}/api${path}`, { method, headers: { ...headers, ...json, ...more }, ...content });
    };
    return { id, userName, headers, send };
  }
  const lastUsed = (token: string): number => {
    const [row] = database.run('SELECT last_used FROM session WHERE sha256 = ?', sha256Of(token));
    return Number(row?.last_used);
  };
  return { add, session, lastUsed, close: () => database.close() };
}
