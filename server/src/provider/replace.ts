import { checkCanonicalValues, readResource, replaceDocument, sentAttributes, validateDocument } from '@rollcall/scim';
import type { Exchange, ScimRequest, ScimResponse } from '../http/exchange.ts';
import { afterWrite } from './after-write.ts';
import { parseBody } from './body.ts';
import { inTransaction } from './in-transaction.ts';
import { applyMembership } from './membership.ts';
import { requestedShape, type Target } from './operation.ts';
import { checkPreconditions } from './precondition.ts';
import { parseDocument, resourceResponse } from './represent.ts';
import { find } from './retrieve.ts';
import { writeDocument } from './write-document.ts';

/** PUT /{endpoint}/{id} (RFC 7644 §3.5.1): 200 with the resource; a body that changes nothing keeps `meta`. */
export async function replaceResource(exchange: Exchange, request: ScimRequest, target: Target): Promise<ScimResponse> {
  const { type } = target;
  const { document: sent, members } = readResource(type, parseBody(request.body), exchange.rules);
  const shape = requestedShape(
    exchange,
    type,
    request,
    type.hasHiddenAttributes ? sentAttributes(type, sent) : undefined,
  );

  const stored = await inTransaction(exchange, async (attempt, transaction) => {
    const current = await find(attempt, transaction, target);
    checkPreconditions(request, current);
    const document = parseDocument(current);
    const next = replaceDocument(type, document, sent);
    validateDocument(type, next, 'replace');
    checkCanonicalValues(type, next, attempt.rules);
    // A group replaced without `members` is a group without members (RFC 7644 §3.5.1).
    const membership = type.hasMembers
      ? await applyMembership(attempt, transaction, current, [{ op: 'replace', members: members ?? [] }])
      : undefined;
    return writeDocument(attempt, transaction, type, current, document, next, membership);
  });
  return afterWrite(() => resourceResponse(exchange, exchange.store, 200, shape, stored));
}
