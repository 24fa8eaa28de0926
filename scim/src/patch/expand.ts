import { invalidPath, invalidSyntax, invalidValue } from '../error.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { bodyMembers } from '../quirks/core-under-urn.ts';
import { noteDottedKey } from '../quirks/dotted-keys.ts';
import { ignoreUnknown } from '../quirks/unknown-attribute.ts';
import type { Rules } from '../rules.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { type AssigningOp, clears } from './assign.ts';
import { isNothing } from './equal.ts';
import type { PatchOperation, PatchTarget } from './operation.ts';
import { resolvePath, shown } from './path.ts';

/** An `add` or `replace` whose value is an object of attributes. */
export interface ObjectOperation {
  readonly index: number;
  readonly op: AssigningOp;
  readonly value: JsonObject;
}

/**
 * One operation for each key of a value without path (RFC 7644 §3.5.2.1, §3.5.2.3): attribute names, extension URNs with
 * an object, and whole paths. Unknown keys are ignored with a note (tolerant) or `invalidPath` (strict).
 */
export function expandObject(type: ResourceType, operation: ObjectOperation, rules: Rules): readonly PatchOperation[] {
  const entries = bodyMembers(type, operation.value, rules);
  return expandEntries(type, operation, entries, '', rules);
}

/** One operation for each attribute of an extension that is set as a whole, by its URN as path or key. */
export function expandExtension(
  type: ResourceType,
  operation: { readonly index: number; readonly op: AssigningOp; readonly value: Json },
  target: Extract<PatchTarget, { kind: 'extension' }>,
  rules: Rules,
): readonly PatchOperation[] {
  const { index, op, value } = operation;
  if (clears(op, value, rules, target.text)) {
    return [{ index, op: 'remove', target, value: undefined, pathless: false }];
  }
  if (isNothing(value)) return [];
  if (!isObject(value)) throw invalidValue(`'${target.urn}' takes an object with the attributes of the extension.`);
  // Clients that model an extension as a resource repeat its URN in `schemas` (scim2-models does); it says nothing new.
  const attributes = Object.entries(value).filter(([name]) => name.toLowerCase() !== 'schemas');
  return expandEntries(type, { index, op, value }, attributes, `${target.urn}:`, rules);
}

function expandEntries(
  type: ResourceType,
  { index, op }: ObjectOperation,
  entries: readonly (readonly [string, Json])[],
  prefix: string,
  rules: Rules,
): readonly PatchOperation[] {
  const seen = new Set<string>();
  return entries.flatMap(([key, value]) => {
    if (seen.has(key.toLowerCase())) throw invalidSyntax(`'${shown(key)}' is given twice, in different case or place.`);
    seen.add(key.toLowerCase());
    const target = resolvePath(type, `${prefix}${key}`, rules);
    if (target === undefined) return unknownKey(type, `${prefix}${key}`, rules);
    if (target.kind === 'extension') return expandExtension(type, { index, op, value }, target, rules);
    if (isPath(key)) noteDottedKey(rules, key);
    return [{ index, op, target, value, pathless: true }];
  });
}

function unknownKey(type: ResourceType, key: string, rules: Rules): readonly PatchOperation[] {
  if (rules.compatibility === 'strict') throw invalidPath(`'${shown(key)}' is not an attribute of ${type.name}.`);
  ignoreUnknown(rules, key);
  return [];
}

function isPath(key: string): boolean {
  return key.includes('.') || key.includes(':') || key.includes('[');
}
