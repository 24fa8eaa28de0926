import type { Json } from '@rollcall/scim';

/** A record of a file: its values by column name as the file spells it. */
export interface SheetRow {
  /** 1-based, where the record begins. */
  readonly line: number;
  readonly values: ReadonlyMap<string, Json>;
}

export interface RefusedRow {
  readonly line: number;
  readonly reason: string;
}

/** What a file says, before anybody asks what its columns mean. */
export interface Sheet {
  readonly name: string;
  /** Column names; of JSON lines every key that some line has. */
  readonly columns: readonly string[];
  readonly rows: readonly SheetRow[];
  readonly refused: readonly RefusedRow[];
  /** Why the file looks as if it had been cut; none when it looks whole. */
  readonly signsOfCut: readonly string[];
}

/** A file of an import, as text. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** A file that cannot be read at all. The message names the file and says what to do. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}
