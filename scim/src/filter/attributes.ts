import type { AttributeReference } from '../schema/resource-type.ts';
import type { BoundFilter } from './ast.ts';

/**
 * The attributes that a filter asks about, by the `text` of their references; of a sub-attribute also the attribute it
 * belongs to. So `attributesOf(filter).has('members')` says whether members must be loaded before `matches`.
 */
export function attributesOf(filter: BoundFilter): ReadonlySet<string> {
  const texts = new Set<string>();
  collect(filter, '', texts);
  return texts;
}

/** `prefix` is what references inside an element are relative to. */
function collect(filter: BoundFilter, prefix: string, texts: Set<string>): void {
  switch (filter.kind) {
    case 'and':
    case 'or':
      for (const part of filter.filters) collect(part, prefix, texts);
      return;
    case 'not':
      collect(filter.filter, prefix, texts);
      return;
    case 'constant':
      return;
    case 'element':
      addReference(filter.path, prefix, texts);
      collect(filter.filter, `${filter.path.text}.`, texts);
      return;
    case 'present':
    case 'compare':
      addReference(filter.path, prefix, texts);
  }
}

function addReference(path: AttributeReference, prefix: string, texts: Set<string>): void {
  texts.add(prefix + path.text);
  if (path.sub !== undefined) texts.add(path.text.slice(0, -path.sub.name.length - 1));
}
