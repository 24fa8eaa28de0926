import { sql } from 'kysely';
import type { StoredResource } from '../../contract.ts';
import { RESOURCE_COLUMNS } from '../../sqlite/stored-resource.ts';
import { type Executes, numbersOf, prepared } from '../prepared.ts';

const rowsOfSeqs = prepared((db, { seqs }: { seqs: string }) =>
  sql<StoredResource>`
    SELECT ${sql.raw(RESOURCE_COLUMNS.join(', '))}
    FROM resource WHERE seq = ANY(${numbersOf(seqs)})`.compile(db),
);

/** The resources with these seqs, in their order. */
export async function rowsOf(connection: Executes, seqs: readonly number[]): Promise<StoredResource[]> {
  if (seqs.length === 0) return [];
  const rows = await rowsOfSeqs.all(connection, { seqs: JSON.stringify(seqs) });
  const bySeq = new Map(rows.map((row) => [row.seq, row]));
  return seqs.map((seq) => bySeq.get(seq)).filter((row) => row !== undefined);
}
