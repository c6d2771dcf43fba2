/**
 * Runs checks at their intervals.
 *
 * @module
 */

import { pause, runTask, type TaskRun } from "./run_task.ts";
import { Slots } from "./slots.ts";
import type { Task } from "./tasks/task.ts";

/** A run, and the number of starts that were missed before it. */
export interface WatchedRun {
  readonly task: Task;
  readonly run: TaskRun;
  readonly skipped: number;
}

/** Options of a {@linkcode Scheduler}. */
export interface SchedulerOptions {
  /** Called with every run, in the order in which they end. */
  readonly onRun: (run: WatchedRun) => void;
  /**
   * Runs at the same time; further runs wait.
   *
   * @default {100}
   */
  readonly concurrency?: number | undefined;
  /** Gives numbers from 0 to 1 for the jitter of starts. */
  readonly random?: (() => number) | undefined;
}

interface Loop {
  /** The check of the last plan. Its functions and secrets may be new even if its identity is the same. */
  task: Task;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** Runs every check once, and waits for them. */
export async function runEach(
  tasks: readonly Task[],
  options: SchedulerOptions & { readonly signal: AbortSignal },
): Promise<void> {
  const { concurrency = 100, signal, onRun } = options;
  const rest = tasks.values();
  const worker = async (): Promise<void> => {
    for (const task of rest) {
      const run = await runTask(task, signal);
      if (signal.aborted) return;
      onRun({ task, run, skipped: 0 });
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, tasks.length) }, worker));
}

/** Runs each check in a loop of its own, so that two runs of one check never overlap. */
export class Scheduler implements AsyncDisposable {
  readonly #options: SchedulerOptions;
  readonly #loops = new Map<string, Loop>();
  readonly #ended = new Set<Promise<void>>();
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#free = options.concurrency ?? 100;
  }

  /**
   * Replaces the checks. A check with the same definition keeps its schedule; the run of one that is gone or has changed
   * ends at once.
   */
  setTasks(tasks: readonly Task[]): void {
    const wanted = new Map(tasks.map((task) => [task.name, task]));
    for (const [name, loop] of this.#loops) {
      const task = wanted.get(name);
      if (task?.identity === loop.task.identity) loop.task = task;
      else this.#stop(name, loop);
    }
    for (const task of tasks) if (!this.#loops.has(task.name)) this.#start(task);
  }

  #start(task: Task): void {
    const controller = new AbortController();
    const current = { task };
    const done = this.#repeat(current, controller.signal);
    this.#loops.set(task.name, Object.assign(current, { controller, done }));
  }

  #stop(name: string, { controller, done }: Loop): void {
    controller.abort();
    this.#loops.delete(name);
    this.#ended.add(done);
    void done.finally(() => this.#ended.delete(done));
  }

  async #repeat(current: Pick<Loop, "task">, signal: AbortSignal): Promise<void> {
    const slots = new Slots(current.task.interval, performance.now(), this.#options.random);
    while (true) {
      const { at, skipped } = slots.take(performance.now());
      await pause(at - performance.now(), signal);
      if (signal.aborted) return;
      await this.#enter();
      const { task } = current;
      try {
        const run = await runTask(task, signal);
        // An aborted run says nothing about the target.
        if (signal.aborted) return;
        this.#options.onRun({ task, run, skipped });
      } finally {
        this.#leave();
      }
    }
  }

  async #enter(): Promise<void> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next();
  }

  /** Ends all runs and waits for them. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const [name, loop] of this.#loops) this.#stop(name, loop);
    await Promise.all(this.#ended);
  }
}
