import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canRun } from './can-run.ts';

/** A file system of a few megabytes, in memory. */
export interface SmallDisk {
  readonly path: string;
  /** Gives back the space that was held in reserve. */
  release(): Promise<void>;
  remove(): Promise<void>;
}

const mount = (path: string, megabytes: number): void => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', path], { stdio: 'pipe' });
};
const unmount = (path: string): void => {
  execFileSync('umount', ['--lazy', path], { stdio: 'pipe' });
};

/** Whether this machine lets the test mount a file system (it needs root). */
export const canMount = (): boolean =>
  canRun('No file system can be mounted here: full disks were not tried.', () => {
    const path = mkdtempSync(join(tmpdir(), 'rollcall-mount-'));
    try {
      mount(path, 1);
      unmount(path);
    } finally {
      rmSync(path, { recursive: true, force: true });
    }
  });

/** Mounts one of `megabytes`, of which `reserve` are held until `release`. */
export async function mountSmallDisk(megabytes: number, reserve: number): Promise<SmallDisk> {
  const path = await mkdtemp(join(tmpdir(), 'rollcall-disk-'));
  mount(path, megabytes);
  const ballast = join(path, 'ballast');
  if (reserve > 0) await writeFile(ballast, Buffer.alloc(reserve * 1024 * 1024));
  return {
    path,
    release: () => rm(ballast, { force: true }),
    async remove() {
      unmount(path);
      await rm(path, { recursive: true, force: true });
    },
  };
}
