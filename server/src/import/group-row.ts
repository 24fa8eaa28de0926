import { fold, isArray, isObject, type Json } from '@rollcall/scim';
import { inTurns } from './in-turns.ts';
import { type RefusedRow, type Sheet, type SheetRow, UnreadableFile } from './sheet.ts';

const ROWS_A_TURN = 1000;

/** A group as a file describes it, put together from all its rows. */
export interface GroupRow {
  /** Of its first row. */
  readonly line: number;
  readonly name: string | undefined;
  readonly externalId: string | undefined;
  /** The id that a SCIM resource had where the file was made. */
  readonly foreignId: string | undefined;
  /** undefined when the file says nothing of its members at all. */
  readonly members: readonly { readonly line: number; readonly name: string }[] | undefined;
}

export interface Groups {
  readonly rows: readonly GroupRow[];
  readonly refused: readonly RefusedRow[];
  readonly warnings: readonly string[];
}

/** Names of the columns, in lower case; `displayName` and `members` are those of a SCIM resource. */
const NAMES: ReadonlyMap<string, 'name' | 'externalId' | 'member' | 'id' | 'ignored'> = new Map([
  ['group', 'name'],
  ['displayname', 'name'],
  ['externalid', 'externalId'],
  ['member', 'member'],
  ['members', 'member'],
  ['id', 'id'],
  ['schemas', 'ignored'],
  ['meta', 'ignored'],
]);

interface Draft {
  readonly line: number;
  readonly name: string | undefined;
  readonly externalId: string | undefined;
  readonly foreignId: string | undefined;
  readonly members: { readonly line: number; readonly name: string }[] | undefined;
}

interface Drafts {
  readonly byKey: Map<string, Draft>;
  /** By folded name: later rows of a group may leave its externalId out. */
  readonly keyOfName: Map<string, string>;
}

/**
 * Reads a sheet as groups: a row is a membership, a row without a member says only that the group exists. Rows belong
 * together by externalId, else by name. Errors: UnreadableFile when no column tells which group a row is about.
 */
export async function readGroups(sheet: Sheet): Promise<Groups> {
  const { name: file, columns } = sheet;
  const known = columns.map((column) => NAMES.get(column.toLowerCase()));
  const unknown = columns.filter((_, at) => known[at] === undefined);
  if (sheet.rows.length > 0 && !known.includes('name') && !known.includes('externalId')) {
    throw new UnreadableFile(`${file} has neither a group nor an externalId column; no group could be told apart.`);
  }
  const drafts: Drafts = { byKey: new Map(), keyOfName: new Map() };
  const refused: RefusedRow[] = [...sheet.refused];
  for await (const slice of inTurns(sheet.rows, ROWS_A_TURN)) {
    for (const row of slice) {
      const reason = readRow(row, drafts);
      if (reason !== undefined) refused.push({ line: row.line, reason });
    }
  }
  const warnings = unknown.map((column) => `${file}: column "${column}" is left out: groups have no such attribute`);
  return { rows: [...drafts.byKey.values()], refused, warnings };
}

/** Adds a row to its group; returns why it cannot. */
function readRow({ line, values }: SheetRow, drafts: Drafts): string | undefined {
  const said = new Map<string, Json>();
  for (const [column, value] of values) {
    const meaning = NAMES.get(column.toLowerCase());
    if (meaning !== undefined && !(said.has(meaning) && value === '')) said.set(meaning, value);
  }
  const [name, externalId, foreignId] = ['name', 'externalId', 'id'].map((key) => textOf(said.get(key)));
  if (name === undefined && externalId === undefined) return 'has neither a group nor an externalId';
  const folded = fold(name ?? '');
  const key =
    externalId === undefined ? (drafts.keyOfName.get(folded) ?? `name ${folded}`) : `externalId ${externalId}`;
  const known = drafts.byKey.get(key);
  if (known?.name !== undefined && name !== undefined && fold(known.name) !== folded) {
    return `calls the group "${name}" that line ${known.line} calls "${known.name}"`;
  }
  const members = memberNames(said.get('member'));
  if (members === undefined) return 'member must be an externalId, a userName or an id';
  const listed = said.has('member') ? (known?.members ?? []) : known?.members;
  for (const member of members) listed?.push({ line, name: member });
  const first = known ?? { line, externalId, foreignId };
  drafts.byKey.set(key, { ...first, name: known?.name ?? name, members: listed });
  if (name !== undefined && !drafts.keyOfName.has(folded)) drafts.keyOfName.set(folded, key);
  return undefined;
}

function textOf(value: Json | undefined): string | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return text === '' ? undefined : text;
}

function memberNames(value: Json | undefined): readonly string[] | undefined {
  if (value === undefined || value === null || value === '') return [];
  const names = (isArray(value) ? value : [value]).map((one) => textOf(isObject(one) ? (one.value ?? null) : one));
  return names.every((name) => name !== undefined) ? names : undefined;
}
