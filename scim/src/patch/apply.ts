import type { Json, JsonObject } from '../json.ts';
import { validateDocument } from '../resource/validate.ts';
import type { Rules } from '../rules.ts';
import type { AttributeReference, ResourceType } from '../schema/resource-type.ts';
import { assign, merge } from './assign.ts';
import { createContext, type PatchContext } from './context.ts';
import { type Draft, readAttribute, writeAttribute } from './document.ts';
import { assignElements } from './elements.ts';
import { equal } from './equal.ts';
import { removeExtension } from './extension.ts';
import { finish } from './finish.ts';
import { located } from './located.ts';
import { isReadOnly, refuseImmutable, refuseReadOnlyChange } from './mutability.ts';
import type { Patch, PatchOperation } from './operation.ts';
import { isCore } from './path.ts';
import { remove } from './remove.ts';
import { isRequiredGone, refuseRequiredGone } from './required.ts';
import { applySchemas } from './schemas.ts';
import type { AttributeTarget } from './select.ts';
import { withoutStaleReference } from './stale-reference.ts';

/** What became of a document. */
export interface PatchedDocument {
  readonly document: JsonObject;
  /** False when the document ends as it began, so that nothing is to be written (RFC 7644 §3.5.2.1). */
  readonly changed: boolean;
  /** The attributes that the request addressed, changed or not, in canonical spelling: `name` and `name.familyName`. */
  readonly touched: readonly string[];
}

/**
 * Applies the operations of a PATCH to a document, in order and all or none (RFC 7644 §3.5.2): `document` is never
 * edited, and an error leaves nothing behind. Membership operations are not its matter. `representation` is where the
 * values of readOnly attributes are looked up, which an operation may repeat but not change.
 *
 * @throws ScimError whose detail begins with the operation's position and names the attribute.
 */
export function applyPatch(
  type: ResourceType,
  document: JsonObject,
  patch: Patch,
  rules: Rules,
  representation: JsonObject = document,
): PatchedDocument {
  const touched = touchedBy(patch);
  const [first] = patch.operations;
  if (first === undefined) return { document, changed: false, touched };
  const draft: Draft = { ...document };
  const context = createContext(rules);
  const removed = new Map<string, PatchOperation>();
  for (const operation of patch.operations) {
    located(operation.index, () => applyOperation(type, draft, operation, context, representation));
    if (isRequiredGone(draft, operation)) removed.set(operation.target.text, operation);
  }
  for (const operation of removed.values()) located(operation.index, () => refuseRequiredGone(draft, operation));
  const next = finish(type, draft, document.schemas);
  if (equal(next, document)) return { document, changed: false, touched };
  located((patch.operations.at(-1) ?? first).index, () => validateDocument(type, next, 'patch'));
  return { document: next, changed: true, touched };
}

function applyOperation(
  type: ResourceType,
  draft: Draft,
  operation: PatchOperation,
  context: PatchContext,
  representation: JsonObject,
): void {
  const { target, value } = operation;
  if (target.kind === 'extension') {
    removeExtension(type, draft, target.urn);
    return;
  }
  const { reference } = target;
  if (isCore(reference, 'schemas')) {
    applySchemas(type, draft, operation, target, context);
    return;
  }
  if (isReadOnly(reference)) {
    refuseReadOnlyChange(representation, reference, value ?? null);
    return;
  }
  const current = readAttribute(draft, reference);
  const next =
    operation.op === 'remove'
      ? remove(current, target, value, context)
      : assignTarget(operation.op, current, target, value ?? null, context);
  refuseImmutable(reference.attribute, current, next, reference.text);
  writeAttribute(draft, reference, withoutStaleReference(current, next));
}

function assignTarget(
  op: 'add' | 'replace',
  current: Json | undefined,
  target: AttributeTarget,
  given: Json,
  context: PatchContext,
): Json | undefined {
  const { attribute, sub, text } = target.reference;
  if (attribute.multiValued && (target.filter !== undefined || sub !== undefined)) {
    return assignElements(op, current, target, given, context);
  }
  if (sub === undefined) return assign(op, attribute, current, given, text, context);
  return merge(op, attribute, current, { [sub.name]: given }, text.slice(0, -sub.name.length - 1), context);
}

/** Which attributes were addressed, whether they changed or not. */
function touchedBy({ operations, memberOperations }: Patch): readonly string[] {
  const touched = new Set<string>();
  for (const { target } of operations) {
    if (target.kind === 'extension') touched.add(target.urn);
    else touched.add(attributeText(target.reference)).add(target.reference.text);
  }
  if (memberOperations.length > 0) touched.add('members');
  return [...touched];
}

function attributeText({ extension, attribute }: AttributeReference): string {
  return extension === undefined ? attribute.name : `${extension}:${attribute.name}`;
}
