/**
 * Runs checks once.
 *
 * @module
 */

import { CheckRunner, type CheckRunnerOptions } from "./check_runner.ts";
import type { Task } from "./tasks/task.ts";

/**
 * Runs every check once, the checks that others depend on first, and waits for them.
 *
 * @param options `leftOut` has checks that run only to judge a failure of others
 */
export async function runEach(
  tasks: readonly Task[],
  options: CheckRunnerOptions & {
    readonly leftOut?: readonly Task[] | undefined;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { leftOut, signal } = options;
  const runner = new CheckRunner(options);
  runner.setTasks(tasks, leftOut);
  const chosen = new Map(tasks.map((task) => [task.name, task]));
  const runs = new Map<string, Promise<void>>();
  const begin = ({ name, dependsOn }: Task): Promise<void> => {
    const begun = runs.get(name);
    if (begun !== undefined) return begun;
    const needed = dependsOn.flatMap((other) => chosen.get(other) ?? []);
    const run = needed.length === 0
      ? runner.run(name, { signal })
      : Promise.all(needed.map(begin)).then(() => runner.run(name, { signal }));
    runs.set(name, run);
    return run;
  };
  await Promise.all(tasks.map(begin));
}
