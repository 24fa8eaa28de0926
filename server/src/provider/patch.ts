import { applyPatch, checkCanonicalValues, parsePatch } from '@rollcall/scim';
import type { Exchange, ScimRequest, ScimResponse } from '../http/exchange.ts';
import type { StoredResource } from '../store/contract.ts';
import { afterWrite } from './after-write.ts';
import { parseBody } from './body.ts';
import { inTransaction } from './in-transaction.ts';
import { applyMembership } from './membership.ts';
import { asksForProjection, requestedShape, type Target } from './operation.ts';
import { checkPreconditions } from './precondition.ts';
import { etagOf, locationOf, metaOf, parseDocument, resourceResponse } from './represent.ts';
import { find } from './retrieve.ts';
import { writeDocument } from './write-document.ts';

/** A group with more members answers a PATCH with 204, so that its cost does not grow with the group. */
const MEMBERS_IN_ANSWER = 100;

/** PATCH /{endpoint}/{id} (RFC 7644 §3.5.2): atomic; 200 with the resource, or 204 for big groups. */
export async function patchResource(exchange: Exchange, request: ScimRequest, target: Target): Promise<ScimResponse> {
  const { type } = target;
  const patch = parsePatch(type, parseBody(request.body), exchange.rules);
  const shape = requestedShape(exchange, type, request);

  const { stored, touched } = await inTransaction(exchange, async (attempt, transaction) => {
    const current = await find(attempt, transaction, target);
    checkPreconditions(request, current);
    const document = parseDocument(current);
    const representation = { ...document, id: current.id, meta: metaOf(attempt, type, current) };
    const applied = applyPatch(type, document, patch, attempt.rules, representation);
    if (applied.changed) checkCanonicalValues(type, applied.document, attempt.rules);
    const membership =
      patch.memberOperations.length > 0
        ? await applyMembership(attempt, transaction, current, patch.memberOperations)
        : undefined;
    const next = applied.document;
    const written = await writeDocument(attempt, transaction, type, current, document, next, membership);
    return { stored: written, touched: applied.touched };
  });

  return afterWrite(async () => {
    if (await answersWithoutBody(exchange, request, target, stored)) {
      const headers = { etag: etagOf(stored), location: locationOf(exchange, type, stored.id) };
      return { status: 204, headers, body: undefined };
    }
    return resourceResponse(exchange, exchange.store, 200, { ...shape, requested: new Set(touched) }, stored);
  });
}

async function answersWithoutBody(
  exchange: Exchange,
  request: ScimRequest,
  { type }: Target,
  stored: StoredResource,
): Promise<boolean> {
  if (!type.hasMembers || asksForProjection(request)) return false;
  const answer = exchange.server.settings.groupPatchAnswer;
  if (answer !== 'auto') return answer === '204';
  return exchange.store.hasMoreMembersThan(stored.seq, MEMBERS_IN_ANSWER);
}
