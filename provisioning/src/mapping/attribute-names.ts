import type { ResourceType } from '@rollcall/scim';
import type { ObjectType } from '../source.ts';
import { ALIASES } from './aliases.ts';

/** Attributes that mappings cannot read: documents are given to them without these, and passwords must not leave. */
export const HIDDEN = new Set(['meta', 'groups', 'members', 'password', 'schemas']);

/** Every name that a mapping can be written with, but for paths with brackets: Entra's and the directory's. */
export function namesOf(type: ObjectType, { attributes, extensions }: ResourceType): readonly string[] {
  const names = ALIASES.filter((alias) => alias.type === type).map(({ name }) => name);
  for (const attribute of attributes.values()) {
    if (HIDDEN.has(attribute.name)) continue;
    if (attribute.type !== 'complex' || attribute.multiValued) names.push(attribute.name);
    for (const sub of attribute.subAttributes ?? []) names.push(`${attribute.name}.${sub.name}`);
  }
  for (const { schema } of extensions) names.push(...schema.attributes.map((attribute) => attribute.name));
  return names;
}
