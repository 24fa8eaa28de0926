import type { Catalogue } from '@rollcall/scim';
import { catalogueOf } from '../catalogue-of.ts';
import type { AddedDefinition } from '../contract.ts';
import type { ThreadSearch } from './thread-message.ts';

/** Catalogues that a thread keeps; one takes about 1 ms to make. */
const CATALOGUES = 32;

export interface ThreadCatalogues {
  /** The catalogue of a search, when it is kept and still of that version. */
  known(search: ThreadSearch): Catalogue | undefined;
  /** Makes and keeps it. */
  make(search: ThreadSearch, definitions: readonly AddedDefinition[]): Catalogue;
}

/** The catalogues that a thread has made, the latest of them. */
export function createThreadCatalogues(): ThreadCatalogues {
  const catalogues = new Map<number, { readonly version: number; readonly catalogue: Catalogue }>();
  return {
    known({ server, catalogueVersion }) {
      const known = catalogues.get(server);
      return known?.version === catalogueVersion ? known.catalogue : undefined;
    },
    make({ server, catalogueVersion }, definitions) {
      const catalogue = catalogueOf(definitions);
      catalogues.delete(server);
      catalogues.set(server, { version: catalogueVersion, catalogue });
      const [oldest] = catalogues.keys();
      if (catalogues.size > CATALOGUES && oldest !== undefined) catalogues.delete(oldest);
      return catalogue;
    },
  };
}
