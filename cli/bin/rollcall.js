#!/usr/bin/env node
// The one file that must also load on an old Node: it says what to do, then hands over.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Rollcall needs Node.js 24 or newer; this is ${process.versions.node}. ` +
      'Run it through npm (npm start, npx rollcall), which brings its own, or install Node.js 24.',
  );
  process.exit(2);
}
await import('../src/main.ts');
