import type { AttributeDefinition, AttributeReference, BoundFilter, ResourceType } from '@rollcall/scim';

/** An attribute whose values the store keeps apart from the document. */
export interface IndexedPath {
  readonly text: string;
  readonly definition: AttributeDefinition;
  /** False when a resource can have several values of it. */
  readonly isSingle: boolean;
  /** Where its values are: those of attributes that their schema calls unique are in no other table. */
  readonly table: 'index_value' | 'unique_value';
  /** True when the table may lack a resource that has the value "": nobody holds an empty string alone. */
  readonly lacksEmpty: boolean;
}

const pathsByType = new WeakMap<ResourceType, ReadonlyMap<string, IndexedPath>>();

/** The indexed path of that canonical name; undefined for attributes that only the document holds. */
export function indexedPath(type: ResourceType, text: string): IndexedPath | undefined {
  const known = pathsByType.get(type) ?? new Map(type.indexed.map((path) => [path.text, describe(type, path)]));
  pathsByType.set(type, known);
  return known.get(text);
}

function describe(type: ResourceType, { text, attribute, sub }: AttributeReference): IndexedPath {
  const isUnique = type.unique.some((unique) => unique.text === text);
  return {
    text,
    definition: sub ?? attribute,
    isSingle: !attribute.multiValued && sub?.multiValued !== true,
    table: isUnique ? 'unique_value' : 'index_value',
    lacksEmpty: isUnique && !(attribute.required && sub === undefined),
  };
}

/** Whether every value that counts as present has a key, and every key is of such a value. */
export function isKeyed({ definition }: IndexedPath): boolean {
  return definition.type !== 'complex' && definition.type !== 'binary';
}

/** Whether keys of the attribute are text whose order is that of the index; those of numbers are not. */
export function isText({ definition }: IndexedPath): boolean {
  return definition.type === 'string' || definition.type === 'reference';
}

/** The id that `members.value eq "id"` and `members[value eq "id"]` ask for. */
export function askedMember(filter: BoundFilter): string | undefined {
  if (filter.kind === 'element') {
    return filter.path.text === 'members' ? idOf(filter.filter, 'value') : undefined;
  }
  return idOf(filter, 'members.value');
}

function idOf(filter: BoundFilter, text: string): string | undefined {
  const isId = filter.kind === 'compare' && filter.operator === 'eq' && filter.path.text === text;
  return isId && typeof filter.key === 'string' ? filter.key : undefined;
}
