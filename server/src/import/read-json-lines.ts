import { isObject, type Json } from '@rollcall/scim';
import { inTurns } from './in-turns.ts';
import { type RefusedRow, type Sheet, type SheetRow, UnreadableFile } from './sheet.ts';

const LINES_A_TURN = 500;

/**
 * Reads JSON lines: an object on each line, keyed as the columns of a CSV file are, or a SCIM resource. A last line
 * that is no JSON is a sign that the file was cut. Errors: UnreadableFile when not one line is an object.
 */
export async function readJsonLines(name: string, text: string): Promise<Sheet> {
  let at = 0;
  const rows: SheetRow[] = [];
  const refused: RefusedRow[] = [];
  const columns = new Map<string, string>();
  const take = (line: string) => {
    at += 1;
    if (line.trim() === '') return;
    const object = parseLine(line);
    if (!isObject(object)) {
      refused.push({ line: at, reason: 'is not a JSON object' });
      return;
    }
    for (const key of Object.keys(object)) if (!columns.has(key.toLowerCase())) columns.set(key.toLowerCase(), key);
    rows.push({ line: at, values: new Map(Object.entries(object)) });
  };
  for await (const lines of inTurns(text.split(/\r\n|\r|\n/), LINES_A_TURN)) lines.forEach(take);
  const [broken] = refused;
  if (broken !== undefined && rows.length === 0) {
    throw new UnreadableFile(`${name} is not JSON lines: line ${broken.line} ${broken.reason}.`);
  }
  const signsOfCut = broken === undefined ? [] : [`${name}: line ${broken.line} ${broken.reason}`];
  return { name, columns: [...columns.values()], rows, refused, signsOfCut };
}

function parseLine(line: string): Json | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
