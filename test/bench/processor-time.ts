import { readFileSync } from 'node:fs';

/** Clock ticks of /proc/PID/stat in a second: Linux says 100 to every program. */
const TICKS = 100;

/** Milliseconds of processor time, user and system, that a process has used with all its threads. */
export function processorTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program stands in brackets and may hold anything; utime and stime are the 14th and 15th field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
}
