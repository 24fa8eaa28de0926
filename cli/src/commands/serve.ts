import { setTimeout as pause } from 'node:timers/promises';
import type { Rollcall } from '@rollcall/server';
import { type Config, configSchema, listensBeyondLoopback } from '@rollcall/server/config';
import { identityServerListSchema } from '@rollcall/server/contract';
import { Command } from 'commander';
import { withExamples } from '../admin-command.ts';
import { builtConsole } from '../built-console.ts';
import { CommandFailed } from '../command-failed.ts';
import { flagOf, readConfig, variableOf } from '../read-config.ts';
import { placeSocket, type SocketPlace } from '../socket.ts';
import type { Terminal } from '../terminal.ts';
import { version } from './version.ts';

/** Milliseconds that a stop waits first: requests that were sent before it are on their way, and get their answers. */
const UNDER_WAY = 100;

/** `rollcall serve`: hold a data directory and serve it, until told to stop. */
export function serveCommand(terminal: Terminal, stopRequested: () => Promise<void>): Command {
  const command = new Command('serve').description('Serve SCIM, and the admin API for the other commands');
  for (const [key, schema] of Object.entries(configSchema.shape)) {
    const byDefault = defaultOf(key);
    const description = `${schema.description ?? ''} (${variableOf(key)}${byDefault === '' ? '' : `; default ${byDefault}`})`;
    command.option(`${flagOf(key)} <${placeholderOf(key)}>`, description);
  }
  command.action(() => serve(readConfig(command.opts(), terminal.environment), terminal, stopRequested));
  return withExamples(command, [
    ['rollcall serve', 'data in ./data, on http://127.0.0.1:8080'],
    ['rollcall serve --data /var/lib/rollcall --public-url https://scim.example.org', 'behind a reverse proxy'],
    ['rollcall serve --listen 0.0.0.0:443 --tls-cert chain.pem --tls-key key.pem', 'with TLS of its own'],
  ]);
}

async function serve(config: Config, terminal: Terminal, stopRequested: () => Promise<void>): Promise<void> {
  // From here on a signal ends it cleanly, also while it starts.
  const stopping = stopRequested();
  // Loaded late: the other commands need nothing of it.
  const { DirectoryInUse, openRollcall } = await import('@rollcall/server');
  const consoleFiles = config.consoleFiles ?? builtConsole();
  const rollcall = await openRollcall({ ...config, consoleFiles }).catch((error: unknown) => {
    if (!(error instanceof DirectoryInUse)) throw error;
    throw new CommandFailed(error.message, 'Stop the other server or command, or name another directory with --data.');
  });
  try {
    const socket = await placeSocket(config.data);
    try {
      await listen(rollcall, socket, config, terminal);
      await stopping;
      terminal.error('Stopping ...\n');
      await pause(UNDER_WAY);
    } finally {
      // While the directory is still ours: the next server's socket has the same name.
      await socket.release();
    }
  } finally {
    await rollcall.close();
  }
}

async function listen(rollcall: Rollcall, socket: SocketPlace, config: Config, terminal: Terminal): Promise<void> {
  await rollcall.admin.listen({ path: socket.path });
  await socket.protect();
  const { url, metricsUrl } = await rollcall.listen().catch(explain);
  for (const warning of warningsOf(config)) terminal.error(`Warning: ${warning}\n`);
  const list = await rollcall.admin.inject({ method: 'GET', url: '/api/identity-servers' });
  const { identityServers } = identityServerListSchema.parse(list.json());
  const setupLink = await rollcall.beginSetup();
  terminal.out(greeting(config, url, metricsUrl, identityServers) + setupText(setupLink));
}

function explain(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (!(error instanceof Error) || (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL'))
    throw error;
  throw new CommandFailed(`It cannot listen: ${error.message}`, 'Choose another address with --listen HOST:PORT.');
}

interface Shown {
  readonly slug: string;
  readonly scimUrl: string;
}

function greeting(config: Config, url: string, metricsUrl: string | undefined, servers: readonly Shown[]): string {
  const publicUrl = config.publicUrl ?? url;
  const lines = [
    `Rollcall ${version()} serves ${url}, with its data in ${placeOf(config)}`,
    `  console    ${publicUrl}/`,
    `  SCIM       ${publicUrl}/scim/{identity server}/v2`,
    `  health     ${url}/healthz  ${url}/readyz`,
    `  metrics    ${metricsUrl ?? `${url}/metrics (with an API token)`}`,
    '',
  ];
  if (servers.length === 0) {
    lines.push('There is no identity server yet. Make the first one, in another terminal:');
    lines.push(`  npx rollcall identity-server add --name "Entra"${dataFlag(config)}`);
  } else {
    lines.push('Identity servers:');
    const shown = servers.slice(0, 20);
    const width = Math.max(9, ...shown.map(({ slug }) => slug.length));
    lines.push(...shown.map(({ slug, scimUrl }) => `  ${slug.padEnd(width)}  ${scimUrl}`));
    if (servers.length > 20) lines.push(`  and ${servers.length - 20} more`);
  }
  return `${lines.join('\n')}\n`;
}

/** The address of the database may hold a password. */
const placeOf = ({ data, databaseUrl }: Config): string =>
  databaseUrl === undefined ? data : `PostgreSQL, and its keys and socket in ${data}`;

const setupText = (link: string | undefined): string =>
  link === undefined
    ? ''
    : `\nThere is no administrator yet. Whoever opens this link becomes the first one; it works once, for 24 hours:\n  ${link}\n`;

const dataFlag = (config: Config): string => (config.data === DEFAULTS.data ? '' : ` --data ${config.data}`);

function warningsOf(config: Config): string[] {
  const isSafe = !listensBeyondLoopback(config.listen) || config.tlsCert !== undefined;
  if (isSafe || config.trustedProxies.length > 0) return [];
  return [
    `${config.listen} can be reached from other machines, and tokens would travel unencrypted. ` +
      'Give --tls-cert and --tls-key, or put a proxy with TLS in front and name it with --trusted-proxies.',
  ];
}

/** What a setting is when nobody sets it; empty when that is nothing. */
const DEFAULTS: Readonly<Record<string, unknown>> = configSchema.parse({});
const defaultOf = (key: string): string => String(DEFAULTS[key] ?? '');

const placeholderOf = (key: string): string =>
  ({
    consoleFiles: 'dir',
    data: 'dir',
    databaseUrl: 'url',
    listen: 'host:port',
    metricsListen: 'host:port',
    publicUrl: 'url',
    smtpFrom: 'address',
    smtpUrl: 'url',
    targets: 'which',
    trustedProxies: 'cidr',
  })[key] ?? (/file|cert|key/i.test(key) ? 'file' : key === 'logLevel' ? 'level' : 'n');
