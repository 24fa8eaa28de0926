import { resolveUnqualified } from '../quirks/unqualified-extension-attribute.ts';
import type { Rules } from '../rules.ts';
import { resolveSubAttribute } from '../schema/resolve.ts';
import type { AttributeReference, ResourceType } from '../schema/resource-type.ts';
import { subReference } from './reference.ts';

/** Where the names of a filter are looked up. */
export interface Scope {
  readonly resolve: (name: string) => AttributeReference | undefined;
  /** What the names belong to, for error details. */
  readonly owner: string;
  /** The resource type itself; undefined inside brackets. */
  readonly type: ResourceType | undefined;
}

/** The names of a whole resource. */
export function resourceScope(type: ResourceType, rules: Rules): Scope {
  return { resolve: (name) => resolveUnqualified(type, name, rules), owner: type.name, type };
}

/**
 * The names inside the brackets of `parent[...]`, as references relative to one element: the sub-attributes of a complex
 * attribute; of a simple one its values, as `value`.
 */
export function elementScope(parent: AttributeReference): Scope {
  const { attribute, text } = parent;
  const resolve = (name: string): AttributeReference | undefined => {
    const simple = attribute.type !== 'complex' && name.toLowerCase() === 'value';
    const found = simple ? attribute : resolveSubAttribute(attribute, name);
    return found && { extension: undefined, attribute: found, sub: undefined, text: simple ? 'value' : found.name };
  };
  return { resolve, owner: text, type: undefined };
}

/** The names inside the brackets of a complex attribute that has one value: the same as behind a dot. */
export function singularScope(parent: AttributeReference): Scope {
  return { resolve: (name) => subReference(parent, name), owner: parent.text, type: undefined };
}
