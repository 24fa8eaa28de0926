import { ENTERPRISE_USER_SCHEMA } from '@rollcall/scim';
import type { ObjectType } from '../source.ts';
import type { TargetAttribute } from './model.ts';
import { parseTargetPath, TargetPathInvalid } from './target-path.ts';

const ENTERPRISE = `${ENTERPRISE_USER_SCHEMA}:`;
const ADDRESS = ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'];

/**
 * The attributes that a SCIM target is expected to have: those that Microsoft predefines for an application that is
 * not in its gallery. What is not listed is a text with one value.
 */
export const DEFAULT_TARGET_ATTRIBUTES: Readonly<Record<ObjectType, readonly TargetAttribute[]>> = {
  User: [
    text('id', { caseExact: true }),
    text('userName', { required: true }),
    text('externalId', { caseExact: true }),
    text('active', { type: 'boolean' }),
    ...['displayName', 'nickName', 'title', 'userType', 'preferredLanguage', 'locale', 'timezone'].map((path) =>
      text(path),
    ),
    text('profileUrl', { caseExact: true }),
    ...['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'].map((sub) =>
      text(`name.${sub}`),
    ),
    ...['work', 'home', 'other'].map((type) => text(`emails[type eq "${type}"].value`)),
    ...['work', 'mobile', 'fax', 'home', 'pager', 'other'].map((type) => text(`phoneNumbers[type eq "${type}"].value`)),
    ...['work', 'other'].flatMap((type) => ADDRESS.map((sub) => text(`addresses[type eq "${type}"].${sub}`))),
    ...['display', 'type', 'value'].map((sub) => text(`roles[primary eq "True"].${sub}`)),
    text('roles', { multiValued: true }),
    text('entitlements', { multiValued: true }),
    ...['employeeNumber', 'costCenter', 'organization', 'division', 'department'].map((name) =>
      text(ENTERPRISE + name),
    ),
    text(`${ENTERPRISE}manager`, { type: 'reference', caseExact: true }),
  ],
  Group: [
    text('id', { caseExact: true }),
    text('displayName', { required: true }),
    text('externalId', { caseExact: true }),
    text('members', { type: 'reference', multiValued: true, caseExact: true }),
  ],
};

/** Finds what the target knows of a path: as an administrator said, else as it is by default, else a text. */
export function targetAttributesOf(
  type: ObjectType,
  added: readonly TargetAttribute[],
): (path: string) => TargetAttribute {
  const byKey = new Map<string, TargetAttribute>();
  for (const attribute of [...DEFAULT_TARGET_ATTRIBUTES[type], ...added]) byKey.set(pathKey(attribute.path), attribute);
  return (path) => byKey.get(pathKey(path)) ?? text(path);
}

/** Equal for paths that mean the same; what is no path stands for itself. */
export function pathKey(path: string): string {
  try {
    return parseTargetPath(path).key;
  } catch (error) {
    if (error instanceof TargetPathInvalid) return path;
    throw error;
  }
}

function text(path: string, other: Partial<Omit<TargetAttribute, 'path'>> = {}): TargetAttribute {
  return { path, type: 'string', required: false, multiValued: false, caseExact: false, ...other };
}
