import type { Json } from '@rollcall/scim';
import type { Answer } from './send.ts';

/** A request of the admin API, with the rights of the data directory's socket. */
export type Admin = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: Json) => Promise<Answer>;

/** The same, for answers that must be a success. Throws with the problem otherwise. */
export async function administer(admin: Admin, ...request: Parameters<Admin>): Promise<Answer> {
  const answer = await admin(...request);
  if (answer.status >= 300) throw new Error(`${request[0]} ${request[1]}: ${answer.status} ${answer.text}`);
  return answer;
}
