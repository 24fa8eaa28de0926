import { isObject, type Json, type JsonObject, type ResourceType } from '@rollcall/scim';
import { inTurns } from './in-turns.ts';
import { type PersonColumn, personColumn, typedValue } from './person-column.ts';
import { type RefusedRow, type Sheet, type SheetRow, UnreadableFile } from './sheet.ts';

const ROWS_A_TURN = 1000;

/** A person as a file describes them. */
export interface PersonRow {
  readonly line: number;
  readonly externalId: string | undefined;
  readonly userName: string | undefined;
  /** The id that a SCIM resource had where the file was made; other rows may name their manager by it. */
  readonly foreignId: string | undefined;
  /** The manager's externalId, userName or id; empty for none, undefined when the file does not say. */
  readonly manager: string | undefined;
  /** Operations of a PATCH for all attributes that the file has. */
  readonly operations: readonly JsonObject[];
}

export interface People {
  readonly rows: readonly PersonRow[];
  readonly refused: readonly RefusedRow[];
  readonly warnings: readonly string[];
  /** Whether the file knows people by externalId at all. */
  readonly hasExternalIds: boolean;
}

/**
 * Reads a sheet as people. A column that names no attribute is left out with a warning; a person named twice is refused
 * the second time. Errors: UnreadableFile when there is neither a userName nor an externalId column, or when two
 * columns mean the same attribute.
 */
export async function readPeople(type: ResourceType, sheet: Sheet): Promise<People> {
  const columnOf = columnsOf(type);
  const warnings = checkColumns(sheet, columnOf);
  const rows: PersonRow[] = [];
  const refused: RefusedRow[] = [...sheet.refused];
  for await (const slice of inTurns(sheet.rows, ROWS_A_TURN)) {
    for (const row of slice) {
      const read = readRow(row, columnOf);
      if (typeof read === 'string') refused.push({ line: row.line, reason: read });
      else rows.push(read);
    }
  }
  return { rows, refused, warnings, hasExternalIds: sheet.columns.some((name) => name.toLowerCase() === 'externalid') };
}

type ColumnOf = (name: string) => PersonColumn;

function columnsOf(type: ResourceType): ColumnOf {
  const known = new Map<string, PersonColumn>();
  return (name) => {
    const found = known.get(name) ?? personColumn(type, name);
    known.set(name, found);
    return found;
  };
}

function checkColumns({ name, columns, rows }: Sheet, columnOf: ColumnOf): string[] {
  const warnings: string[] = [];
  const meanings = new Map<string, string>();
  for (const column of columns.filter((one) => !isContainer(one, rows))) {
    const meaning = columnOf(column);
    if (meaning.kind === 'ignored') {
      if (meaning.reason !== undefined) warnings.push(`${name}: column "${column}" is left out: ${meaning.reason}`);
      continue;
    }
    const path = meaning.kind === 'manager' ? 'manager' : meaning.path;
    const other = meanings.get(path.toLowerCase());
    if (other !== undefined) throw new UnreadableFile(`${name}: the columns "${other}" and "${column}" mean the same.`);
    meanings.set(path.toLowerCase(), column);
  }
  if (rows.length > 0 && !meanings.has('username') && !meanings.has('externalid')) {
    throw new UnreadableFile(`${name} has neither a userName nor an externalId column; nobody could be told apart.`);
  }
  return warnings;
}

/** A URN whose value is an object is an extension of a whole SCIM resource. */
const isContainer = (column: string, rows: Sheet['rows']): boolean =>
  column.toLowerCase().startsWith('urn:') && rows.some(({ values }) => isObject(values.get(column)));

function readRow({ line, values }: SheetRow, columnOf: ColumnOf): PersonRow | string {
  const operations: JsonObject[] = [];
  let manager: string | undefined;
  for (const [name, value] of flattened(values)) {
    const column = columnOf(name);
    if (column.kind === 'ignored') continue;
    if (column.kind === 'manager') {
      const named = managerName(value);
      if (named === undefined) return 'manager must be an externalId, a userName or an id';
      manager = named;
      continue;
    }
    const operation = operationOf(column, value);
    if (typeof operation === 'string') return operation;
    if (operation !== undefined) operations.push(operation);
  }
  const externalId = textOf(operations, 'externalId');
  const userName = textOf(operations, 'userName');
  if (externalId === undefined && userName === undefined) return 'has neither a userName nor an externalId';
  const id = values.get('id');
  return { line, externalId, userName, foreignId: typeof id === 'string' ? id : undefined, manager, operations };
}

function* flattened(values: SheetRow['values']): Generator<readonly [string, Json]> {
  for (const [name, value] of values) {
    if (!name.toLowerCase().startsWith('urn:') || !isObject(value)) yield [name, value];
    else for (const [key, inner] of Object.entries(value)) yield [`${name}:${key}`, inner];
  }
}

function managerName(value: Json): string | undefined {
  const name = isObject(value) ? (value.value ?? null) : value;
  if (name === null) return '';
  return typeof name === 'string' || typeof name === 'number' ? String(name).trim() : undefined;
}

function operationOf(column: PersonColumn & { kind: 'attribute' }, value: Json): JsonObject | string | undefined {
  const { path, reference, isWhole } = column;
  const isIdentity = path === 'userName' || path === 'externalId' || path === 'active';
  if (value === null || value === '') return isIdentity ? undefined : { op: 'remove', path: column.removal };
  const { multiValued, type } = reference.attribute;
  if (typeof value === 'number' && (reference.sub ?? reference.attribute).type === 'string') {
    return { op: 'add', path, value: String(value) };
  }
  if (typeof value !== 'string') return { op: isWhole ? 'replace' : 'add', path, value };
  if (isWhole && type === 'complex') return `${path} has many values; name one, such as ${path}[type eq "work"].value`;
  if (type === 'complex' && reference.sub === undefined) return `${path} has parts; name one of them`;
  const typed = typedValue(reference, value);
  return multiValued && isWhole ? { op: 'replace', path, value: [typed] } : { op: 'add', path, value: typed };
}

function textOf(operations: readonly JsonObject[], path: string): string | undefined {
  const value = operations.find((operation) => operation.path === path)?.value;
  return value === undefined || value === null ? undefined : String(value);
}
