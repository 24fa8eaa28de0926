import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDirectory } from './lock.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rollcall-lock-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A program that locks the directory and says whether it could. */
const program = (then: string) => `
  import { lockDirectory } from ${JSON.stringify(new URL('./lock.ts', import.meta.url).href)};
  const lock = lockDirectory(${JSON.stringify(directory)});
  console.log(lock === undefined ? 'refused' : 'locked');
  ${then}`;

async function lockElsewhere(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program('')]);
  return stdout.trim();
}

describe('the lock of a data directory', () => {
  it('is held once in a process, until it is released', () => {
    const lock = lockDirectory(directory);
    expect(lock).toBeDefined();
    expect(lockDirectory(directory)).toBeUndefined();
    lock?.release();
    const again = lockDirectory(directory);
    expect(again).toBeDefined();
    again?.release();
  });

  it('is refused to another process', async () => {
    const lock = lockDirectory(directory);
    // A refused attempt must not release what the process holds (POSIX locks would).
    expect(lockDirectory(directory)).toBeUndefined();
    expect(await lockElsewhere()).toBe('refused');
    lock?.release();
    expect(await lockElsewhere()).toBe('locked');
  });

  it('is released when its process is killed', async () => {
    const holder = spawn(process.execPath, ['--input-type=module', '-e', program('setInterval(() => {}, 1000);')]);
    const [said] = await once(holder.stdout, 'data');
    expect(String(said).trim()).toBe('locked');
    expect(lockDirectory(directory)).toBeUndefined();
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const lock = lockDirectory(directory);
    expect(lock).toBeDefined();
    lock?.release();
  });

  it('throws when the directory does not exist, and keeps its file private', () => {
    expect(() => lockDirectory(join(directory, 'nowhere'))).toThrow('unable to open database file');
    const lock = lockDirectory(directory);
    expect(statSync(join(directory, 'lock')).mode & 0o777).toBe(0o600);
    lock?.release();
  });
});
