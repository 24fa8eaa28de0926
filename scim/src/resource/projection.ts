import { invalidValue } from '../error.ts';
import { resolveAttribute } from '../schema/resolve.ts';
import type { ResourceType } from '../schema/resource-type.ts';

/** What `attributes` or `excludedAttributes` select, in canonical names. */
export type Projection =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'only' | 'without';
      /** Whole attributes, and extensions by their URN. */
      readonly attributes: ReadonlySet<string>;
      /** Names of single sub-attributes, by attribute. */
      readonly subAttributes: ReadonlyMap<string, ReadonlySet<string>>;
    };

/**
 * Reads the projection parameters of a request (RFC 7644 §3.9). Names match in any case; the URN of an extension selects
 * all of it; names that lead nowhere are ignored. Throws `invalidValue` when both parameters name something.
 */
export function parseProjection(
  type: ResourceType,
  attributes: readonly string[] = [],
  excludedAttributes: readonly string[] = [],
): Projection {
  const only = attributes.filter((name) => name.trim() !== '');
  const without = excludedAttributes.filter((name) => name.trim() !== '');
  if (only.length > 0 && without.length > 0) {
    throw invalidValue('attributes and excludedAttributes exclude each other; send one of them.');
  }
  if (only.length > 0) return { kind: 'only', ...selected(type, only) };
  return without.length > 0 ? { kind: 'without', ...selected(type, without) } : { kind: 'all' };
}

function selected(type: ResourceType, names: readonly string[]) {
  const attributes = new Set<string>();
  const subAttributes = new Map<string, Set<string>>();
  for (const given of names) {
    const name = given.trim();
    const extension = type.extensionsByUrn.get(name.toLowerCase());
    if (extension !== undefined) attributes.add(extension.urn);
    const reference = resolveAttribute(type, name, { guessExtension: false });
    if (reference === undefined) continue;
    const { text, sub } = reference;
    if (sub === undefined) {
      attributes.add(text);
      continue;
    }
    const parent = text.slice(0, -sub.name.length - 1);
    subAttributes.set(parent, (subAttributes.get(parent) ?? new Set()).add(sub.name));
  }
  return { attributes, subAttributes };
}
