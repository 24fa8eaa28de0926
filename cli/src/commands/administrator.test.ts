import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { administratorListSchema } from '@rollcall/server/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLine } from '../terminal.fixture.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'administrator-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const run = (...argv: string[]) => runLine({ directory }, 'administrator', ...argv);
const people = async () => administratorListSchema.parse(JSON.parse((await run('list', '--json')).out)).administrators;
const LINK = /^http:\/\/127\.0\.0\.1:8080\/reset#[\w-]{43}\n$/;

describe('rollcall administrator', () => {
  it('lets people in with a link that it prints alone, while no server runs', async () => {
    const added = await run('add', 'Mira');
    expect(added).toMatchObject({ status: 0, out: expect.stringMatching(LINK) });
    expect(added.error).toContain('Mira is there (administrator). The link works once, for 24 hours:');
    expect((await run('add', 'ken', '--role', 'auditor')).status).toBe(0);
    expect(await people()).toMatchObject([
      { userName: 'Mira', role: 'administrator', source: 'password', active: true, lastSignInAt: null },
      { userName: 'ken', role: 'auditor' },
    ]);
    expect((await run('list')).out).toMatch(/^USER NAME .*\nMira +administrator +password +yes +never/);
    expect((await run('add', 'MIRA')).error).toContain('Somebody has the user name MIRA already.');
    expect((await run('add', 'eve', '--role', 'king')).status).toBe(1);
  });

  it('gets people in again, by user name in any letter case', async () => {
    const [first, second] = [await run('reset', 'mira'), await run('reset', 'MIRA')];
    expect(first.out).toMatch(LINK);
    expect(second.out).not.toBe(first.out);
    expect(await run('reset', 'nobody')).toMatchObject({
      status: 1,
      error: 'Error: There is no administrator nobody.\nrollcall administrator list\n',
    });
  });

  it('changes role and state', async () => {
    expect((await run('set', 'ken', 'role=operator', 'active=false')).out).toBe('ken: operator, not active\n');
    expect((await run('set', 'ken', 'role=king')).status).toBe(2);
    expect((await run('set', 'ken', 'name=x')).error).toContain('There is no setting "name".');
    expect((await run('set', 'ken', 'active')).status).toBe(2);
    expect((await run('reset', 'ken')).error).toContain('ken is not active; change that first.');
  });

  it('asks before it removes', async () => {
    expect((await run('remove', 'ken')).status).toBe(2);
    const no = await runLine({ directory, answer: 'no' }, 'administrator', 'remove', 'ken');
    expect(no).toMatchObject({ status: 1, error: expect.stringContaining('Nobody was removed') });
    expect((await run('remove', 'ken', '--yes')).out).toBe('ken is removed and signed out.\n');
    expect((await people()).map(({ userName }) => userName)).toEqual(['Mira']);
  });
});
