/**
 * Applications and what their provisioning keeps. `application` leads every key. Ids are the directory's unless they are
 * called target ids. Times are milliseconds, booleans 0 and 1; JSON columns stand last, where a scan does not read them.
 */
export const applications = `
CREATE TABLE application (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL,
  name TEXT NOT NULL,
  directory INTEGER NOT NULL,
  connection TEXT,
  secret TEXT,
  settings TEXT NOT NULL,
  mappings TEXT NOT NULL,
  profile TEXT,
  job TEXT NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  removing INTEGER NOT NULL
) STRICT;
-- The slug of an application that is being removed is free again.
CREATE UNIQUE INDEX application_slug ON application (slug) WHERE removing = 0;

CREATE TABLE assignment (
  application INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  nested INTEGER NOT NULL,
  created INTEGER NOT NULL,
  PRIMARY KEY (application, id)
) STRICT, WITHOUT ROWID;

-- With row ids: the rows are wide, and what joins with them looks at little of them.
CREATE TABLE link (
  seq INTEGER PRIMARY KEY,
  application INTEGER NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  target_id TEXT NOT NULL,
  label TEXT NOT NULL,
  state TEXT NOT NULL,
  source_version INTEGER NOT NULL,
  members_version INTEGER NOT NULL,
  mappings_hash TEXT NOT NULL,
  adopted INTEGER NOT NULL,
  delete_at INTEGER,
  linked_at INTEGER NOT NULL,
  sent TEXT NOT NULL,
  echoed TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX link_id ON link (application, type, id);
CREATE INDEX link_target ON link (application, type, target_id);
CREATE INDEX link_state ON link (application, type, state);
CREATE INDEX link_delete_at ON link (application, delete_at) WHERE delete_at IS NOT NULL;

CREATE TABLE intent (
  application INTEGER NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  verb TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (application, type, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE escrow (
  application INTEGER NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  PRIMARY KEY (application, type, id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX escrow_next_at ON escrow (application, next_at);
CREATE INDEX escrow_first_at ON escrow (application, first_at);

-- pending: the object that is wanted is linked, and what was sent is not its target id. Every write of a link keeps it.
CREATE TABLE reference (
  application INTEGER NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  path TEXT NOT NULL,
  wanted TEXT NOT NULL,
  sent TEXT,
  pending INTEGER NOT NULL,
  PRIMARY KEY (application, type, id, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX reference_wanted ON reference (application, wanted);
CREATE INDEX reference_pending ON reference (application, type, id) WHERE pending = 1;

-- linked: the member has a link. Every write of a link keeps it, so that members nobody can send cost nothing.
CREATE TABLE membership (
  application INTEGER NOT NULL,
  group_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  member_type TEXT NOT NULL,
  wanted INTEGER NOT NULL,
  present INTEGER NOT NULL,
  linked INTEGER NOT NULL,
  PRIMARY KEY (application, group_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_member ON membership (application, member_id);
CREATE INDEX membership_pending ON membership (application, group_id, member_id)
  WHERE wanted <> present AND linked = 1;

CREATE TABLE staged (
  application INTEGER NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  action TEXT NOT NULL,
  label TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (application, type, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX staged_state ON staged (application, state, at);

CREATE TABLE removal (
  application INTEGER NOT NULL,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (application, at, type, id)
) STRICT, WITHOUT ROWID;

-- What calls came to, counted by minute (milliseconds / 60000).
CREATE TABLE outcome (
  application INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  succeeded INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  failed_references INTEGER NOT NULL,
  PRIMARY KEY (application, minute)
) STRICT, WITHOUT ROWID;

CREATE TABLE cycle (
  application INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  began INTEGER NOT NULL,
  ended INTEGER,
  state TEXT NOT NULL,
  phase TEXT NOT NULL,
  error TEXT,
  counts TEXT NOT NULL
) STRICT;
CREATE INDEX cycle_began ON cycle (application, began);
CREATE INDEX cycle_ended ON cycle (ended) WHERE ended IS NOT NULL;

-- AUTOINCREMENT: a number is never given twice, so that who pages through the log meets no new row in an old one's place.
CREATE TABLE provisioning_log (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  application INTEGER NOT NULL,
  at INTEGER NOT NULL,
  cycle TEXT NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  target_id TEXT,
  label TEXT NOT NULL,
  folded_label TEXT NOT NULL,
  action TEXT NOT NULL,
  status TEXT NOT NULL,
  code TEXT,
  message TEXT,
  duration_ms REAL NOT NULL,
  attempts INTEGER NOT NULL,
  next_at INTEGER,
  reason TEXT NOT NULL,
  steps TEXT NOT NULL,
  modified TEXT NOT NULL,
  exchanges TEXT NOT NULL
) STRICT;
CREATE INDEX provisioning_log_application ON provisioning_log (application, n);
CREATE INDEX provisioning_log_status ON provisioning_log (application, status, n);
CREATE INDEX provisioning_log_id ON provisioning_log (application, id, n);
CREATE INDEX provisioning_log_at ON provisioning_log (at);

CREATE TABLE plan (
  application INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  created INTEGER NOT NULL,
  by TEXT NOT NULL,
  applied_at INTEGER,
  applied_by TEXT,
  counts TEXT NOT NULL
) STRICT;
CREATE INDEX plan_created ON plan (application, created);

CREATE TABLE plan_item (
  application INTEGER NOT NULL,
  plan TEXT NOT NULL,
  n INTEGER NOT NULL,
  type TEXT NOT NULL,
  source_id TEXT NOT NULL,
  label TEXT NOT NULL,
  action TEXT NOT NULL,
  reason TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  state TEXT NOT NULL,
  outcome TEXT,
  changes TEXT NOT NULL,
  PRIMARY KEY (application, plan, n)
) STRICT, WITHOUT ROWID;

-- What differs in the target from what was sent; kept until it is gone or decided about.
CREATE TABLE drift (
  application INTEGER NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  path TEXT NOT NULL,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  folded_label TEXT NOT NULL,
  target_id TEXT NOT NULL,
  since INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  mark TEXT NOT NULL,
  expected TEXT NOT NULL,
  found TEXT NOT NULL,
  PRIMARY KEY (application, type, id, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE drift_decision (
  application INTEGER NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  path TEXT NOT NULL,
  rule TEXT NOT NULL,
  mark TEXT NOT NULL,
  label TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (application, type, id, path)
) STRICT, WITHOUT ROWID;

-- JSON of DriftPass.
CREATE TABLE drift_pass (
  application INTEGER NOT NULL,
  pass TEXT NOT NULL,
  PRIMARY KEY (application)
) STRICT, WITHOUT ROWID;

-- Belongs to no application: it tells also of those that are gone.
CREATE TABLE audit_log (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  "from" TEXT,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX audit_log_subject ON audit_log (subject, n);
CREATE INDEX audit_log_at ON audit_log (at);
`;
