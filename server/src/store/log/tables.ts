import type { Generated } from 'kysely';

/** A request as the log keeps it. Small columns come first: a search reads them without touching the bodies' pages. */
export interface EntryTable {
  n: Generated<number>;
  server: number | null;
  at: number;
  method: string;
  status: number;
  duration: number;
  members_skipped: number;
  request_body_cut: number;
  response_body_cut: number;
  id: string;
  address: string;
  token: string | null;
  url: string;
  reason: string | null;
  /** JSON array of notes. */
  notes: string;
  /** JSON objects. */
  request_headers: string;
  response_headers: string;
  request_body: string | null;
  response_body: string | null;
}

/** What came in during a minute (milliseconds / 60000). */
export interface MinuteTable {
  server: number;
  minute: number;
  total: number;
  client_errors: number;
  server_errors: number;
  /** Milliseconds that they took together. */
  duration: number;
  /** When the last of them came in. */
  last_at: number;
}

/** Whom an entry is about: hashes of resource ids and user names, one after another (`mentions.ts`). */
export interface MentionTable {
  n: number;
  keys: Uint8Array;
}

/** How many entries there are of a server. */
export interface KeptTable {
  server: number;
  entries: number;
}

/** The tables of the request log's database, for Kysely. */
export interface LogTables {
  entry: EntryTable;
  mention: MentionTable;
  kept: KeptTable;
  minute: MinuteTable;
}

/** Its schema, added to wherever a file of an earlier version lacks something. AUTOINCREMENT: an entry's number is never given again, so paging by it meets nothing twice. */
export const LOG_SCHEMA = `
CREATE TABLE IF NOT EXISTS entry (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  server INTEGER,
  at INTEGER NOT NULL,
  method TEXT NOT NULL,
  status INTEGER NOT NULL,
  duration REAL NOT NULL,
  members_skipped INTEGER NOT NULL,
  request_body_cut INTEGER NOT NULL,
  response_body_cut INTEGER NOT NULL,
  id TEXT NOT NULL,
  address TEXT NOT NULL,
  token TEXT,
  url TEXT NOT NULL,
  reason TEXT,
  notes TEXT NOT NULL,
  request_headers TEXT NOT NULL,
  response_headers TEXT NOT NULL,
  request_body TEXT,
  response_body TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS entry_server ON entry (server, n);
CREATE INDEX IF NOT EXISTS entry_at ON entry (at);

CREATE TABLE IF NOT EXISTS mention (
  n INTEGER PRIMARY KEY,
  keys BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS kept (
  server INTEGER PRIMARY KEY,
  entries INTEGER NOT NULL
) STRICT;
INSERT INTO kept SELECT server, count(*) FROM entry
  WHERE server IS NOT NULL AND NOT EXISTS (SELECT 1 FROM kept) GROUP BY server;

CREATE TRIGGER IF NOT EXISTS entry_gone AFTER DELETE ON entry BEGIN
  DELETE FROM mention WHERE n = old.n;
  UPDATE kept SET entries = entries - 1 WHERE server = old.server;
END;

CREATE TABLE IF NOT EXISTS minute (
  server INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  total INTEGER NOT NULL,
  client_errors INTEGER NOT NULL,
  server_errors INTEGER NOT NULL,
  duration REAL NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (server, minute)
) STRICT, WITHOUT ROWID;
`;
