/**
 * The first schema. `server` leads every key, so that one identity server's rows lie together and no query of one
 * walks through another's. Times are milliseconds, booleans 0 and 1. Keys are compared as bytes: they were folded and
 * normalised before they came here.
 */
export const initial = `
CREATE TABLE installation (
  id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE identity_server (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL,
  name TEXT NOT NULL,
  active INTEGER NOT NULL,
  is_default INTEGER NOT NULL,
  settings TEXT NOT NULL,
  basic_user_name TEXT,
  basic_hash TEXT,
  catalogue_version INTEGER NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  removing INTEGER NOT NULL
) STRICT;
-- The slug of a server that is being removed is free again.
CREATE UNIQUE INDEX identity_server_slug ON identity_server (slug) WHERE removing = 0;
CREATE UNIQUE INDEX identity_server_default ON identity_server (is_default) WHERE is_default = 1;

CREATE TABLE token (
  id TEXT NOT NULL PRIMARY KEY,
  server INTEGER NOT NULL,
  name TEXT NOT NULL,
  scope TEXT NOT NULL,
  networks TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  revoked INTEGER,
  replaced_by TEXT,
  last_used INTEGER,
  last_used_from TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE api_token (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  sha256 TEXT NOT NULL UNIQUE,
  access TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  revoked INTEGER,
  last_used INTEGER,
  last_used_from TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE definition (
  server INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  definition TEXT NOT NULL,
  PRIMARY KEY (server, kind, name)
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: a seq is never given twice, so a cursor cannot meet a new resource in an old one's place.
CREATE TABLE resource (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  server INTEGER NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  label TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX resource_id ON resource (server, id);
CREATE INDEX resource_type ON resource (server, type, seq);
CREATE INDEX resource_modified ON resource (server, type, modified, seq);

CREATE TABLE index_value (
  server INTEGER NOT NULL,
  type TEXT NOT NULL,
  path TEXT NOT NULL,
  key TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (server, type, path, key, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE unique_value (
  server INTEGER NOT NULL,
  type TEXT NOT NULL,
  path TEXT NOT NULL,
  key TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (server, type, path, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE member (
  group_seq INTEGER NOT NULL,
  member_seq INTEGER NOT NULL,
  member_id TEXT NOT NULL,
  member_type TEXT NOT NULL,
  sent TEXT,
  PRIMARY KEY (group_seq, member_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_of ON member (member_seq, group_seq);

CREATE TABLE resource_count (
  server INTEGER NOT NULL,
  type TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (server, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE change (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  server INTEGER NOT NULL,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  external_id TEXT,
  data TEXT
) STRICT;
CREATE INDEX change_server ON change (server, n);
CREATE INDEX change_at ON change (at);

-- Up to which position each server's feed has been pruned.
CREATE TABLE change_pruned (
  server INTEGER PRIMARY KEY,
  n INTEGER NOT NULL
) STRICT;
`;
