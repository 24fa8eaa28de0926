import type { Insertable, Selectable } from 'kysely';
import type { ApiToken, IdentityServer, IdentityServerSettings, Token, TokenScope } from '../contract.ts';
import type { ApiTokenTable, Bit, IdentityServerTable, TokenTable } from '../tables.ts';

// What is parsed here was written by the function beside it, from the type it gets.

const bit = (value: boolean): Bit => (value ? 1 : 0);

type WrittenIdentityServer = Omit<IdentityServer, 'key' | 'catalogueVersion' | 'removing'>;

/** The columns that an administrator's write sets; the catalogue's version belongs to the definitions. */
export function identityServerRow(server: WrittenIdentityServer) {
  return {
    id: server.id,
    slug: server.slug,
    name: server.name,
    active: bit(server.active),
    is_default: bit(server.isDefault),
    settings: JSON.stringify(server.settings),
    basic_user_name: server.basic?.userName ?? null,
    basic_hash: server.basic?.hash ?? null,
    created: server.created,
    modified: server.modified,
  } satisfies Partial<Insertable<IdentityServerTable>>;
}

export function identityServerOf(row: Selectable<IdentityServerTable>): IdentityServer {
  const { basic_user_name: userName, basic_hash: hash } = row;
  const settings: IdentityServerSettings = JSON.parse(row.settings);
  return {
    id: row.id,
    key: row.key,
    slug: row.slug,
    name: row.name,
    active: row.active === 1,
    isDefault: row.is_default === 1,
    settings,
    basic: userName === null || hash === null ? null : { userName, hash },
    catalogueVersion: row.catalogue_version,
    created: row.created,
    modified: row.modified,
    removing: row.removing === 1,
  };
}

export function tokenRow(token: Token): Insertable<TokenTable> {
  return {
    id: token.id,
    server: token.server,
    name: token.name,
    scope: JSON.stringify(token.scope),
    networks: JSON.stringify(token.networks),
    created: token.created,
    expires: token.expires,
    revoked: token.revoked,
    replaced_by: token.replacedBy,
    last_used: token.lastUsed,
    last_used_from: token.lastUsedFrom,
  };
}

export function tokenOf(row: Selectable<TokenTable>): Token {
  const scope: TokenScope = JSON.parse(row.scope);
  const networks: string[] = JSON.parse(row.networks);
  return {
    id: row.id,
    server: row.server,
    name: row.name,
    scope,
    networks,
    created: row.created,
    expires: row.expires,
    revoked: row.revoked,
    replacedBy: row.replaced_by,
    lastUsed: row.last_used,
    lastUsedFrom: row.last_used_from,
  };
}

export function apiTokenRow(token: ApiToken): Insertable<ApiTokenTable> {
  return {
    id: token.id,
    name: token.name,
    prefix: token.prefix,
    sha256: token.sha256,
    access: token.access,
    created: token.created,
    expires: token.expires,
    revoked: token.revoked,
    last_used: token.lastUsed,
    last_used_from: token.lastUsedFrom,
  };
}

export function apiTokenOf(row: Selectable<ApiTokenTable>): ApiToken {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    sha256: row.sha256,
    access: row.access,
    created: row.created,
    expires: row.expires,
    revoked: row.revoked,
    lastUsed: row.last_used,
    lastUsedFrom: row.last_used_from,
  };
}
