/** Jobs of identity servers that wait for one of `threads` threads. */
export interface SearchQueue<Job> {
  add(server: number, job: Job): void;
  /** The job to run next, which then counts as running; undefined when none may. */
  take(): { readonly server: number; readonly job: Job } | undefined;
  /** A job of the server has ended. */
  done(server: number): void;
  length(): number;
  /** Takes all that wait. */
  clear(): Job[];
}

/**
 * Serves identity servers in turn, and lets one have at most all but one of the threads: whatever it asks, the others
 * find a thread that is free soon.
 */
export function searchQueue<Job>(threads: number): SearchQueue<Job> {
  const share = Math.max(threads - 1, 1);
  const waiting = new Map<number, Job[]>();
  const running = new Map<number, number>();
  const runningOf = (server: number): number => running.get(server) ?? 0;

  return {
    add(server, job) {
      const jobs = waiting.get(server);
      if (jobs === undefined) waiting.set(server, [job]);
      else jobs.push(job);
    },
    take() {
      for (const [server, jobs] of waiting) {
        const [job, ...rest] = jobs;
        if (job === undefined || runningOf(server) >= share) continue;
        // Set again, the server is the last in turn.
        waiting.delete(server);
        if (rest.length > 0) waiting.set(server, rest);
        running.set(server, runningOf(server) + 1);
        return { server, job };
      }
      return undefined;
    },
    done(server) {
      if (runningOf(server) > 1) running.set(server, runningOf(server) - 1);
      else running.delete(server);
    },
    length: () => waiting.values().reduce((sum, jobs) => sum + jobs.length, 0),
    clear() {
      const jobs = [...waiting.values()].flat();
      waiting.clear();
      return jobs;
    },
  };
}
