import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLine } from '../terminal.fixture.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'copy-'));
  await mkdir(join(directory, 'data'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const copy = (...flags: string[]) => runLine({ directory }, 'copy', ...flags);
const NOWHERE = 'postgres://nobody:secret@127.0.0.1:1/none';

describe('rollcall copy', () => {
  it.each([
    [[], '--to (ROLLCALL_DATABASE_URL): is needed'],
    [['--to', 'mysql://a/b'], '--to (ROLLCALL_DATABASE_URL): must be an address such as postgres://'],
    [['--to', NOWHERE, '--from', './data'], '--from: must be sqlite:DIRECTORY'],
    [['--to', NOWHERE, '--from', NOWHERE], '--from: only a data directory can be copied, into PostgreSQL'],
  ])('refuses the command line %j', async (flags, said) => {
    expect(await copy(...flags)).toMatchObject({ status: 2, error: expect.stringContaining(said) });
  });

  it('says what is missing, and repeats no password', async () => {
    expect(await copy('--to', NOWHERE)).toEqual({
      status: 1,
      out: '',
      error: `Error: There is no database in ${directory}/data. Name a data directory.\n`,
    });
    await runLine({ directory }, 'identity-server', 'add', '--name', 'Entra');
    const { status, error } = await copy('--to', NOWHERE);
    expect(status).toBe(1);
    expect(error).toMatch(
      /^Error: The PostgreSQL database cannot be opened: .*ECONNREFUSED.*ROLLCALL_DATABASE_URL \(or --to\)/,
    );
    expect(error).not.toContain('secret');
  });
});
