// npm run conformance: what others wrote judges the real server. scim2-tester in both compatibility modes, then whole
// flows of two foreign clients: scim2-client (Python) and SCIM-SDK's (Java).
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { startProcess } from '../harness/process.ts';
import { execute } from './execute.ts';
import { judge, type Result, readExpected } from './expected.ts';
import { preparePython } from './python.ts';

/** Maven's words when Central cannot be reached. */
const UNREACHABLE = /Could not transfer|Unknown host|Connection refused|Network is unreachable|Connect timed out/;

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const strict = process.env.CI_STRICT === '1';
let failed = false;
let isPartial = false;

function fail(text: string): void {
  failed = true;
  console.log(`FAILED  ${text}`);
}

/** Something that this machine lacks: said in one line, and a failure only where everything must be there. */
function lacking(text: string): void {
  console.log(text);
  isPartial = true;
  failed ||= strict;
}

async function tester(python: string, server: TestIdentityServer, mode: string): Promise<void> {
  const run = await execute(python, [here('run_scim2_tester.py'), server.baseUrl, server.token]);
  if (run.code !== 0) return fail(`scim2-tester (${mode}) did not run to its end:\n${run.output}`);
  const results: Result[] = JSON.parse(run.stdout);
  const problems = judge(results, await readExpected(new URL('expected.md', import.meta.url)));
  for (const problem of problems) fail(`scim2-tester (${mode}): ${problem}`);
  const counts = Object.entries(Object.groupBy(results, (result) => result.status));
  const summary = counts.map(([status, group]) => `${group?.length ?? 0} ${status.toLowerCase()}`).join(', ');
  console.log(`scim2-tester (${mode}): ${results.length} checks: ${summary}`);
  for (const result of results.filter((result) => result.status === 'DEVIATION')) {
    console.log(`  deviation  ${result.resourceType} ${result.check}: ${result.reason}`);
  }
}

async function pythonClient(python: string, server: TestIdentityServer, mode: string): Promise<void> {
  const run = await execute(python, [here('scim2_client_flow.py'), server.baseUrl, server.token]);
  if (run.code !== 0) return fail(`scim2-client (${mode}):\n${run.output}`);
  console.log(`scim2-client (${mode}): ${run.stdout.trim().split('\n').length} steps`);
}

async function javaClient(server: TestIdentityServer, mode: string): Promise<void> {
  if ((await execute('mvn', ['-v'])).code !== 0 || (await execute('javac', ['-version'])).code !== 0) {
    return lacking('Java and Maven are not here: the flow of the Java client was not run.');
  }
  const build = await mkdtemp(join(tmpdir(), 'rollcall-java-'));
  const flags = ['-q', '-B', '-Dstyle.color=never', `-DbuildDirectory=${build}`];
  // Named in full: a short name is looked up in a list, whose absence reads as if there were no such plugin.
  const words = [
    'compile',
    'org.codehaus.mojo:exec-maven-plugin:3.5.0:java',
    `-Dexec.args=${server.baseUrl} ${server.token} ${mode}`,
  ];
  const run = await execute('mvn', [...flags, ...words], {}, new URL('java/', import.meta.url));
  await rm(build, { recursive: true, force: true });
  if (run.code === 0) return console.log(`SCIM-SDK client (${mode}): ${run.stdout.trim().split('\n').length} steps`);
  if (UNREACHABLE.test(run.output)) {
    return lacking('Maven Central cannot be reached: the flow of the Java client was not run.');
  }
  fail(`SCIM-SDK client (${mode}):\n${run.output}`);
}

const python = await preparePython();
if (python === undefined) lacking('PyPI cannot be reached: scim2-tester and scim2-client were not run.');
const rollcall = await startProcess();
for (const mode of ['tolerant', 'strict'] as const) {
  const server = await rollcall.identityServer({ compatibility: mode });
  if (python !== undefined) await tester(python, server, mode);
  if (python !== undefined) await pythonClient(python, server, mode);
  await javaClient(server, mode);
}
await rollcall.remove();
const outcome = isPartial ? 'passed, as far as it ran' : 'passed';
console.log(`Conformance: ${failed ? 'FAILED' : outcome}`);
process.exitCode = failed ? 1 : 0;
