import { type Catalogue, notFound } from '@rollcall/scim';
import { catalogueOf } from '../store/catalogue-of.ts';
import type { AddedDefinition, ApiToken, IdentityServer, Settings, Store, Token } from '../store/contract.ts';

/** What every request needs of the settings, in memory: identity servers, their schemas, the tokens. */
export interface Registry {
  /** The installation's id, issuer of its tokens. */
  readonly installation: string;
  /** All of them in order of creation, those being removed included. */
  identityServers(): readonly IdentityServer[];
  /** By slug, by id and the default one: never one that is being removed. */
  bySlug(slug: string): IdentityServer | undefined;
  byId(id: string): IdentityServer | undefined;
  byDefault(): IdentityServer | undefined;
  /** By the key that rows carry; also while it is being removed. */
  byKey(key: number): IdentityServer | undefined;
  catalogue(server: IdentityServer): Catalogue;
  definitions(server: IdentityServer): readonly AddedDefinition[];
  tokens(): readonly Token[];
  token(id: string): Token | undefined;
  apiTokens(): readonly ApiToken[];
  apiToken(id: string): ApiToken | undefined;
  /**
   * Runs `body`, which writes settings, and resolves with what it returns when the registry shows them. Bodies run one
   * after another, whatever process they are of, and read here what those before them have written: it cannot change
   * under them, so that no write undoes another's.
   */
  change<T>(body: (settings: Settings) => Promise<T>): Promise<T>;
  /** Reads everything again. */
  refresh(): Promise<void>;
  /** Reads everything again if something was written since, by whatever process. */
  catchUp(): Promise<void>;
}

interface State {
  readonly version: number;
  readonly servers: readonly IdentityServer[];
  readonly bySlug: ReadonlyMap<string, IdentityServer>;
  readonly byId: ReadonlyMap<string, IdentityServer>;
  readonly byKey: ReadonlyMap<number, IdentityServer>;
  readonly schemas: ReadonlyMap<number, ServerSchemas>;
  readonly tokens: ReadonlyMap<string, Token>;
  readonly apiTokens: ReadonlyMap<string, ApiToken>;
}

interface ServerSchemas {
  readonly version: number;
  readonly definitions: readonly AddedDefinition[];
  readonly catalogue: Catalogue;
}

/**
 * Reads the settings into memory. Where other processes write them too, `followSettings` keeps the registry up to date,
 * and `inTurn` is the store's.
 */
export async function openRegistry(settings: Settings, inTurn: Store['inTurn'] = (body) => body()): Promise<Registry> {
  let state = await load(settings, undefined);
  let last: Promise<unknown> = Promise.resolve();

  async function refresh(): Promise<void> {
    const read = await load(settings, state);
    // What was read while something newer came is older than it.
    if (read.version >= state.version) state = read;
  }

  let looking: Promise<void> | undefined;
  let lookingNext: Promise<void> | undefined;

  // Not after the changes that wait for their turn: a revocation elsewhere counts meanwhile. However many ask, one look
  // is under way and one waits, which then sees what was written before it was asked for.
  function catchUp(): Promise<void> {
    if (looking === undefined) {
      looking = look().finally(() => {
        looking = undefined;
      });
      return looking;
    }
    lookingNext ??= looking
      .catch(() => undefined)
      .then(() => {
        lookingNext = undefined;
        return catchUp();
      });
    return lookingNext;
  }

  async function look(): Promise<void> {
    if ((await settings.version()) !== state.version) await refresh();
  }

  function change<T>(body: (settings: Settings) => Promise<T>): Promise<T> {
    const inOrder = async () => {
      await catchUp();
      try {
        return await body(settings);
      } finally {
        await refresh();
      }
    };
    const result = last.then(() => inTurn(inOrder));
    last = result.catch(() => undefined);
    return result;
  }

  const schemasOf = (server: IdentityServer): ServerSchemas => {
    const schemas = state.schemas.get(server.key);
    // A request that was under way when the last of an identity server was deleted.
    if (schemas === undefined) throw notFound('The identity server was removed.');
    return schemas;
  };

  return {
    installation: settings.installation,
    identityServers: () => state.servers,
    bySlug: (slug) => state.bySlug.get(slug),
    byId: (id) => state.byId.get(id),
    byKey: (key) => state.byKey.get(key),
    byDefault: () => state.servers.find((server) => server.isDefault && !server.removing),
    catalogue: (server) => schemasOf(server).catalogue,
    definitions: (server) => schemasOf(server).definitions,
    tokens: () => [...state.tokens.values()],
    token: (id) => state.tokens.get(id),
    apiTokens: () => [...state.apiTokens.values()],
    apiToken: (id) => state.apiTokens.get(id),
    change,
    refresh,
    catchUp,
  };
}

async function load(settings: Settings, previous: State | undefined): Promise<State> {
  // Before the rest: what is written meanwhile makes it stale.
  const version = await settings.version();
  const [servers, tokens, apiTokens] = await Promise.all([
    settings.identityServers(),
    settings.tokens(),
    settings.apiTokens(),
  ]);
  const schemas = new Map<number, ServerSchemas>();
  for (const server of servers) {
    const known = previous?.schemas.get(server.key);
    schemas.set(server.key, known?.version === server.catalogueVersion ? known : await loadSchemas(settings, server));
  }
  const present = servers.filter((server) => !server.removing);
  return {
    version,
    servers: [...servers].sort((a, b) => a.key - b.key),
    bySlug: new Map(present.map((server) => [server.slug, server])),
    byId: new Map(present.map((server) => [server.id, server])),
    byKey: new Map(servers.map((server) => [server.key, server])),
    schemas,
    tokens: new Map(tokens.map((token) => [token.id, token])),
    apiTokens: new Map(apiTokens.map((token) => [token.id, token])),
  };
}

async function loadSchemas(settings: Settings, server: IdentityServer): Promise<ServerSchemas> {
  const definitions = await settings.definitions(server.key);
  return { version: server.catalogueVersion, definitions, catalogue: catalogueOf(definitions) };
}
