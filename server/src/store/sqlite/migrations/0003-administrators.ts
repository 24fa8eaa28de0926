/** People who sign in to the admin API. Passwords, sessions and links are stored as hashes alone. */
export const administrators = `
CREATE TABLE administrator (
  id TEXT NOT NULL PRIMARY KEY,
  user_name TEXT NOT NULL,
  user_key TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  source TEXT NOT NULL,
  password_hash TEXT,
  issuer TEXT,
  subject TEXT,
  active INTEGER NOT NULL,
  created INTEGER NOT NULL,
  last_sign_in INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX administrator_identity ON administrator (issuer, subject) WHERE issuer IS NOT NULL;

CREATE TABLE session (
  sha256 TEXT NOT NULL PRIMARY KEY,
  administrator TEXT NOT NULL,
  created INTEGER NOT NULL,
  last_used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_administrator ON session (administrator);

CREATE TABLE one_time_link (
  sha256 TEXT NOT NULL PRIMARY KEY,
  purpose TEXT NOT NULL,
  administrator TEXT,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
