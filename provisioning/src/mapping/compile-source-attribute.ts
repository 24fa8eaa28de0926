import {
  bindElementFilter,
  isArray,
  isObject,
  type Json,
  matchesElement,
  parseFilter,
  type ResourceType,
  resolveAttribute,
} from '@rollcall/scim';
import type { ObjectType } from '../source.ts';
import { type Alias, aliasOf } from './aliases.ts';
import { compileSourcePath } from './compile-source-path.ts';
import type { ExpressionValue } from './expression/index.ts';
import { memberOf, scalar } from './scalar.ts';
import type { SourceAttribute } from './source-attribute.ts';

/**
 * Finds the attribute that a mapping names: one of Entra's names, or a SCIM path of the directory (`title`,
 * `name.familyName`, `emails[type eq "work"].value`, an extension's attribute with or without its URN). A path with
 * brackets gives a single value as such and several as a list; one without gives a list. Throws SourceAttributeUnknown.
 */
export function compileSourceAttribute(name: string, type: ObjectType, resourceType: ResourceType): SourceAttribute {
  const alias = aliasOf(type, name);
  return alias === undefined
    ? compileSourcePath(name, name, type, resourceType)
    : compileAlias(name, alias, resourceType);
}

function compileAlias(name: string, { meaning, type }: Alias, resourceType: ResourceType): SourceAttribute {
  const plain = { name, type: 'string' as const, multiValued: false, ofScope: false, ofObject: false };
  switch (meaning.kind) {
    case 'path':
      return compileSourcePath(name, meaning.path, type, resourceType);
    case 'element':
      return { ...plain, read: elementReader(meaning, resourceType) };
    case 'userPrincipalName':
      return { ...plain, read: ({ document }) => unguested(textOf(document.userName)) };
    case 'mailNickname':
      return { ...plain, read: ({ document }) => textOf(document.userName)?.replace(/@.*$/s, '') ?? null };
    case 'accountEnabled':
      return { ...plain, type: 'boolean', read: ({ document }) => document.active !== false };
    case 'appRoleAssignments':
      return { ...plain, type: 'complex', multiValued: true, read: ({ document }) => rolesOf(document.roles) };
    case 'isSoftDeleted':
      return { ...plain, type: 'boolean', ofScope: true, read: (_object, softDeleted) => softDeleted };
  }
}

/** Entra shows a guest's name as the address that it was made of; the last underscore stands for the @. */
function unguested(userName: string | null): string | null {
  const guest = /^(.*)_([^_]*)#EXT#@.*$/is.exec(userName ?? '');
  return guest === null ? userName : `${guest[1]}@${guest[2]}`;
}

function rolesOf(roles: Json | undefined): ExpressionValue {
  if (!isArray(roles) || roles.length === 0) return null;
  return roles.filter(isObject).map((role) => {
    const record: Record<string, string | number | boolean> = {};
    for (const name of ['value', 'display', 'type', 'primary']) {
      const value = scalar(memberOf(role, name));
      if (value !== null) record[name] = value;
    }
    return record;
  });
}

const textOf = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

function elementReader(
  { attribute, filters, sub }: { attribute: string; filters: readonly string[]; sub: string },
  resourceType: ResourceType,
): SourceAttribute['read'] {
  const parent = resolveAttribute(resourceType, attribute, { guessExtension: false });
  if (parent === undefined) return () => null;
  const bound = filters.map((filter) =>
    bindElementFilter(parseFilter(filter), parent, { compatibility: 'strict', notes: [] }),
  );
  return ({ document }) => {
    const elements = document[attribute];
    if (!isArray(elements)) return null;
    for (const filter of bound) {
      const found = elements.find((element) => matchesElement(filter, element));
      if (found !== undefined) return scalar(memberOf(found, sub));
    }
    return null;
  };
}
