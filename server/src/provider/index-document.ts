import {
  comparisonKey,
  indexKeys,
  isObject,
  type Json,
  type JsonObject,
  type ResourceType,
  resolveAttribute,
  uniqueKeys,
} from '@rollcall/scim';
import type { IdentityServerSettings, IndexedDocument } from '../store/contract.ts';

/** What the store keeps of a document: its text, its label, and the values that find it or that nobody else may hold. */
export function indexDocument(
  settings: IdentityServerSettings,
  type: ResourceType,
  document: JsonObject,
): IndexedDocument {
  return {
    document: JSON.stringify(document),
    label: labelOf(document),
    index: indexKeys(type, document),
    unique: [...uniqueKeys(type, document), ...uniqueBySetting(settings, type, document)],
  };
}

/** What a reference to the resource displays. */
function labelOf(document: JsonObject): string {
  for (const name of ['userName', 'displayName', 'externalId']) {
    const value = document[name];
    if (typeof value === 'string') return value;
  }
  return '';
}

function uniqueBySetting(settings: IdentityServerSettings, type: ResourceType, document: JsonObject) {
  const names = [
    ...(type.hasMembers && settings.uniqueGroupNames ? ['displayName'] : []),
    ...(settings.uniqueExternalIds ? ['externalId'] : []),
  ];
  return names.flatMap((name) => {
    const value = document[name];
    const definition = resolveAttribute(type, name, { guessExtension: false })?.attribute;
    if (definition === undefined || typeof value !== 'string' || value === '') return [];
    return [{ path: name, key: String(comparisonKey(definition, value)), value }];
  });
}

/** Canonical names of the top-level attributes in which two documents differ. */
export function changedAttributes(before: JsonObject, after: JsonObject): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  names.delete('schemas');
  return [...names].filter((name) => !same(before[name], after[name]));
}

function same(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (left === undefined || right === undefined) return false;
  if (Array.isArray(left) || isObject(left)) return JSON.stringify(left) === JSON.stringify(right);
  return false;
}

export function externalIdOf(document: JsonObject): string | undefined {
  const { externalId } = document;
  return typeof externalId === 'string' ? externalId : undefined;
}
