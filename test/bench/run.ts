// npm run bench: what a request costs, next to a floor and to a library from npm. docs/benchmarks.md explains it.
import { writeFileSync } from 'node:fs';
import { compareGrowth } from './growth.ts';
import { type BenchOptions, readOptions } from './options.ts';
import { compareProcesses } from './processes.ts';
import { compareProvisioning } from './provisioning.ts';
import type { Report } from './report.ts';
import { compareSpeed } from './speed.ts';
import { compareSpeedOnPostgres } from './speed-postgres.ts';

function comparison({
  provisioning,
  growth,
  processes,
  database,
}: BenchOptions): (options: BenchOptions) => Promise<Report> {
  if (provisioning) return compareProvisioning;
  if (growth) return compareGrowth;
  if (processes) return compareProcesses;
  return database === 'postgres' ? compareSpeedOnPostgres : compareSpeed;
}

const options = readOptions(process.argv.slice(2));
const report = await comparison(options)(options);
console.log(`\n${report.markdown}\n`);
for (const miss of report.misses) console.log(`MISSED  ${miss}`);
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report.figures, undefined, 2)}\n`);
process.exitCode = report.misses.length === 0 ? 0 : 1;
