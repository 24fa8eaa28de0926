import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { adminApi } from './admin/admin-api.ts';
import { beginSetup } from './admin/begin-setup.ts';
import type { AdminContext } from './admin/context.ts';
import { openAuthentication } from './auth/authentication.ts';
import { claimKeys } from './auth/claim-keys.ts';
import { followSettings } from './auth/follow-settings.ts';
import { type Keys, openKeys } from './auth/keys.ts';
import { networkList } from './auth/network.ts';
import { createRateLimit } from './auth/rate-limit.ts';
import { openRegistry } from './auth/registry.ts';
import { shareLimits } from './auth/share-limits.ts';
import { startChores } from './chores.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { databaseAway, databaseDamaged } from './database-unusable.ts';
import { DirectoryInUse } from './directory-in-use.ts';
import { DirectoryUnusable } from './directory-unusable.ts';
import { announceAt, announcedLog, hintedLog } from './events/announce.ts';
import { createEvents } from './events/events.ts';
import { shareEvents } from './events/share-events.ts';
import { endConnectionsOnClose } from './http/connections.ts';
import { createMetrics } from './http/metrics.ts';
import { metricsEndpoint } from './http/metrics-endpoint.ts';
import { routerOptions } from './http/router-options.ts';
import { createServer, listenOn } from './http/server.ts';
import { newId } from './id.ts';
import { createImports } from './import/import-in-progress.ts';
import { openHolding } from './jobs/holding.ts';
import { openQueue } from './jobs/open-queue.ts';
import { createDelivery } from './mail/delivery.ts';
import { createMail } from './mail/mail.ts';
import { createNotifier } from './mail/notify.ts';
import { provideScim } from './provider/in-process.ts';
import { openProvisioning } from './provisioning/provisioning.ts';
import { openRequestLog } from './request-log/request-log.ts';
import type { Store } from './store/contract.ts';
import { type DirectoryLock, lockDirectory } from './store/lock.ts';
import { openPostgresStore } from './store/postgres/store.ts';
import { databaseFile } from './store/sqlite/database-file.ts';
import { isDamaged } from './store/sqlite/error.ts';
import { backUpBeforeMigration } from './store/sqlite/migrate.ts';
import { openSqliteStore } from './store/sqlite/store.ts';
import { VERSION } from './version.ts';

export interface Rollcall {
  /** The admin API of the Unix socket, without a listener of its own: whoever has it may do everything. */
  readonly admin: FastifyInstance;
  readonly log: Logger;
  /**
   * While nobody is administrator: makes the configured one, or a link that lets whoever has it become one. The link;
   * undefined when none is needed. Call it when `listen` has told the address.
   */
  beginSetup(): Promise<string | undefined>;
  /** Serves on TCP; `url` is the address listened on. */
  listen(): Promise<{ url: string; metricsUrl: string | undefined }>;
  /** Ends what runs (within `shutdownTimeout`), stores what was accepted, releases the data directory. */
  close(): Promise<void>;
}

const DAY = 24 * 60 * 60 * 1000;

/** What is open, each with what closes it; it is closed in the opposite order. */
type Opened = (() => unknown)[];

/**
 * Opens a data directory, making it when it is new. Errors: DirectoryInUse, DirectoryUnusable, DatabaseUnusable,
 * KeysUnusable; then nothing of it stays open.
 */
