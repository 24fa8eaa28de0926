import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupSchema } from '../contract/backup.ts';
import { issuedTokenSchema } from '../contract/token.ts';
import { testDatabaseUrl } from '../store/postgres/database.fixture.ts';
import { openTestRollcall, type TestRollcall } from './rollcall.fixture.ts';

let rollcall: TestRollcall;
beforeAll(async () => {
  rollcall = await openTestRollcall();
});
afterAll(() => rollcall.close());

describe.runIf(testDatabaseUrl() !== undefined)('a backup of PostgreSQL', () => {
  it('is made with its own tools', async () => {
    const answer = await rollcall.send('POST', '/backup', { file: join(rollcall.directory, 'backup.db') });
    expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('pg_dump')]);
  });
});

describe.runIf(testDatabaseUrl() === undefined)('a backup', () => {
  it('is a file for its owner alone, without keys and tokens, and says so', async () => {
    await rollcall.send('POST', '/identity-servers', { name: 'Entra' });
    const issued = await rollcall.ask(issuedTokenSchema, 'POST', '/identity-servers/entra/tokens', { name: 'x' });
    const file = join(rollcall.directory, 'backup.db');
    const backup = await rollcall.ask(backupSchema, 'POST', '/backup', { file });
    const { size, mode } = await stat(file);
    expect(backup).toEqual({
      file,
      bytes: size,
      keysIncluded: false,
      keysFile: join(rollcall.directory, 'data', 'keys'),
    });
    expect(mode & 0o777).toBe(0o600);
    const bytes = await readFile(file, 'latin1');
    const keys = JSON.parse(await readFile(backup.keysFile, 'utf8'));
    expect(bytes).toContain('Entra');
    for (const secret of [issued.token, keys.signing.d, keys.hmac, keys.encryption])
      expect(bytes).not.toContain(secret);
  });

  it('never replaces a file, and wants a whole path to a directory that exists', async () => {
    const present = join(rollcall.directory, 'present');
    await writeFile(present, 'mine');
    expect((await rollcall.send('POST', '/backup', { file: present })).status).toBe(409);
    expect(await readFile(present, 'utf8')).toBe('mine');
    expect((await rollcall.send('POST', '/backup', { file: 'backup.db' })).status).toBe(400);
    expect((await rollcall.send('POST', '/backup', { file: '/nowhere/at/all/backup.db' })).status).toBe(400);
    expect((await rollcall.send('POST', '/backup', {})).status).toBe(400);
  });
});
