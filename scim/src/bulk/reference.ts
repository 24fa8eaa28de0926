import { isArray, isObject, type Json } from '../json.ts';

const PREFIX = 'bulkId:';

// A reference stands alone, is a segment of a path or URI, or a quoted value in a filter (RFC 7644 §3.7.2). Elsewhere,
// as in a sentence, the word is text.
const REFERENCE = /(?<=^|[/"])bulkId:([^\s"/?#\\]+)(?=$|["/?#])/g;

/** JSON with the references in it replaced, and the ids of those that could not be. */
export interface Resolved {
  readonly data: Json;
  readonly unresolved: readonly string[];
}

/**
 * Replaces each `bulkId:x` by the id of the resource that operation x made (RFC 7644 §3.7.2), in every string: values,
 * `$ref`, paths and filters of a PATCH. What holds no reference is returned as it is. Linear in the size of `data`.
 */
export function resolveBulkIds(data: Json, ids: ReadonlyMap<string, string>): Resolved {
  const unresolved = new Set<string>();
  const replaced = replaceStrings(data, (text) =>
    replaceReferences(text, (bulkId) => {
      const id = ids.get(bulkId);
      if (id === undefined) unresolved.add(bulkId);
      return id;
    }),
  );
  return { data: replaced, unresolved: [...unresolved] };
}

/** The bulkIds that a value refers to. */
export function referencedBulkIds(value: Json): ReadonlySet<string> {
  const found = new Set<string>();
  replaceStrings(value, (text) =>
    replaceReferences(text, (bulkId) => {
      found.add(bulkId);
      return undefined;
    }),
  );
  return found;
}

function replaceReferences(text: string, idOf: (bulkId: string) => string | undefined): string {
  if (!text.includes(PREFIX)) return text;
  return text.replace(REFERENCE, (reference, bulkId: string) => idOf(bulkId) ?? reference);
}

function replaceStrings(value: Json, replace: (text: string) => string): Json {
  if (typeof value === 'string') return replace(value);
  if (isArray(value)) {
    const elements = value.map((element) => replaceStrings(element, replace));
    return elements.every((element, index) => element === value[index]) ? value : elements;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  const replaced = entries.map(([name, member]): [string, Json] => [name, replaceStrings(member, replace)]);
  // fromEntries makes own properties of whatever names the client chose.
  return replaced.every(([, member], index) => member === entries[index]?.[1]) ? value : Object.fromEntries(replaced);
}
