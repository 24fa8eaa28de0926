import { existsSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

/** The directory of the console that comes with Rollcall; undefined when it is not there or not built. */
export function builtConsole(): string | undefined {
  const files = consoleDirectory();
  return files !== undefined && existsSync(join(files, 'index.html')) ? files : undefined;
}

function consoleDirectory(): string | undefined {
  try {
    const manifest = findPackageJSON('@rollcall/console', import.meta.url);
    return manifest === undefined ? undefined : join(dirname(manifest), 'dist');
  } catch {
    // Not installed: the command line alone was.
    return undefined;
  }
}
