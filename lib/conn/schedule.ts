/**
 * Runs experiments side by side, as far as connections allow.
 *
 * @module
 */

/** A job that needs connections. */
export interface Job {
  /** Number of simultaneous connections, at least 1. */
  readonly connections: number;
  /** Maximum duration: the longest jobs start first. */
  readonly atMost: number;
  /** Runs the job; never rejects. */
  run(): Promise<void>;
}

/**
 * Runs all jobs with at most `limit` simultaneous connections, except that a job which alone needs more runs on its
 * own; the longest jobs start first.
 */
export async function runSideBySide(jobs: readonly Job[], limit: number): Promise<void> {
  const waiting = jobs.toSorted((a, b) => b.atMost - a.atMost);
  const running = new Set<Promise<void>>();
  let free = limit;
  // A job that needs more connections than there are runs alone.
  const needOf = ({ connections }: Job): number => Math.min(connections, limit);
  while (waiting.length > 0 || running.size > 0) {
    const index = waiting.findIndex((job) => needOf(job) <= free);
    const [job] = index === -1 ? [] : waiting.splice(index, 1);
    if (!job) {
      await Promise.race(running);
      continue;
    }
    free -= needOf(job);
    const run = job.run().finally(() => {
      free += needOf(job);
      running.delete(run);
    });
    running.add(run);
  }
}

/**
 * Estimates the time of {@linkcode runSideBySide} if each job takes its maximum time.
 *
 * @returns The time in milliseconds
 */
export function estimateSideBySide(
  jobs: readonly Pick<Job, "connections" | "atMost">[],
  limit: number,
): number {
  const waiting = jobs.toSorted((a, b) => b.atMost - a.atMost);
  const running: { readonly end: number; readonly need: number }[] = [];
  let now = 0;
  let free = limit;
  while (waiting.length > 0) {
    const index = waiting.findIndex(({ connections }) => Math.min(connections, limit) <= free);
    const [job] = index === -1 ? [] : waiting.splice(index, 1);
    if (job) {
      const need = Math.min(job.connections, limit);
      free -= need;
      running.push({ end: now + job.atMost, need });
      running.sort((a, b) => a.end - b.end);
      continue;
    }
    const next = running.shift()!;
    now = next.end;
    free += next.need;
  }
  return Math.max(now, ...running.map(({ end }) => end));
}
