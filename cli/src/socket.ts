import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** sun_path holds 108 bytes on Linux and 104 on macOS, the end mark included. */
const LONGEST_PATH = 100;
const SOCKET = 'rollcall.sock';
/** Where the socket is, when its path in the data directory would be too long. */
const ELSEWHERE = 'socket';

/** A place for the admin API's socket; `release` takes it away again. */
export interface SocketPlace {
  readonly path: string;
  /** To be called once something listens there: only the owner may connect. */
  protect(): Promise<void>;
  release(): Promise<void>;
}

/** Where `serve` listens for the other commands. Only for the holder of the data directory: a socket left over goes. */
export async function placeSocket(data: string): Promise<SocketPlace> {
  if (process.platform === 'win32') return { path: pipeOf(data), protect: nothing, release: nothing };
  const inside = join(resolve(data), SOCKET);
  const note = join(data, ELSEWHERE);
  await remove(inside);
  const before = await noted(note);
  if (before !== undefined) await rm(dirname(before), { recursive: true, force: true });
  await remove(note);
  if (Buffer.byteLength(inside) <= LONGEST_PATH) {
    return { path: inside, protect: () => chmod(inside, 0o600), release: () => remove(inside) };
  }
  const path = join(await mkdtemp(join(tmpdir(), 'rollcall-')), SOCKET);
  await writeFile(note, path, { mode: 0o600 });
  return {
    path,
    protect: () => chmod(path, 0o600),
    async release() {
      await rm(dirname(path), { recursive: true, force: true });
      await remove(note);
    },
  };
}

/** Where a server of this data directory would listen. */
export async function findSocket(data: string): Promise<string> {
  if (process.platform === 'win32') return pipeOf(data);
  return (await noted(join(data, ELSEWHERE))) ?? join(resolve(data), SOCKET);
}

// Only a path of the shape made above: whatever else stands there is not ours to touch.
async function noted(note: string): Promise<string | undefined> {
  const path = await readFile(note, 'utf8').catch(() => undefined);
  const parts = path?.split('/') ?? [];
  const isOurs = parts.at(-1) === SOCKET && parts.at(-2)?.startsWith('rollcall-') === true;
  return isOurs ? path : undefined;
}

const remove = (file: string): Promise<void> =>
  unlink(file).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });

const pipeOf = (data: string): string =>
  `\\\\.\\pipe\\rollcall-${createHash('sha256').update(resolve(data)).digest('hex').slice(0, 16)}`;

const nothing = async (): Promise<void> => undefined;