export async function openRollcall(config: Config): Promise<Rollcall> {
  const lock = await holdDirectory(config.data);
  const opened: Opened = [lock.release];
  try {
    return await openLocked(config, opened);
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

async function closeAll(opened: Opened): Promise<void> {
  for (const close of opened.toReversed()) await close();
}

async function holdDirectory(directory: string): Promise<DirectoryLock> {
  let lock: DirectoryLock | undefined;
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    lock = lockDirectory(directory);
  } catch (error) {
    throw new DirectoryUnusable(directory, error);
  }
  if (lock === undefined) throw new DirectoryInUse(`Another process uses ${directory}.`);
  return lock;
}

async function openStore(config: Config, log: Logger, keys: Keys): Promise<Store> {
  const { data, databaseUrl, databaseConnections, readerThreads, searchBudget } = config;
  if (databaseUrl !== undefined) {
    const options = { url: databaseUrl, connections: databaseConnections, readerThreads, searchBudget };
    const store = await openPostgresStore(options).catch((error: unknown) => Promise.reject(databaseAway(error)));
    try {
      await claimKeys(store, keys);
    } catch (error) {
      await store.close();
      throw error;
    }
    return store;
  }
  try {
    const backup = await backUpBeforeMigration(data);
    if (backup !== undefined) log.info({ backup }, 'A backup was made before the database is migrated');
    return await openSqliteStore(data, { readerThreads, searchBudget });
  } catch (error) {
    throw isDamaged(error) ? databaseDamaged(databaseFile(data), error) : error;
  }
}

async function openLocked(config: Config, opened: Opened): Promise<Rollcall> {
  const log = pino({ level: config.logLevel }, pino.destination({ fd: 2, sync: false }));
  const keys = await openKeys(config.keysFile ?? join(config.data, 'keys'));
  const store = await openStore(config, log, keys);
  opened.push(store.close);
  const { databaseUrl } = config;
  const logPlace = databaseUrl === undefined ? { file: join(config.data, 'log.db') } : { databaseUrl };
  const openedLog = await openRequestLog(logPlace, {
    bodyBytes: config.logBody,
    retention: { maxAgeMs: config.logDays * DAY, maxRows: config.logRows, maxBytes: config.logBytes },
  });
  opened.push(openedLog.close);
  const registry = await openRegistry(store.settings, store.inTurn);
  if (databaseUrl !== undefined) opened.push(followSettings(registry, store.signals));
  const here = createEvents();
  opened.push(here.close);
  // What the change feed tells of, each process hears by itself.
  const announce = announceAt(here, registry);
  store.changes.watch((server) => announce('changes', server));
  const shared = databaseUrl === undefined ? undefined : shareEvents(here, store.signals);
  if (shared !== undefined) opened.push(shared.close);
  const events = shared?.events ?? here;
  const hinted = databaseUrl === undefined ? openedLog : hintedLog(openedLog, store.signals);
  const requestLog = announcedLog(hinted, (server) => announce('log', server));
  if (databaseUrl !== undefined) {
    opened.push(store.signals.subscribe('log', (server) => server !== '' && announce('log', Number(server))));
  }
  if (keys.created && registry.tokens().length > 0) {
    log.warn(
      { keysFile: keys.file },
      'The keys were missing: put them back, or issue new tokens; the old ones are refused',
    );
  }
  const authentication = openAuthentication({ registry, keys, signInFailures: config.signInFailures });
  opened.push(authentication.close);
  const rateLimit = createRateLimit();
  if (store.limits !== undefined) {
    opened.push(shareLimits(store.limits, rateLimit, authentication.failures, Date.now));
  }
  let listening = `http://${config.listen}`;
  const context: Context = {
    config,
    log,
    store,
    requestLog,
    registry,
    keys,
    authentication,
    metrics: createMetrics(store, requestLog),
    rateLimit,
    now: Date.now,
    isTrustedProxy: proxies(config.trustedProxies),
    listenUrl: () => listening,
  };
  const { roles } = config;
  const isWorker = roles.includes('worker');
  const { signals, work } = store;
  const imports = createImports({ marks: work.imports, signals, newId, log });
  const publicUrl = () => config.publicUrl ?? listening;
  const holding = openHolding({ work, signals, log, process: { id: newId(), roles } });
  opened.push(holding.close);
  const queue = await openQueue(config, log);
  opened.push(queue.close);
  const mail = createMail(config, log);
  opened.push(mail.close);
  const delivery = createDelivery({ mail, outbox: work.outbox, queue, log });
  const { notify } = createNotifier({ delivery, publicUrl, log });
  const calls = new AbortController();
  const provisioning = openProvisioning({
    store,
    registry,
    keys,
    config,
    log,
    imports,
    holding,
    queue,
    isWorker,
    abort: calls.signal,
    loseLease: holding.lose,
    now: Date.now,
    newId,
    random: (bytes) => randomBytes(bytes),
    progressed: ({ slug }) => events.publish({ event: 'application', application: slug }),
    notify,
  });
  opened.push(async () => {
    // Calls to targets get their time to end; then they are in doubt, and read back after the next start.
    const timer = setTimeout(() => calls.abort(), config.shutdownTimeout);
    await provisioning.close();
    clearTimeout(timer);
  });
  const adminContext: AdminContext = {
    store,
    registry,
    authentication,
    keys,
    requestLog,
    config,
    imports,
    provisioning,
    events,
    mail,
    log,
    now: Date.now,
    newId,
    publicUrl,
    scim: provideScim(context),
    version: VERSION,
  };
  const admin = fastify({ bodyLimit: config.maxBody, routerOptions });
  endConnectionsOnClose(admin, config.shutdownTimeout);
  admin.register(adminApi(adminContext), { access: 'all' });
  if (isWorker) {
    const chores = await startChores(context, queue, notify);
    opened.push(chores.stop);
  }
  const servers: FastifyInstance[] = [];

  return {
    admin,
    log,
    beginSetup: () => beginSetup(adminContext),
    async listen() {
      const server = createServer(context, adminContext);
      servers.push(server);
      listening = await listenOn(server, config.listen, config.tlsCert !== undefined);
      if (isWorker) {
        await delivery.begin();
        await provisioning.resume();
      }
      if (config.metricsListen === undefined) return { url: listening, metricsUrl: undefined };
      const metrics = fastify();
      endConnectionsOnClose(metrics, config.shutdownTimeout);
      servers.push(metrics);
      metrics.register((scope) => metricsEndpoint(scope, context, true));
      return { url: listening, metricsUrl: `${await listenOn(metrics, config.metricsListen, false)}/metrics` };
    },
    async close() {
      await Promise.all([admin, ...servers].map((server) => server.close()));
      await closeAll(opened);
    },
  };
}

function proxies(networks: readonly string[]): (address: string | undefined) => boolean {
  const trusted = networkList(networks);
  return (address) => networks.length > 0 && address !== undefined && trusted(address);
}
