/** What somebody may do: everything; run what is configured; look. */
export type Role = 'administrator' | 'operator' | 'auditor';

/** A person who may sign in to the admin API, whatever their role. Times are milliseconds. */
export interface Administrator {
  readonly id: string;
  /** Unique, whatever its letter case. */
  readonly userName: string;
  readonly role: Role;
  readonly source: 'password' | 'oidc';
  /** The scrypt hash; null until a password is set, and always of who signs in by OpenID Connect. */
  readonly passwordHash: string | null;
  /** How an OpenID provider knows the person: the name may change, these two never do. */
  readonly identity: { readonly issuer: string; readonly subject: string } | null;
  readonly active: boolean;
  readonly created: number;
  readonly lastSignIn: number | null;
}

/** A signed-in browser: of its token only the SHA-256 is stored. */
export interface Session {
  readonly sha256: string;
  readonly administrator: string;
  readonly created: number;
  readonly lastUsed: number;
}

/** A link that works once: of its token only the SHA-256 is stored. */
export interface OneTimeLink {
  readonly sha256: string;
  /** `setup` makes the first administrator, `reset` gives a person a password. */
  readonly purpose: 'setup' | 'reset';
  /** Whose password it sets; null for `setup`. */
  readonly administrator: string | null;
  readonly expires: number;
}

export interface AdministratorChanges {
  readonly role?: Role;
  readonly active?: boolean;
}

/** What somebody was let in for. */
export interface Proof {
  /** The hash that a password was right for. */
  readonly passwordHash?: string | null;
  /** What the OpenID provider said. */
  readonly role?: Role;
  readonly userName?: string;
}

/** Thrown when a change would leave nobody who is an administrator, is active and can sign in. */
export class LastAdministrator extends Error {
  override readonly name = 'LastAdministrator';
}

/** People, their sessions and links. Every write is durable when it resolves, and is one commit. */
export interface Administrators {
  /** In order of creation. */
  list(): Promise<Administrator[]>;
  byId(id: string): Promise<Administrator | undefined>;
  byUserName(userName: string): Promise<Administrator | undefined>;
  byIdentity(issuer: string, subject: string): Promise<Administrator | undefined>;
  /** Throws UniqueConflict on `userName`, and on `identity` when the provider's person is here already. */
  add(administrator: Administrator): Promise<void>;
  /** Undefined when there is no such person. Deactivating ends sessions and links. Throws LastAdministrator. */
  change(id: string, changes: AdministratorChanges): Promise<Administrator | undefined>;
  /** Removes a person with sessions and links; false when there is none. Throws LastAdministrator. */
  remove(id: string): Promise<boolean>;
  /** Sets a password, ends the person's links and all sessions but `keep` (a SHA-256). */
  setPassword(id: string, passwordHash: string, keep: string | null): Promise<void>;
  /**
   * Notes a sign-in and begins its session, unless the person is not active, or has another password, by now: then
   * false. What the OpenID provider says is taken over, even if no administrator is left. Throws UniqueConflict on
   * `userName`.
   */
  signIn(session: Session, proof: Proof): Promise<boolean>;

  /** A session with its person as they are now. */
  session(sha256: string): Promise<{ readonly session: Session; readonly administrator: Administrator } | undefined>;
  touchSession(sha256: string, at: number): Promise<void>;
  endSession(sha256: string): Promise<void>;
  endSessions(administrator: string): Promise<void>;
  /** Removes sessions that began or were last used before these times, and links that have expired by `now`. */
  prune(before: { readonly created: number; readonly lastUsed: number; readonly now: number }): Promise<void>;

  /** Stores a link; earlier ones for the same purpose and person end. */
  addLink(link: OneTimeLink): Promise<void>;
  link(sha256: string): Promise<OneTimeLink | undefined>;
  /** Whether nobody has the role administrator, so that somebody must be made one. */
  needSetup(): Promise<boolean>;
  /** Whether setup is needed and a link for it still works. */
  setupOpen(now: number): Promise<boolean>;
  /** Uses up a setup link to add the first administrator; false when the link does not work (any more). */
  setUp(sha256: string, administrator: Administrator): Promise<boolean>;
  /** Uses up a reset link: as `setPassword`, all sessions ended. The person; undefined when the link does not work. */
  useResetLink(sha256: string, passwordHash: string, now: number): Promise<Administrator | undefined>;
}
