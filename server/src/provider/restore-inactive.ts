import { type JsonObject, type ResourceType, replaceDocument, uniqueKeys } from '@rollcall/scim';
import type { Exchange } from '../http/exchange.ts';
import type { StoredResource, Transaction } from '../store/contract.ts';
import { externalIdOf } from './index-document.ts';
import { parseDocument } from './represent.ts';
import { writeDocument } from './write-document.ts';

/**
 * The setting `restoreInactive`: a POST of an inactive user's userName and externalId brings that user back under the
 * same id (an Okta reactivation sends one, better-auth/better-auth#11111). undefined when nobody is to come back. It
 * looks before anything is written, because an insert that failed may have left something of itself in the transaction.
 */
export async function restoreInactive(
  exchange: Exchange,
  transaction: Transaction,
  type: ResourceType,
  document: JsonObject,
): Promise<StoredResource | undefined> {
  const { settings, key } = exchange.server;
  const externalId = externalIdOf(document);
  const userName = uniqueKeys(type, document).find(({ path }) => path === 'userName');
  if (!settings.restoreInactive || externalId === undefined || userName === undefined) return undefined;
  const [holder] = await transaction.byKey(key, type.name, userName.path, userName.key, 1);
  if (holder === undefined) return undefined;
  const current = parseDocument(holder);
  if (current.active !== false || externalIdOf(current) !== externalId) return undefined;
  const next = replaceDocument(type, current, document);
  return writeDocument(exchange, transaction, type, holder, current, next, undefined);
}
