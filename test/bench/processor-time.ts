import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of /proc/PID/stat in a second: Linux says 100 to every program. */
const TICKS = 100;

/** Milliseconds of processor time, user and system, that a process has used with all its threads. */
export function processorTime(pid: number): number {
  const { own } = statOf(pid);
  return (own * 1000) / TICKS;
}

/** The same of a process and its children, including those that have ended: of PostgreSQL, all of it. */
export function processorTimeWithChildren(pid: number): number {
  const parent = statOf(pid);
  let ticks = parent.own + parent.ended;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const child = statOf(Number(name));
      if (child.parent === pid) ticks += child.own;
    } catch {
      // It has ended since.
    }
  }
  return (ticks * 1000) / TICKS;
}

function statOf(pid: number): { readonly parent: number; readonly own: number; readonly ended: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program stands in brackets and may hold anything. After it come the state, the parent, and as the
  // 14th to 17th field utime and stime, and those of children that have ended.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const ticks = (at: number) => (fields[at] ?? 0) + (fields[at + 1] ?? 0);
  return { parent: fields[1] ?? 0, own: ticks(11), ended: ticks(13) };
}

/** What a server and its database have used so far, in milliseconds of processor time. */
export interface Meter {
  server(): number;
  /** 0 of a database within the server's process. */
  database(): number;
}

/** Of servers (their processes may change from run to run), and of the PostgreSQL that they share, if there is one. */
export const meterOf = (pids: () => readonly number[], postmaster?: () => number): Meter => ({
  server: () => pids().reduce((sum, pid) => sum + processorTime(pid), 0),
  database: () => (postmaster === undefined ? 0 : processorTimeWithChildren(postmaster())),
});
