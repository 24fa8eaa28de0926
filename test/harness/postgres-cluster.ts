import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

/** A throw-away PostgreSQL on loopback, in a temporary directory. */
export interface PostgresCluster {
  /** `postgres://…/postgres`; other databases have their name at its end. */
  readonly url: string;
  readonly version: string;
  /** The server's own process; the others are its children. */
  pid(): number;
  /** A new, empty database; what drops it again. */
  database(): Promise<{ readonly url: string; drop(): Promise<void> }>;
  /** Starts it again after `stop`. */
  start(): Promise<void>;
  /** `immediate` as after a crash; `fast` ends all sessions first. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  /** Ends it and removes its directory. */
  close(): Promise<void>;
}

export interface ClusterOptions {
  /** `durable` as in production; `fast` for tests that no crash belongs to. */
  readonly settings?: 'durable' | 'fast';
  /** Further parameters of the server. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Where Debian, Fedora, Homebrew and others put the server's programs. */
const PLACES = ['/usr/lib/postgresql', '/usr/pgsql', '/opt/homebrew/opt', '/usr/local/opt', '/usr/local/pgsql'];

/** The directory of the newest PostgreSQL's server programs; undefined when there is none. */
export function postgresPrograms(): string | undefined {
  const versions = PLACES.flatMap((place) =>
    existsSync(place) ? readdirSync(place).map((name) => join(place, name, 'bin')) : [],
  );
  const paths = [...versions.toSorted(byVersion), ...(process.env.PATH ?? '').split(':')];
  return paths.find((path) => existsSync(join(path, 'initdb')) && existsSync(join(path, 'postgres')));
}

const byVersion = (a: string, b: string): number => b.localeCompare(a, 'en', { numeric: true });

/** What to say where it is missing. */
export const POSTGRES_MISSING =
  'PostgreSQL’s server programs (initdb, postgres) are not there. Debian: apt-get install postgresql; macOS: brew install postgresql@17';

const SETTINGS = {
  durable: {},
  fast: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
} as const;

/** Its standard input ends when this process does, however that happens: no server is left behind. */
const UNTIL_PARENT_ENDS = '"$@" & pid=$!; cat > /dev/null; kill -INT $pid 2> /dev/null; wait $pid';

/** The first line of the file that PostgreSQL itself keeps. */
const postmaster = (data: string): number => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);

/** Makes and starts a cluster, also when called by root (PostgreSQL itself refuses to run as root). */
export async function startPostgres({
  settings = 'fast',
  parameters = {},
}: ClusterOptions = {}): Promise<PostgresCluster> {
  const programs = postgresPrograms();
  if (programs === undefined) throw new Error(POSTGRES_MISSING);
  const identity = processIdentity();
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-postgres-'));
  if (identity.uid !== undefined) chownSync(directory, identity.uid, identity.gid ?? identity.uid);
  const data = join(directory, 'data');
  const password = randomBytes(12).toString('hex');
  const passwordFile = join(directory, 'password');
  writeFileSync(passwordFile, password);
  if (identity.uid !== undefined) chownSync(passwordFile, identity.uid, identity.gid ?? identity.uid);
  const locale = ['--locale=C', '--encoding=UTF8'];
  const login = ['-U', 'rollcall', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  await finished(join(programs, 'initdb'), ['-D', data, ...locale, ...login, '--no-sync'], identity);
  const port = await freePort();
  const url = `postgres://rollcall:${password}@127.0.0.1:${port}/postgres`;
  let server: ReturnType<typeof spawn> | undefined;

  async function start(): Promise<void> {
    const options = {
      listen_addresses: '127.0.0.1',
      port: String(port),
      unix_socket_directories: '',
      max_connections: '200',
      shared_buffers: '256MB',
      ...SETTINGS[settings],
      ...parameters,
    };
    const flags = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const command = [join(programs ?? '', 'postgres'), '-D', data, ...flags];
    server = spawn('sh', ['-c', UNTIL_PARENT_ENDS, 'sh', ...command], {
      ...identity,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    for (let tries = 0; tries < 600; tries++) {
      if (server.exitCode !== null) throw new Error(`PostgreSQL ended with ${server.exitCode}`);
      if (await answers(url)) return;
      await pause(50);
    }
    throw new Error('PostgreSQL does not answer');
  }

  async function stop(how: 'fast' | 'immediate'): Promise<void> {
    if (server === undefined || server.exitCode !== null) return;
    const ended = once(server, 'exit');
    process.kill(postmaster(data), how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    server.stdin?.end();
    await ended;
  }

  let made = 0;
  try {
    await start();
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
  return {
    url,
    version: readFileSync(join(data, 'PG_VERSION'), 'utf8').trim(),
    pid: () => postmaster(data),
    async database() {
      const name = `test_${process.pid}_${++made}`;
      await execute(url, `CREATE DATABASE ${name}`);
      return {
        url: url.replace(/postgres$/, name),
        drop: () => execute(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
      };
    },
    start,
    stop,
    async close() {
      await stop('fast');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** As whom to run: of root's processes, as somebody else. */
function processIdentity(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  return { uid: Number(user?.[2] ?? 65_534), gid: Number(user?.[3] ?? 65_534) };
}

async function finished(program: string, flags: string[], identity: object): Promise<void> {
  const child = spawn(program, flags, { ...identity, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.on('data', (data) => {
    said += data;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port');
  return address.port;
}

async function answers(url: string): Promise<boolean> {
  return execute(url, 'SELECT 1').then(
    () => true,
    () => false,
  );
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
