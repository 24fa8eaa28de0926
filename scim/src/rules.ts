/** How an identity server meets clients that leave the standard: see docs/compatibility.md. */
export type Compatibility = 'tolerant' | 'strict';

/** A deviation of the client that was straightened: the quirk's name (its file in `quirks/`) and where it stood. */
export interface Note {
  readonly quirk: string;
  readonly detail?: string;
}

/** What a pure function needs to know of the identity server, and where it leaves its notes for the request log. */
export interface Rules {
  readonly compatibility: Compatibility;
  readonly notes: Note[];
}
