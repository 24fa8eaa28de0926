import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeysUnusable, openKeys } from './keys.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'keys-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('openKeys', () => {
  it('makes a file that only its owner may read, and leaves nothing else behind', async () => {
    const file = join(directory, 'deeper', 'keys');
    const keys = await openKeys(file);
    expect(keys.created).toBe(true);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(directory, 'deeper'))).toEqual(['keys']);
    const contents = JSON.parse(await readFile(file, 'utf8'));
    expect(Object.keys(contents)).toEqual(['version', 'signing', 'hmac', 'encryption']);
    expect(contents.signing).toMatchObject({ kty: 'EC', crv: 'P-256' });
    expect(Buffer.from(contents.encryption, 'base64url')).toHaveLength(32);
  });

  it('opens the same keys again', async () => {
    const file = join(directory, 'keys');
    const first = await openKeys(file);
    const second = await openKeys(file);
    expect(second.created).toBe(false);
    expect(second.signing.id).toBe(first.signing.id);
    expect(second.hmac('cursor')).toBe(first.hmac('cursor'));
    expect(second.hmac('cursor')).not.toBe(second.hmac('cursor2'));
  });

  it('gives everybody the same keys when several make them at once', async () => {
    const file = join(directory, 'keys');
    const opened = await Promise.all([openKeys(file), openKeys(file), openKeys(file)]);
    const last = await openKeys(file);
    expect(new Set([...opened, last].map((keys) => keys.hmac('x'))).size).toBe(1);
  });

  it('refuses a file that others may read, and says which command helps', async () => {
    const file = join(directory, 'keys');
    await openKeys(file);
    await chmod(file, 0o644);
    await expect(openKeys(file)).rejects.toThrow(KeysUnusable);
    await expect(openKeys(file)).rejects.toThrow(`chmod 600 ${file}`);
  });

  it.each([
    ['', 'empty'],
    ['not json', 'no JSON'],
    ['{"version":1}', 'without keys'],
    [
      '{"version":1,"signing":{"kty":"EC","crv":"P-256","x":"a","y":"b","d":"c"},"hmac":"AA","encryption":"AA"}',
      'short',
    ],
  ])('refuses a file that holds no keys and does not replace it (%j)', async (text) => {
    const file = join(directory, 'keys');
    await writeFile(file, text, { mode: 0o600 });
    await expect(openKeys(file)).rejects.toThrow(KeysUnusable);
    expect(await readFile(file, 'utf8')).toBe(text);
  });
});
