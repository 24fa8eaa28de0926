/** By which the processes of an installation agree on their work. Times are milliseconds of the database's clock. */
export const work = `
-- A process shows signs of life; what it holds is its own until it does not.
CREATE TABLE process (
  id TEXT NOT NULL PRIMARY KEY,
  roles TEXT NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who works for an application. The fence grows whenever that changes; every write of a holder looks at its own.
CREATE TABLE application_lease (
  application INTEGER NOT NULL PRIMARY KEY,
  holder TEXT,
  fence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX application_lease_holder ON application_lease (holder);

-- Apart from the lease, whose row is locked by all that is written for the application.
CREATE TABLE application_progress (
  application INTEGER NOT NULL PRIMARY KEY,
  fence INTEGER NOT NULL,
  progress TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE application_request (
  id TEXT NOT NULL PRIMARY KEY,
  application INTEGER NOT NULL,
  kind TEXT NOT NULL,
  data TEXT NOT NULL,
  at INTEGER NOT NULL,
  fence INTEGER,
  outcome TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX application_request_open ON application_request (application) WHERE outcome IS NULL;

CREATE TABLE mail (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  application INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  tries INTEGER NOT NULL,
  due INTEGER NOT NULL
) STRICT;
CREATE INDEX mail_line ON mail (application, recipient, n);

-- What has been told by mail, so that it is not told again.
CREATE TABLE told (
  application INTEGER NOT NULL,
  cause TEXT NOT NULL,
  size INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (application, cause)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_mark (
  server INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Parts of an initial cycle that workers do for its coordinator, whose fence they have. The token grows with every worker.
CREATE TABLE chunk (
  cycle TEXT NOT NULL,
  n INTEGER NOT NULL,
  application INTEGER NOT NULL,
  fence INTEGER NOT NULL,
  chunk TEXT NOT NULL,
  holder TEXT,
  token INTEGER NOT NULL,
  stopping INTEGER NOT NULL,
  outcome TEXT,
  PRIMARY KEY (cycle, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX chunk_application ON chunk (application);

-- What workers look for in a target at this moment, so that no two of them create it.
CREATE TABLE sought (
  application INTEGER NOT NULL,
  value TEXT NOT NULL,
  cycle TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (application, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX sought_chunk ON sought (cycle, n);
`;
