import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import { type RefusedRow, type Sheet, type SheetRow, UnreadableFile } from './sheet.ts';

/** Bytes parsed at a time, and records between two pauses: a big file must not hold up the server. */
const PIECE = 64 * 1024;
const RECORDS_A_TURN = 500;

const parsed = z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) });

/**
 * Reads CSV (RFC 4180) with commas, semicolons or tabs, whichever its header has most of. Blanks around values and
 * empty lines are passed over. A record with more or fewer values than the header is refused, and a sign that the file
 * was cut. Errors: UnreadableFile for a file that is not CSV and for two columns of one name.
 */
export async function readCsv(name: string, text: string): Promise<Sheet> {
  const rows: SheetRow[] = [];
  const refused: RefusedRow[] = [];
  const signsOfCut: string[] = [];
  let columns: readonly string[] | undefined;
  let line = 1;
  let seen = 0;
  const parser = parse({
    delimiter: delimiterOf(text),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    trim: true,
  });
  try {
    for await (const next of Readable.from(pieces(text)).pipe(parser)) {
      const { record, info } = parsed.parse(next);
      const begins = line;
      line = info.lines + 1;
      seen += 1;
      if (seen % RECORDS_A_TURN === 0) await nextTurn();
      if (record.every((value) => value === '')) continue;
      if (columns === undefined) columns = readHeader(name, record);
      else if (record.length !== columns.length) {
        refused.push({ line: begins, reason: `has ${record.length} values where the header has ${columns.length}` });
      } else rows.push({ line: begins, values: new Map(columns.map((column, at) => [column, record[at] ?? ''])) });
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code !== 'CSV_QUOTE_NOT_CLOSED') throw new UnreadableFile(`${name} is not CSV: ${error.message}.`);
    refused.push({ line, reason: 'a quote is opened and never closed' });
    signsOfCut.push(`${name} ends inside the quotes opened on line ${line}`);
  }
  const [uneven] = refused;
  if (uneven !== undefined && signsOfCut.length === 0) signsOfCut.push(`${name}: line ${uneven.line} ${uneven.reason}`);
  return { name, columns: columns ?? [], rows, refused, signsOfCut };
}

function* pieces(text: string): Generator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

/** The most frequent separator of the first line that is not inside quotes. */
function delimiterOf(text: string): string {
  const [header = ''] = text.trimStart().split(/\r\n|\r|\n/, 1);
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => bare.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
}

function readHeader(name: string, record: readonly string[]): readonly string[] {
  const known = new Set<string>();
  for (const [at, column] of record.entries()) {
    if (column === '') throw new UnreadableFile(`${name}: column ${at + 1} has no name in the header.`);
    if (known.has(column.toLowerCase())) {
      throw new UnreadableFile(`${name} has two columns "${column}"; rename or remove one.`);
    }
    known.add(column.toLowerCase());
  }
  return record;
}
