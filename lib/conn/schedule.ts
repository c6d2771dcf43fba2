/**
 * Makes experiments side by side, as far as connections allow.
 *
 * @module
 */

/** A piece of work that needs connections. */
export interface Job {
  /** 1 to `limit`. */
  readonly connections: number;
  /** The longest that it takes: the longest are begun first. */
  readonly atMost: number;
  /** Does not reject. */
  run(): Promise<void>;
}

/** Runs all jobs with at most `limit` connections at the same time; what is longest is begun first. */
export async function runSideBySide(jobs: readonly Job[], limit: number): Promise<void> {
  const waiting = jobs.toSorted((a, b) => b.atMost - a.atMost);
  const running = new Set<Promise<void>>();
  let free = limit;
  while (waiting.length > 0 || running.size > 0) {
    const index = waiting.findIndex(({ connections }) => connections <= free);
    const [job] = index === -1 ? [] : waiting.splice(index, 1);
    if (!job) {
      await Promise.race(running);
      continue;
    }
    free -= job.connections;
    const run = job.run().finally(() => {
      free += job.connections;
      running.delete(run);
    });
    running.add(run);
  }
}
