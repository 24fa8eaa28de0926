/**
 * The file of a worker thread beside the module that starts it: `threadFile('./search-thread.ts', import.meta.url)`. In
 * the published package the same file is JavaScript.
 */
export function threadFile(name: string, from: string): URL {
  return new URL(from.endsWith('.ts') ? name : name.replace(/\.ts$/, '.js'), from);
}
