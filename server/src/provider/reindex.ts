import type { Catalogue, ResourceType } from '@rollcall/scim';
import type { IdentityServer, IdentityServerSettings, Position, SearchQuery, Store } from '../store/contract.ts';
import { indexDocument } from './index-document.ts';
import { parseDocument } from './represent.ts';

/** What decides which values of a document are indexed and unique. */
export interface IndexRules {
  readonly catalogue: Catalogue;
  readonly settings: IdentityServerSettings;
}

const ROWS_AT_A_TIME = 200;
const NAMED_CONFLICTS = 20;

/**
 * Brings the index and unique values of an identity server's resources in line with changed rules, in short
 * transactions while requests go on. The new rules are in force already, so that what is written meanwhile follows
 * them. Returns a sentence for each value that two resources hold: the older one keeps it.
 */
export async function reindex(
  store: Store,
  server: IdentityServer,
  before: IndexRules,
  after: IndexRules,
): Promise<string[]> {
  const conflicts: string[] = [];
  let more = 0;
  for (const [name, type] of after.catalogue.resourceTypes) {
    const previousType = before.catalogue.resourceTypes.get(name);
    if (previousType === undefined || !differ(previousType, before, type, after)) continue;
    for await (const rows of pages(store, server, after.catalogue, name)) {
      const found = await store.transaction(async (transaction) => {
        const sentences: string[] = [];
        for (const { id } of rows) {
          const current = await transaction.byId(server.key, name, id);
          if (current === undefined) continue;
          const document = parseDocument(current);
          const previous = indexDocument(before.settings, previousType, document);
          const next = indexDocument(after.settings, type, document);
          for (const conflict of await transaction.reindex(current, previous, next)) {
            sentences.push(`${name} ${id} has the ${conflict.path} "${conflict.value}" of ${conflict.holder}.`);
          }
        }
        return sentences;
      });
      more += Math.max(0, conflicts.length + found.length - NAMED_CONFLICTS);
      conflicts.push(...found.slice(0, NAMED_CONFLICTS - conflicts.length));
    }
  }
  return more === 0 ? conflicts : [...conflicts, `And ${more} more.`];
}

function differ(previous: ResourceType, before: IndexRules, next: ResourceType, after: IndexRules): boolean {
  const paths = (type: ResourceType) => [...type.unique, ...type.indexed].map(({ text }) => text).join();
  return (
    paths(previous) !== paths(next) ||
    before.settings.uniqueGroupNames !== after.settings.uniqueGroupNames ||
    before.settings.uniqueExternalIds !== after.settings.uniqueExternalIds
  );
}

async function* pages(store: Store, server: IdentityServer, catalogue: Catalogue, type: string) {
  let position: Position | undefined;
  do {
    const query: SearchQuery = {
      server: server.key,
      catalogue,
      catalogueVersion: server.catalogueVersion,
      compatibility: server.settings.compatibility,
      types: [type],
      filter: undefined,
      sort: undefined,
      page: { kind: 'after', position, count: ROWS_AT_A_TIME },
    };
    const page = await store.search(query);
    yield page.rows;
    position = page.next;
  } while (position !== undefined);
}
