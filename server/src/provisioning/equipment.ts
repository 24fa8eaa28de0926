import {
  type CompiledMappings,
  createMapper,
  type Mapper,
  openScimTarget,
  type Profile,
  type ScimTargetOptions,
  type Source,
  type Spread,
  type Target,
} from '@rollcall/provisioning';
import type { Logger } from 'pino';
import { Problem } from '../admin/problem.ts';
import type { Keys } from '../auth/keys.ts';
import type { Registry } from '../auth/registry.ts';
import type { Config } from '../config.ts';
import type { Imports } from '../import/import-in-progress.ts';
import type { Lease } from '../jobs/holding.ts';
import type { Notice } from '../mail/notice.ts';
import type { Application, Connection } from '../store/application-contract.ts';
import type { Store } from '../store/contract.ts';
import type { LiveState } from './contract.ts';
import { directorySource } from './directory-source.ts';
import { createCompiler } from './rules-of.ts';

/** What provisioning works with. */
export interface ProvisioningContext {
  readonly store: Store;
  readonly registry: Registry;
  readonly keys: Keys;
  readonly config: Pick<Config, 'targets'>;
  readonly log: Logger;
  readonly imports: Imports;
  /** Ends calls that are under way, when the process cannot wait for them any longer. */
  readonly abort: AbortSignal;
  now(): number;
  newId(): string;
  random(bytes: number): Uint8Array;
  /** How the initial cycle of an application is spread over processes; undefined where one is enough. */
  spread?(lease: Lease, source: Source): Promise<Spread | undefined>;
  /** A write was refused because another process has the lease. */
  loseLease(lease: Lease): void;
  /** Tells whoever watches that an application has got on. */
  progressed(application: Application): void;
  /** Tells the people behind an application. Never rejects. */
  notify(application: Application, notice: Notice): Promise<void>;
}

interface Equipped {
  readonly source: Source;
  readonly target: Target;
  readonly mappings: CompiledMappings;
  readonly mapper: Mapper;
}

/** Source, target and mapper of one application, kept while what they were made of stays the same. */
export interface Equipment {
  /** Errors: Problem where there is no connection, MappingsInvalid. */
  of(application: Application): Promise<Equipped>;
  rate(): LiveState['rate'];
  close(): Promise<void>;
}

const TIMEOUT = 30_000;

export function createEquipment(context: ProvisioningContext): Equipment {
  const compile = createCompiler();
  let target: { readonly made: string; readonly open: ReturnType<typeof openScimTarget> } | undefined;
  let mapper: { readonly made: CompiledMappings; readonly open: Mapper } | undefined;

  async function targetOf(application: Application): Promise<Target> {
    const options = await targetOptions(context, application);
    const made = JSON.stringify([options.baseUrl, options.credentials, options.dialect]);
    if (target?.made === made) return target.open;
    await target?.open.close();
    const { key } = application;
    const onProfile = (profile: Profile) => {
      context.store.applications
        .saveProfile(key, JSON.parse(JSON.stringify(profile)))
        .catch((error) => context.log.warn({ error }, 'What was learnt about a target could not be stored'));
    };
    target = { made, open: openScimTarget({ ...options, onProfile }) };
    return target.open;
  }

  async function mapperOf(mappings: CompiledMappings, source: Source): Promise<Mapper> {
    if (mapper?.made === mappings) return mapper.open;
    await mapper?.open.close();
    const { now, random } = context;
    mapper = { made: mappings, open: createMapper(mappings, source.catalogue(), { now, random }) };
    return mapper.open;
  }

  return {
    async of(application) {
      const directory = context.registry.byKey(application.directory);
      if (directory === undefined) throw new Problem('not-usable', 'The directory of the application was removed.');
      const source = directorySource(context.store, directory.key, () => context.registry.catalogue(directory));
      const mappings = compile(application, source.catalogue());
      return { source, mappings, target: await targetOf(application), mapper: await mapperOf(mappings, source) };
    },
    rate: () => target?.open.statistics() ?? null,
    async close() {
      await target?.open.close();
      await mapper?.open.close();
    },
  };
}

/** How the target of an application is called. Errors: Problem not-usable where something is missing. */
export async function targetOptions(
  context: ProvisioningContext,
  application: Application,
  connection: Connection | null = application.connection,
  secret?: string,
): Promise<ScimTargetOptions> {
  if (connection === null) {
    const detail = `${application.name} has no connection yet. Set its URL and credentials: rollcall application set ${application.slug} --url URL --token-file FILE`;
    throw new Problem('not-usable', detail, { field: 'connection' });
  }
  const stored = secret ?? (await storedSecret(context, application));
  return {
    baseUrl: connection.baseUrl,
    credentials: credentialsOf(connection, stored),
    dialect: connection.dialect,
    // Only what the connector itself wrote.
    profile: application.profile as Profile | null,
    targets: context.config.targets,
    now: context.now,
    timeout: TIMEOUT,
  };
}

async function storedSecret(
  { store, keys }: ProvisioningContext,
  { key, id }: Application,
): Promise<string | undefined> {
  const secret = await store.applications.secret(key);
  return secret === null ? undefined : keys.decrypt(secret, id);
}

function credentialsOf({ credentials }: Connection, secret: string | undefined): ScimTargetOptions['credentials'] {
  if (credentials.kind === 'none') return { kind: 'none' };
  if (secret === undefined) {
    throw new Problem('not-usable', 'The credentials of the connection are missing. Enter them.', { field: 'secret' });
  }
  if (credentials.kind === 'token') return { kind: 'token', token: secret };
  if (credentials.kind === 'basic') return { kind: 'basic', userName: credentials.userName, password: secret };
  const { tokenUrl, clientId, scope } = credentials;
  return { kind: 'clientCredentials', tokenUrl, clientId, clientSecret: secret, scope };
}
