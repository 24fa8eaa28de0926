import type { Compatibility } from '@rollcall/scim';

export type SecurityMethod = 'none' | 'basic' | 'bearer';

/** Settings of an identity server that its administrator may change. */
export interface IdentityServerSettings {
  readonly security: SecurityMethod;
  readonly compatibility: Compatibility;
  readonly saveRequests: boolean;
  readonly defaultPageSize: number;
  readonly maxPageSize: number;
  /** Requests per second; 0 is no limit. */
  readonly rateLimit: number;
  /** What a PATCH of a group answers (docs/compatibility.md). */
  readonly groupPatchAnswer: 'auto' | '200' | '204';
  readonly uniqueGroupNames: boolean;
  readonly uniqueExternalIds: boolean;
  /** POST of an inactive user's userName with the same externalId brings that user back instead of 409. */
  readonly restoreInactive: boolean;
}

export interface IdentityServer {
  /** Public id (UUID). */
  readonly id: string;
  /** Short key used in rows. */
  readonly key: number;
  readonly slug: string;
  readonly name: string;
  readonly active: boolean;
  readonly isDefault: boolean;
  readonly settings: IdentityServerSettings;
  /** Basic: user name and the scrypt hash of the password; null when not set. */
  readonly basic: { readonly userName: string; readonly hash: string } | null;
  readonly catalogueVersion: number;
  readonly created: number;
  readonly modified: number;
  /** Set when its removal has begun: it answers 404 and its rows go in the background. */
  readonly removing: boolean;
}

export interface TokenScope {
  /** Resource type names or `*`; the value says what the token may do with them. */
  readonly [resourceType: string]: 'read' | 'write';
}

/** A SCIM token: the JWT itself is never stored, only its id (`jti`). */
export interface Token {
  readonly id: string;
  readonly server: number;
  readonly name: string;
  readonly scope: TokenScope;
  /** CIDR networks that may use it; empty is any. */
  readonly networks: readonly string[];
  readonly created: number;
  readonly expires: number;
  readonly revoked: number | null;
  /** The token that takes over from this one, when it was rotated. */
  readonly replacedBy: string | null;
  readonly lastUsed: number | null;
  readonly lastUsedFrom: string | null;
}

/** A token for the admin API over TCP: only a prefix and a SHA-256 are stored. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly sha256: string;
  readonly access: 'read' | 'write';
  readonly created: number;
  readonly expires: number;
  readonly revoked: number | null;
  readonly lastUsed: number | null;
  readonly lastUsedFrom: string | null;
}

/** When and from where a token was used. */
export interface TokenUse {
  readonly kind: 'token' | 'apiToken';
  readonly id: string;
  readonly at: number;
  readonly from: string;
}

/** A schema, extension or resource type that an administrator added; `definition` is JSON text. */
export interface AddedDefinition {
  readonly server: number;
  readonly kind: 'schema' | 'extension' | 'resourceType';
  /** URN of a schema, `{type} {urn}` of an extension, name of a resource type. */
  readonly name: string;
  readonly definition: string;
}

/**
 * Small tables that an administrator writes. Each write is durable when it resolves, raises the version and is told by
 * the signal `settings`, so that whoever keeps what was read knows when to read again, in whatever process.
 */
export interface Settings {
  /** Random id of this installation, made when the store is created: the issuer of its tokens. */
  readonly installation: string;
  /** Another one whenever something was written since; whatever a version counts can be read when it is known. */
  version(): Promise<number>;
  identityServers(): Promise<IdentityServer[]>;
  addIdentityServer(server: Omit<IdentityServer, 'key' | 'catalogueVersion' | 'removing'>): Promise<IdentityServer>;
  /** Replaces it; setting `isDefault` takes it from the others. Throws UniqueConflict on `slug`. */
  saveIdentityServer(server: IdentityServer): Promise<void>;
  /** Deletes up to `limit` rows of a server marked `removing`; true when nothing is left, the server's row included. */
  purgeIdentityServer(key: number, limit: number): Promise<boolean>;
  tokens(): Promise<Token[]>;
  /** Adds it, or replaces all but its last use. One that is revoked stays so. */
  saveToken(token: Token): Promise<void>;
  apiTokens(): Promise<ApiToken[]>;
  /** As `saveToken`. */
  saveApiToken(token: ApiToken): Promise<void>;
  /** Notes last uses (each token once), unless later ones are known. Nobody is told of it: no new version. */
  noteUses(uses: readonly TokenUse[]): Promise<void>;
  definitions(server: number): Promise<AddedDefinition[]>;
  /** Adds or replaces, and raises the identity server's catalogueVersion in the same transaction. */
  saveDefinition(definition: AddedDefinition): Promise<void>;
  removeDefinition(definition: Omit<AddedDefinition, 'definition'>): Promise<boolean>;
}
