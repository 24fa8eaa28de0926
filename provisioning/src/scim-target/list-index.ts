import { fold, type JsonObject } from '@rollcall/scim';
import type { ObjectType } from '../source.ts';
import type { Call } from '../target.ts';
import { listAll } from './list-all.ts';
import { readPath, valuesAt } from './scim-path.ts';
import type { Session } from './session.ts';

const OLDEST = 300_000;

/** Ids of a target that cannot search, by value: made by reading all of its lists, at most five minutes old. */
export interface ListIndex {
  /** Ids of the objects that have the value. Errors: as `listAll`. */
  ids(type: ObjectType, path: string, value: string, call: Call): Promise<readonly string[]>;
  /** An object was written: `document` is what it holds now of the paths that are known. */
  wrote(type: ObjectType, id: string, document: JsonObject): void;
  deleted(type: ObjectType, id: string): void;
  /** Something was written that it was not told of: the list is read again. */
  forget(type: ObjectType): void;
}

interface Listing {
  readonly at: number;
  /** Ids by value, by path. */
  readonly byPath: ReadonlyMap<string, Map<string, Set<string>>>;
}

/** The form in which values are compared: without case, but for `id` and `externalId` (RFC 7643 §3.1). */
export const comparable = (path: string, value: string): string =>
  /^(id|externalId)$/i.test(path) ? value : fold(value);

export function openListIndex(session: Session): ListIndex {
  const listings = new Map<ObjectType, Promise<Listing>>();
  const paths = { User: new Set<string>(), Group: new Set<string>() };

  async function readAll(type: ObjectType, call: Call): Promise<Listing> {
    const listing = { at: session.now(), byPath: new Map([...paths[type]].map((path) => [path, new Map()])) };
    for await (const { id, document } of listAll(session, type, call)) add(listing, id, document);
    return listing;
  }

  async function current(type: ObjectType, path: string, call: Call): Promise<Listing> {
    paths[type].add(path);
    const made = listings.get(type);
    const listing = await made?.catch(() => undefined);
    const isFresh = listing?.byPath.has(path) === true && session.now() - listing.at < OLDEST;
    if (isFresh) return listing;
    // Others may have begun to read it while this one waited.
    if (listings.get(type) !== made) return current(type, path, call);
    const reading = readAll(type, call);
    listings.set(type, reading);
    return reading;
  }

  /** Writes that happen while a list is read are put into it afterwards. */
  function change(type: ObjectType, id: string, document: JsonObject | undefined): void {
    const put = (listing: Listing) => {
      const held =
        document === undefined ? undefined : [...listing.byPath.keys()].filter((path) => has(document, path));
      for (const [path, byValue] of listing.byPath) {
        if (held?.includes(path) === false) continue;
        for (const ids of byValue.values()) ids.delete(id);
      }
      if (document !== undefined) add(listing, id, document);
    };
    listings.get(type)?.then(put, () => undefined);
  }

  return {
    async ids(type, path, value, call) {
      const { byPath } = await current(type, path, call);
      return [...(byPath.get(path)?.get(comparable(path, value)) ?? [])];
    },
    wrote: change,
    deleted: (type, id) => change(type, id, undefined),
    forget: (type) => listings.delete(type),
  };
}

const has = (document: JsonObject, path: string): boolean => valuesAt(document, readPath(path)).length > 0;

function add({ byPath }: Listing, id: string, document: JsonObject): void {
  for (const [path, byValue] of byPath) {
    for (const value of valuesAt(document, readPath(path))) {
      const key = comparable(path, String(value));
      byValue.set(key, (byValue.get(key) ?? new Set()).add(id));
    }
  }
}
