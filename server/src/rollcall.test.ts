import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configSchema } from './config.ts';
import { openRollcall } from './rollcall.ts';
import { databaseFile } from './store/sqlite/database-file.ts';

let directory: string;
let data: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rollcall-'));
  data = join(directory, 'data');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const open = () => openRollcall(configSchema.parse({ data, logLevel: 'silent' }));

function settingsBecome(text: string): void {
  const database = new DatabaseSync(databaseFile(data));
  database.prepare('UPDATE identity_server SET settings = ?').run(text);
  database.close();
}

describe('opening a data directory', () => {
  it('makes one that only its owner may look into, and leaves the mode of one that is there', async () => {
    await (await open()).close();
    expect((await stat(data)).mode & 0o777).toBe(0o700);
    await chmod(data, 0o755);
    await (await open()).close();
    expect((await stat(data)).mode & 0o777).toBe(0o755);
  });

  it('leaves nothing open when it fails, early or late', async () => {
    await mkdir(data);
    const keys = join(data, 'keys');
    await writeFile(keys, 'not keys', { mode: 0o600 });
    await expect(open()).rejects.toThrow('does not hold');
    await rm(keys);
    const rollcall = await open();
    await rollcall.admin.inject({ method: 'POST', url: '/api/identity-servers', payload: { name: 'Entra' } });
    await rollcall.close();
    settingsBecome('{');
    await expect(open()).rejects.toThrow('JSON');
    settingsBecome('{}');
    await (await open()).close();
  });

  it('names the file and the way out when the database is damaged', async () => {
    await mkdir(data);
    await writeFile(databaseFile(data), 'this was a database once');
    await expect(open()).rejects.toThrow(
      `${databaseFile(data)} cannot be opened: file is not a database. Put a backup`,
    );
  });

  it('names the directory when it cannot be one', async () => {
    await writeFile(data, '');
    await expect(open()).rejects.toThrow(`The data directory ${data} cannot be used: `);
  });
});
