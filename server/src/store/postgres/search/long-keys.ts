import { sql } from 'kysely';
import type { SearchQuery } from '../../contract.ts';
import { type Executes, prepared } from '../prepared.ts';

type Filter = NonNullable<SearchQuery['filter']>;

const longKeys = prepared((db, { server }: { server: number }) =>
  sql<{ found: boolean }>`
    SELECT EXISTS (SELECT 1 FROM index_value WHERE server = ${server} AND char_length(key) > 300)
      OR EXISTS (SELECT 1 FROM unique_value WHERE server = ${server} AND char_length(key) > 300) AS found`.compile(db),
);

/**
 * Whether the index holds only the beginning of a key that a search may look into: only then must it read documents
 * after `co` and `ew`. The few such keys have an index of their own.
 */
export async function hasLongKeys(connection: Executes, { server, filter }: SearchQuery): Promise<boolean> {
  if (filter === undefined || !looksInside(filter)) return false;
  return (await longKeys.first(connection, { server }))?.found === true;
}

function looksInside(filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.some(looksInside);
    case 'not':
    case 'element':
      return looksInside(filter.filter);
    case 'compare':
      return filter.operator === 'co' || filter.operator === 'ew';
    case 'present':
      return false;
  }
}
