import type { JsonObject, ResourceType } from '@rollcall/scim';
import type { Exchange } from '../http/exchange.ts';
import type { ChangeKind, MembershipResult, StoredResource, Transaction } from '../store/contract.ts';
import { changedAttributes, externalIdOf, indexDocument } from './index-document.ts';

/**
 * Writes what a PUT or PATCH made of a document, and records the change. When neither document nor membership
 * changed, nothing is written: version and lastModified stay (RFC 7644 §3.5.2.1).
 */
export async function writeDocument(
  exchange: Exchange,
  transaction: Transaction,
  type: ResourceType,
  current: StoredResource,
  before: JsonObject,
  after: JsonObject,
  membership: MembershipResult | undefined,
): Promise<StoredResource> {
  const { settings } = exchange.server;
  const attributes = changedAttributes(before, after);
  if (attributes.length === 0) {
    const moved = membership !== undefined && membership.added.length + membership.removed.length > 0;
    return moved ? transaction.touch(current, exchange.now) : current;
  }
  const next = indexDocument(settings, type, after);
  const stored = await transaction.update(current, indexDocument(settings, type, before), next, exchange.now);
  await transaction.record({
    server: exchange.server.key,
    type: type.name,
    id: current.id,
    at: exchange.now,
    kind: kindOf(before, after),
    label: next.label,
    externalId: externalIdOf(after),
    attributes,
  });
  return stored;
}

function kindOf(before: JsonObject, after: JsonObject): ChangeKind {
  if (before.active !== false && after.active === false) return 'disabled';
  if (before.active === false && after.active !== false) return 'enabled';
  return 'changed';
}
