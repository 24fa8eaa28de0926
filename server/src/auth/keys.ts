import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { link, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { calculateJwkThumbprint } from 'jose';
import { z } from 'zod';
import { createEncryption, type Encryption } from './encryption.ts';

const secret = z.base64url().refine((text) => Buffer.from(text, 'base64url').length === 32, 'must be 32 bytes');
const keysFile = z.strictObject({
  version: z.literal(1),
  signing: z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string(),
    y: z.string(),
    d: z.string(),
  }),
  hmac: secret,
  encryption: secret,
});

type KeysFile = z.infer<typeof keysFile>;

/** The installation's keys. They live in a file of their own, never in the database or a backup of it. */
export interface Keys extends Encryption {
  readonly file: string;
  /** True when the file was missing and has just been made: tokens issued before are then worthless. */
  readonly created: boolean;
  readonly signing: {
    readonly id: string;
    /** The public key's thumbprint (RFC 7638). */
    readonly fingerprint: string;
    readonly privateKey: KeyObject;
    readonly publicKey: KeyObject;
  };
  /** HMAC-SHA-256 over a text, as 43 characters of base64url: for what Rollcall hands out and must recognise again. */
  hmac(text: string): string;
}

/** Thrown when the keys file cannot be used; the message says what to do. */
export class KeysUnusable extends Error {
  override readonly name = 'KeysUnusable';
}

/**
 * Opens the keys file, making it when it is missing. Errors: KeysUnusable when others than its owner may read it
 * or when it does not hold keys.
 */
export async function openKeys(file: string): Promise<Keys> {
  const found = await read(file);
  const contents = found ?? (await create(file));
  const { kty, crv, x, y, d } = contents.signing;
  const thumbprint = await calculateJwkThumbprint({ kty, crv, x, y });
  const hmacKey = Buffer.from(contents.hmac, 'base64url');
  return {
    file,
    created: found === undefined,
    signing: {
      id: thumbprint.slice(0, 8),
      fingerprint: thumbprint,
      privateKey: createPrivateKey({ key: { kty, crv, x, y, d }, format: 'jwk' }),
      publicKey: createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }),
    },
    ...createEncryption(Buffer.from(contents.encryption, 'base64url')),
    hmac: (text) => createHmac('sha256', hmacKey).update(text).digest('base64url'),
  };
}

async function read(file: string): Promise<KeysFile | undefined> {
  const status = await stat(file).catch(unlessMissing);
  if (status === undefined) return undefined;
  const mode = status.mode & 0o777;
  // Windows has no such bits: what stat says there means nothing.
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new KeysUnusable(
      `Others may read the keys file ${file} (mode ${mode.toString(8)}). Run: chmod 600 ${file}` +
        ' - and if they may have read it, remove the file and issue new tokens.',
    );
  }
  const parsed = keysFile.safeParse(parseJson(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new KeysUnusable(`${file} does not hold Rollcall's keys. Put back the right file from your backup.`);
}

async function create(file: string): Promise<KeysFile> {
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  const contents = keysFile.parse({
    version: 1,
    signing: jwk,
    hmac: randomBytes(32).toString('base64url'),
    encryption: randomBytes(32).toString('base64url'),
  });
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${file}.${randomBytes(6).toString('hex')}.new`;
  await writeSynced(temporary, `${JSON.stringify(contents, null, 2)}\n`);
  await publish(temporary, file);
  await syncFolder(folder);
  // Another process may have been first: what stands in the file counts.
  return (await read(file)) ?? contents;
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

// A link never replaces a file that is already there, a rename does; but not every file system has links.
async function publish(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file);
    await unlink(temporary);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') await unlink(temporary);
    else await rename(temporary, file);
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unlessMissing(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT') return undefined;
  throw error;
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
