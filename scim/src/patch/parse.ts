import { invalidPath, invalidSyntax, invalidValue, noTarget, tooLarge } from '../error.ts';
import { isAttributePath } from '../filter/attribute-name.ts';
import { isArray, isObject, type Json } from '../json.ts';
import { namesSchema, readFields } from '../message/fields.ts';
import { acceptsMissingSchemas } from '../quirks/missing-patch-schemas.ts';
import { ignoresReadOnly } from '../quirks/read-only-in-value.ts';
import { ignoreUnknown } from '../quirks/unknown-attribute.ts';
import type { Rules } from '../rules.ts';
import { isPassword } from '../schema/password.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { readValue } from '../value/read-value.ts';
import { expandExtension, expandObject } from './expand.ts';
import { located } from './located.ts';
import { readMemberOperations } from './members.ts';
import { mergeMemberOperations } from './merge-members.ts';
import { isReadOnly, readOnlyError } from './mutability.ts';
import type { MemberOperation, Patch, PatchOperation } from './operation.ts';
import { asValuePath, isCore, isMembership, resolvePath, shown } from './path.ts';
import type { AttributeTarget } from './select.ts';

export const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const MAX_OPERATIONS = 10_000;

/**
 * Reads the body of a PATCH (RFC 7644 §3.5.2): paths resolved, a value without path taken apart, what concerns the
 * members of a group set aside. Values are checked when the operations are applied. Passwords are checked and dropped.
 *
 * @throws invalidSyntax for what is no PATCH, 413 for more than 10,000 operations; else an error whose detail begins with
 * the operation's position: invalidPath, invalidFilter, noTarget, mutability or invalidValue.
 */
export function parsePatch(type: ResourceType, body: Json, rules: Rules): Patch {
  const operations: PatchOperation[] = [];
  const memberOperations: MemberOperation[] = [];
  for (const [index, entry] of readMessage(body, rules).entries()) {
    located(index, () => {
      for (const operation of readOperation(type, entry, index, rules)) {
        const { target } = operation;
        if (target.kind === 'extension') operations.push(operation);
        else if (isMembership(type, target.reference)) {
          memberOperations.push(...readMemberOperations(operation, target, rules));
        } else if (concernsDocument(operation, target, rules)) operations.push(operation);
      }
    });
  }
  return { operations, memberOperations: mergeMemberOperations(memberOperations) };
}

function readMessage(body: Json, rules: Rules): readonly Json[] {
  if (!isObject(body)) throw invalidSyntax('The body of a PATCH must be a JSON object.');
  const fields = readFields(body);
  if (!namesSchema(fields, PATCH_SCHEMA) && !acceptsMissingSchemas(rules)) {
    throw invalidSyntax(`schemas must be an array that holds '${PATCH_SCHEMA}'.`);
  }
  const operations = fields.get('operations');
  if (!isArray(operations) || operations.length === 0) {
    throw invalidSyntax('Operations must be an array of at least one operation.');
  }
  if (operations.length > MAX_OPERATIONS) {
    throw tooLarge(`${operations.length} operations exceed the ${MAX_OPERATIONS} that one PATCH may have.`);
  }
  return operations;
}

function readOperation(type: ResourceType, entry: Json, index: number, rules: Rules): readonly PatchOperation[] {
  if (!isObject(entry)) throw invalidSyntax('an operation must be an object with op, path and value.');
  const fields = readFields(entry);
  const op = readOp(fields.get('op'));
  const path = readPath(fields.get('path'));
  const value = fields.get('value');
  if (op === 'remove') return readRemoval(type, path, value, index, rules);
  if (value === undefined) throw invalidValue(`'${op}' needs a value.`);
  if (path === undefined) {
    if (!isObject(value)) throw invalidValue(`'${op}' without a path takes an object of attributes as its value.`);
    return expandObject(type, { index, op, value }, rules);
  }
  const target = resolvePath(type, path, rules);
  if (target === undefined) return unknownPath(type, path, rules);
  if (target.kind === 'extension') return expandExtension(type, { index, op, value }, target, rules);
  return [{ index, op, target, value, pathless: false }];
}

function readRemoval(
  type: ResourceType,
  path: string | undefined,
  value: Json | undefined,
  index: number,
  rules: Rules,
): readonly PatchOperation[] {
  if (path === undefined) throw noTarget("'remove' needs a path.");
  const target = resolvePath(type, asValuePath(path), rules);
  if (target === undefined) return unknownPath(type, path, rules);
  return [{ index, op: 'remove', target, value: value ?? undefined, pathless: false }];
}

function readOp(value: Json | undefined): PatchOperation['op'] {
  const op = typeof value === 'string' ? value.toLowerCase() : undefined;
  if (op === 'add' || op === 'remove' || op === 'replace') return op;
  throw invalidSyntax("op must be 'add', 'remove' or 'replace'.");
}

/** Clients send `path: ""` and `path: null` where they mean none. */
function readPath(value: Json | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw invalidPath('path must be a string.');
  return value;
}

/** A path that names nothing here is passed over like an attribute of a POST (tolerant); one that is no path never is. */
function unknownPath(type: ResourceType, path: string, rules: Rules): readonly PatchOperation[] {
  const name = path.replace(/\[.*$/s, '');
  if (rules.compatibility === 'strict' || !isAttributePath(name) || path.endsWith('.')) {
    throw invalidPath(`path '${shown(path)}' is not an attribute of ${type.name}.`);
  }
  ignoreUnknown(rules, shown(path));
  return [];
}

/** Whether an operation is for the document: passwords are not kept, and readOnly attributes are passed over or refused. */
function concernsDocument(
  operation: PatchOperation,
  { reference, filter, text }: AttributeTarget,
  rules: Rules,
): boolean {
  const { attribute } = reference;
  if (isPassword(attribute)) {
    readValue(attribute, operation.value ?? null, rules, text);
    return false;
  }
  const isSchemas = isCore(reference, 'schemas');
  if (!isSchemas && !isReadOnly(reference)) return true;
  if (operation.pathless && ignoresReadOnly(rules, text)) return false;
  if (!isSchemas && (operation.op === 'remove' || filter !== undefined)) throw readOnlyError(text);
  return true;
}
