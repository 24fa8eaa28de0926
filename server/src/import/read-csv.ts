import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { type RefusedRow, type Sheet, type SheetRow, UnreadableFile } from './sheet.ts';

/** Bytes parsed between two pauses, some milliseconds' worth: a big file must not hold up the server. */
const PIECE = 64 * 1024;

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
  // Records are taken as they are parsed: an error at the end of a stream drops what was parsed just before it.
  const take = (record: readonly string[], lines: number) => {
    const begins = line;
    line = lines + 1;
    if (record.every((value) => value === '')) return;
    if (columns === undefined) columns = readHeader(name, record);
    else if (record.length === columns.length) {
      rows.push({ line: begins, values: new Map(columns.map((column, at) => [column, record[at] ?? ''])) });
    } else {
      refused.push({ line: begins, reason: `has ${record.length} values where the header has ${columns.length}` });
    }
  };
  const parser = parse({
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    trim: true,
    on_record: (record: string[], { lines }) => {
      take(record, lines);
      return null;
    },
  });
  try {
    await pipeline(Readable.from(pieces(text)), parser.resume());
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

async function* pieces(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += PIECE) {
    yield bytes.subarray(at, at + PIECE);
    await nextTurn();
  }
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
