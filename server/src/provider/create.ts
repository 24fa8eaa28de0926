import {
  checkCanonicalValues,
  type JsonObject,
  type Member,
  type ResourceType,
  readResource,
  sentAttributes,
  uniqueness,
  validateDocument,
  withDefaults,
} from '@rollcall/scim';
import type { Exchange, ScimRequest, ScimResponse } from '../http/exchange.ts';
import type { StoredResource, Transaction, UniqueConflict } from '../store/contract.ts';
import { afterWrite } from './after-write.ts';
import { parseBody } from './body.ts';
import { inTransaction } from './in-transaction.ts';
import { changedAttributes, externalIdOf, indexDocument } from './index-document.ts';
import { applyMembership } from './membership.ts';
import { requestedShape, type Target } from './operation.ts';
import { resourceResponse } from './represent.ts';
import { restoreInactive } from './restore-inactive.ts';

/** POST /{endpoint} (RFC 7644 §3.3): 201 with the resource, or 409 `uniqueness`. */
export async function createResource(exchange: Exchange, request: ScimRequest, target: Target): Promise<ScimResponse> {
  const { type } = target;
  const { document: sent, members } = readResource(type, parseBody(request.body), exchange.rules);
  const document = withDefaults(type, sent);
  validateDocument(type, document, 'create');
  checkCanonicalValues(type, document, exchange.rules);
  const shape = requestedShape(
    exchange,
    type,
    request,
    type.hasHiddenAttributes ? sentAttributes(type, sent) : undefined,
  );

  const stored = await inTransaction(
    exchange,
    async (attempt, transaction) =>
      (await restoreInactive(attempt, transaction, type, document)) ??
      (await insert(attempt, transaction, type, document, members)),
  );
  return afterWrite(() => resourceResponse(exchange, exchange.store, 201, shape, stored));
}

async function insert(
  exchange: Exchange,
  transaction: Transaction,
  type: ResourceType,
  document: JsonObject,
  members: readonly Member[] | undefined,
): Promise<StoredResource> {
  const indexed = indexDocument(exchange.server.settings, type, document);
  const common = { server: exchange.server.key, type: type.name, id: exchange.newId(), at: exchange.now };
  const stored = await transaction.insert({ ...common, ...indexed });
  await transaction.record({
    ...common,
    kind: 'created',
    label: indexed.label,
    externalId: externalIdOf(document),
    attributes: changedAttributes({}, document),
  });
  if (members !== undefined && members.length > 0) {
    await applyMembership(exchange, transaction, stored, [{ op: 'add', members }]);
  }
  return stored;
}

/** The 409 for a value that another resource holds (RFC 7644 §3.3). */
export const duplicate = (conflict: UniqueConflict) =>
  uniqueness(
    `${conflict.path} "${conflict.value}" is already used${conflict.holder === undefined ? '' : ` by id ${conflict.holder}`}. ` +
      'Find that resource with a filter and update it, or send another value.',
  );
