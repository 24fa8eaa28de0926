/** People who sign in to the admin API. Passwords, sessions and links are stored as hashes alone. */
export const administrators = `
CREATE TABLE administrator (
  id text COLLATE "C" NOT NULL PRIMARY KEY,
  user_name text COLLATE "C" NOT NULL,
  user_key text COLLATE "C" NOT NULL UNIQUE,
  role text COLLATE "C" NOT NULL,
  source text COLLATE "C" NOT NULL,
  password_hash text COLLATE "C",
  issuer text COLLATE "C",
  subject text COLLATE "C",
  active smallint NOT NULL,
  created bigint NOT NULL,
  last_sign_in bigint
);
CREATE UNIQUE INDEX administrator_identity ON administrator (issuer, subject) WHERE issuer IS NOT NULL;

CREATE TABLE session (
  sha256 text COLLATE "C" NOT NULL PRIMARY KEY,
  administrator text COLLATE "C" NOT NULL,
  created bigint NOT NULL,
  last_used bigint NOT NULL
);
CREATE INDEX session_administrator ON session (administrator);

CREATE TABLE one_time_link (
  sha256 text COLLATE "C" NOT NULL PRIMARY KEY,
  purpose text COLLATE "C" NOT NULL,
  administrator text COLLATE "C",
  expires bigint NOT NULL
);
`;
