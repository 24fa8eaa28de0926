import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLine } from '../terminal.fixture.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'migrate-'));
  await runLine({ directory }, 'identity-server', 'add', '--name', 'Entra');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('rollcall migrate', () => {
  it('says when there is nothing to do, also as JSON', async () => {
    const { status, out } = await runLine({ directory }, 'migrate');
    expect([status, out]).toEqual([
      0,
      expect.stringMatching(/^The database has version \d+: there is nothing to do\.\n$/),
    ]);
    const shown = JSON.parse((await runLine({ directory }, 'migrate', '--dry-run', '--json')).out);
    expect(shown).toEqual({ from: shown.to, to: shown.from, steps: [], dryRun: true });
  });

  it('lists what it brings', async () => {
    const database = new DatabaseSync(join(directory, 'data', 'rollcall.db'));
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
    database.exec(`PRAGMA user_version = ${version - 1}`);
    database.close();
    const { status, out } = await runLine({ directory }, 'migrate', '--dry-run');
    expect(status).toBe(0);
    expect(out).toMatch(/^version {2}brings\n\d+ +\w.*\n\nThe database would be brought from version \d+ to \d+\.\n$/);
  });

  it('names no database where there is none, and refuses an address of another kind', async () => {
    expect(await runLine({ directory }, 'migrate', '--data', join(directory, 'none'))).toMatchObject({
      status: 1,
      error: expect.stringContaining('There is no database in'),
    });
    expect(await runLine({ directory }, 'migrate', '--database-url', 'mysql://a/b')).toMatchObject({ status: 2 });
  });
});
