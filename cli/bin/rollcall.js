#!/usr/bin/env node
// The one file that must also load on an old Node: it says what to do, then hands over.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Rollcall needs Node.js 24 or newer; this is ${process.versions.node}. ` +
      'Run it through npm (npm start, npx rollcall), which brings its own, or install Node.js 24.',
  );
  process.exit(2);
}
// Compiled code is kept beside the packages, not in the temporary folder, where others could put theirs: half the
// processor time of a command. Where nothing can be written, nothing is kept.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/rollcall', import.meta.url)));
await import('../src/main.ts');
