import { ENTERPRISE_USER_SCHEMA, isObject, type JsonObject, type ResourceType } from '@rollcall/scim';
import type { Exchange, ScimRequest, ScimResponse } from '../http/exchange.ts';
import type { Transaction } from '../store/contract.ts';
import { inTransaction } from './in-transaction.ts';
import { externalIdOf, indexDocument } from './index-document.ts';
import type { Target } from './operation.ts';
import { checkPreconditions } from './precondition.ts';
import { parseDocument } from './represent.ts';
import { find } from './retrieve.ts';
import { writeDocument } from './write-document.ts';

const MANAGER_VALUE = `${ENTERPRISE_USER_SCHEMA}:manager.value`;
const REPORTS_AT_A_TIME = 200;

/** DELETE /{endpoint}/{id} (RFC 7644 §3.6): 204; memberships and manager references to it go with it. */
export async function deleteResource(exchange: Exchange, request: ScimRequest, target: Target): Promise<ScimResponse> {
  const { type } = target;
  await inTransaction(exchange, async (attempt, transaction) => {
    const current = await find(attempt, transaction, target);
    checkPreconditions(request, current);
    const document = parseDocument(current);
    await transaction.delete(current, indexDocument(exchange.server.settings, type, document), exchange.now);
    await transaction.record({
      server: exchange.server.key,
      type: type.name,
      id: current.id,
      at: exchange.now,
      kind: 'deleted',
      label: current.label,
      externalId: externalIdOf(document),
    });
    await clearManager(attempt, transaction, type, current.id);
  });
  return { status: 204, headers: {}, body: undefined };
}

/** A manager is the id of a User (RFC 7643 §4.3): one that is gone is nobody's manager any more. */
async function clearManager(
  exchange: Exchange,
  transaction: Transaction,
  type: ResourceType,
  id: string,
): Promise<void> {
  if (!type.indexed.some((reference) => reference.text === MANAGER_VALUE)) return;
  for (;;) {
    const reports = await transaction.byKey(exchange.server.key, type.name, MANAGER_VALUE, id, REPORTS_AT_A_TIME);
    for (const report of reports) {
      const before = parseDocument(report);
      await writeDocument(exchange, transaction, type, report, before, withoutManager(before), undefined);
    }
    if (reports.length < REPORTS_AT_A_TIME) return;
  }
}

function withoutManager(document: JsonObject): JsonObject {
  const { [ENTERPRISE_USER_SCHEMA]: enterprise, schemas, ...core } = document;
  if (!isObject(enterprise)) return document;
  const { manager: _, ...others } = enterprise;
  if (Object.keys(others).length > 0) return { schemas: schemas ?? [], ...core, [ENTERPRISE_USER_SCHEMA]: others };
  const remaining = Array.isArray(schemas) ? schemas.filter((urn) => urn !== ENTERPRISE_USER_SCHEMA) : [];
  return { schemas: remaining, ...core };
}
