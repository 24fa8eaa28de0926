import { readCsv } from './read-csv.ts';
import { readJsonLines } from './read-json-lines.ts';
import { type NamedText, type Sheet, UnreadableFile } from './sheet.ts';

/**
 * Reads a file of an import: JSON lines when its name ends in .jsonl, .ndjson or .json, or when it begins with a
 * brace; CSV otherwise. A byte order mark is passed over. Errors: UnreadableFile.
 */
export async function readSheet({ name, text }: NamedText): Promise<Sheet> {
  const content = text.replace(/^\ufeff/, '');
  if (content.includes('\0')) throw new UnreadableFile(`${name} is not UTF-8 text; save it as UTF-8.`);
  if (content.includes('\ufffd')) {
    throw new UnreadableFile(`${name} holds characters that were lost in a conversion (U+FFFD); save it as UTF-8.`);
  }
  const isJson = /\.(jsonl|ndjson|json)$/i.test(name) || /^\s*\{/.test(content);
  return isJson ? readJsonLines(name, content) : readCsv(name, content);
}
