import type { Generated } from 'kysely';
import type { AdministratorTables } from './administrator-tables.ts';
import type { ApplicationTables } from './application-tables.ts';
import type { AddedDefinition, ApiToken, ChangeKind } from './contract.ts';
import type { WorkTables } from './work-tables.ts';

/** A boolean as both databases store it. */
export type Bit = 0 | 1;

export interface InstallationTable {
  id: string;
}

export interface IdentityServerTable {
  key: Generated<number>;
  id: string;
  slug: string;
  name: string;
  active: Bit;
  is_default: Bit;
  /** JSON of IdentityServerSettings. */
  settings: string;
  basic_user_name: string | null;
  basic_hash: string | null;
  catalogue_version: number;
  created: number;
  modified: number;
  removing: Bit;
}

export interface TokenTable {
  id: string;
  server: number;
  name: string;
  /** JSON of TokenScope. */
  scope: string;
  /** JSON array of CIDR networks. */
  networks: string;
  created: number;
  expires: number;
  revoked: number | null;
  replaced_by: string | null;
  last_used: number | null;
  last_used_from: string | null;
}

export interface ApiTokenTable {
  id: string;
  name: string;
  prefix: string;
  sha256: string;
  access: ApiToken['access'];
  created: number;
  expires: number;
  revoked: number | null;
  last_used: number | null;
  last_used_from: string | null;
}

export interface DefinitionTable {
  server: number;
  kind: AddedDefinition['kind'];
  name: string;
  definition: string;
}

export interface ResourceTable {
  seq: Generated<number>;
  server: number;
  type: string;
  id: string;
  version: number;
  created: number;
  modified: number;
  label: string;
  document: string;
}

export interface IndexValueTable {
  server: number;
  type: string;
  path: string;
  key: string;
  seq: number;
}

export interface UniqueValueTable {
  server: number;
  type: string;
  path: string;
  key: string;
  seq: number;
}

export interface MemberTable {
  group_seq: number;
  member_seq: number;
  member_id: string;
  member_type: string;
  sent: string | null;
}

export interface ResourceCountTable {
  server: number;
  type: string;
  count: number;
}

export interface ChangeTable {
  n: Generated<number>;
  server: number;
  at: number;
  type: string;
  id: string;
  kind: ChangeKind;
  label: string;
  external_id: string | null;
  /** JSON of the change's attributes and members, null when it names none. */
  data: string | null;
}

export interface ChangePrunedTable {
  server: number;
  n: number;
}

/** The tables of the store, for Kysely. */
export interface Database extends ApplicationTables, AdministratorTables, WorkTables {
  installation: InstallationTable;
  identity_server: IdentityServerTable;
  token: TokenTable;
  api_token: ApiTokenTable;
  definition: DefinitionTable;
  resource: ResourceTable;
  index_value: IndexValueTable;
  unique_value: UniqueValueTable;
  member: MemberTable;
  resource_count: ResourceCountTable;
  change: ChangeTable;
  change_pruned: ChangePrunedTable;
}
