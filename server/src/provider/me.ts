import { notFound, notImplemented } from '@rollcall/scim';
import type { Exchange, ScimRequest } from '../http/exchange.ts';
import type { Target } from './operation.ts';

/**
 * The resource behind `/Me` (RFC 7644 §3.11): the user whose userName is the one signed in with (Basic). A token
 * stands for a client, not for a person: 404. Requests on it are then those on its permanent address.
 */
export async function resolveMe(exchange: Exchange, request: ScimRequest): Promise<Target> {
  const type = exchange.catalogue.endpoints.get('/Users');
  if (type === undefined) throw notFound('There is no User resource type here.');
  if (request.method === 'POST') throw notImplemented('/Me cannot create a user; POST to /Users.');
  const subject = exchange.principal.userName;
  if (subject === undefined)
    throw notFound('These credentials stand for a client, not for a user; ask /Users instead.');
  const key = subject.toLowerCase();
  const [user] = await exchange.store.byKey(exchange.server.key, type.name, 'userName', key, 1);
  if (user === undefined) throw notFound('No user of this identity server has the userName signed in with.');
  return { type, id: user.id };
}
