/**
 * Runs checks at their intervals.
 *
 * @module
 */

import { CheckRunner, type CheckRunnerOptions } from "./check_runner.ts";
import { pause } from "./run_task.ts";
import { Slots } from "./slots.ts";
import type { Task } from "./tasks/task.ts";

/** Options of a {@linkcode Scheduler}. */
export interface SchedulerOptions extends CheckRunnerOptions {
  /** Gives numbers from 0 to 1 for the jitter of starts. */
  readonly random?: (() => number) | undefined;
}

interface Loop {
  /** Identity of the check that the loop runs. */
  readonly identity: string;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** Runs each check in a loop of its own. */
export class Scheduler implements AsyncDisposable {
  readonly #random: (() => number) | undefined;
  readonly #runner: CheckRunner;
  readonly #loops = new Map<string, Loop>();
  readonly #ended = new Set<Promise<void>>();

  constructor(options: SchedulerOptions) {
    this.#random = options.random;
    this.#runner = new CheckRunner(options);
  }

  /**
   * Replaces the checks. A check with the same definition keeps its schedule; the run of one that is gone or has changed
   * ends at once.
   *
   * @param leftOut Checks that run only to judge a failure of others
   */
  setTasks(tasks: readonly Task[], leftOut: readonly Task[] = []): void {
    // The functions and secrets of a check may be new even if its identity is the same.
    this.#runner.setTasks(tasks, leftOut);
    const wanted = new Map(tasks.map((task) => [task.name, task]));
    for (const [name, loop] of this.#loops) {
      if (wanted.get(name)?.identity !== loop.identity) this.#stop(name, loop);
    }
    for (const task of tasks) if (!this.#loops.has(task.name)) this.#start(task);
  }

  #start(task: Task): void {
    const controller = new AbortController();
    const done = this.#repeat(task, controller.signal);
    this.#loops.set(task.name, { identity: task.identity, controller, done });
  }

  #stop(name: string, { controller, done }: Loop): void {
    controller.abort();
    this.#loops.delete(name);
    this.#ended.add(done);
    void done.finally(() => this.#ended.delete(done));
  }

  async #repeat({ name, interval }: Task, signal: AbortSignal): Promise<void> {
    const slots = new Slots(interval, performance.now(), this.#random);
    while (true) {
      const { at, skipped } = slots.take(performance.now());
      await pause(at - performance.now(), signal);
      if (signal.aborted) return;
      await this.#runner.run(name, { signal, skipped });
      if (signal.aborted) return;
    }
  }

  /** Ends all runs and waits for them. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const [name, loop] of this.#loops) this.#stop(name, loop);
    await Promise.all(this.#ended);
  }
}
