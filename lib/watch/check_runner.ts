/**
 * Runs checks, and judges their failures by the checks that they depend on.
 *
 * @module
 */

import type { KeptProfile } from "./kept_profile.ts";
import { type DownReason, type EndedRun, LastRuns } from "./last_runs.ts";
import { RunLimit } from "./run_limit.ts";
import { runTask, type TaskRun, type Verdict } from "./run_task.ts";
import type { Condition } from "./state/check_state.ts";
import type { Task } from "./tasks/task.ts";

/** A run, and the number of starts that were missed before it. */
export interface WatchedRun {
  readonly task: Task;
  readonly run: TaskRun;
  readonly skipped: number;
}

/** Options of a {@linkcode CheckRunner}. */
export interface CheckRunnerOptions {
  /** Called with every run, in the order in which they end. */
  readonly onRun: (run: WatchedRun) => void;
  /**
   * Reads the condition of a check after its last run. A check that is down can have a run that succeeds.
   *
   * @default The runs alone decide
   */
  readonly conditionOf?: ((name: string) => Condition) | undefined;
  /** Reads the experiments that the last runs of a check kept. */
  readonly profileOf?: ((task: Task) => KeptProfile | undefined) | undefined;
  /**
   * Runs at the same time; further runs wait.
   *
   * @default {100}
   */
  readonly concurrency?: number | undefined;
}

interface RunStart {
  readonly signal: AbortSignal;
  readonly skipped: number;
  /** True for a run between the runs of the schedule. */
  readonly isExtra: boolean;
}

/** Runs checks: never one twice at the same time, and never more at once than allowed. */
export class CheckRunner {
  readonly #options: CheckRunnerOptions;
  readonly #limit: RunLimit;
  readonly #last = new LastRuns();
  readonly #running = new Map<string, Promise<void>>();
  /** The verdicts of the last runs that were told. */
  readonly #told = new Map<string, Verdict>();
  #tasks: ReadonlyMap<string, Task> = new Map();
  #leftOut: ReadonlySet<string> = new Set();

  constructor(options: CheckRunnerOptions) {
    this.#options = options;
    this.#limit = new RunLimit(options.concurrency ?? 100);
  }

  /**
   * Replaces the checks.
   *
   * @param leftOut Checks that run only to judge a failure of others; nobody hears of their runs
   */
  setTasks(tasks: readonly Task[], leftOut: readonly Task[] = []): void {
    this.#tasks = new Map([...tasks, ...leftOut].map((task) => [task.name, task]));
    this.#leftOut = new Set(leftOut.map(({ name }) => name));
  }

  /**
   * Runs a check as its schedule demands. A run that is under way ends first.
   *
   * @param skipped Starts that were missed before this run
   */
  async run(name: string, { signal, skipped = 0 }: { signal: AbortSignal; skipped?: number }): Promise<void> {
    while (this.#running.has(name)) await this.#running.get(name);
    if (!signal.aborted) await this.#begin(name, { signal, skipped, isExtra: false });
  }

  #begin(name: string, start: RunStart): Promise<void> {
    const running = this.#measure(name, start).finally(() => this.#running.delete(name));
    this.#running.set(name, running);
    return running;
  }

  async #measure(name: string, { signal, skipped, isExtra }: RunStart): Promise<void> {
    const measured = await this.#limit.hold(async () => {
      const task = this.#tasks.get(name);
      if (signal.aborted || task === undefined) return undefined;
      const began = performance.now();
      const run = await runTask(task, signal, this.#options.profileOf?.(task));
      return { task, run, began, ended: performance.now() };
    });
    // An aborted run says nothing about the target.
    if (measured === undefined || signal.aborted) return;
    const { task, ...ended } = measured;
    const run = await this.#judge(task, ended, signal);
    if (signal.aborted) return;
    this.#last.add(name, { ...ended, run });
    // An extra run that confirms the last one must not count as a further failure in a row.
    if (this.#leftOut.has(name) || isExtra && this.#told.get(name) === run.verdict) return;
    this.#told.set(name, run.verdict);
    this.#options.onRun({ task, run, skipped });
  }

  /**
   * Gives a run that failed the verdict `unknown` if a check that it depends on is down. The maintenance of that check
   * excludes the run, too.
   */
  async #judge(task: Task, ended: EndedRun, signal: AbortSignal): Promise<TaskRun> {
    const { run } = ended;
    if (run.verdict === "up" || run.verdict === "unknown") return run;
    const all = await Promise.all(task.dependsOn.map((name) => this.#whyDown(name, ended, signal)));
    const reasons = all.filter((it) => it !== undefined);
    if (reasons.length === 0) return run;
    const reason = [...new Set(reasons.map(({ why }) => why))].join(", ");
    const excluded = reasons.every(({ inMaintenance }) => inMaintenance) ? "maintenance" : run.excluded;
    return { ...run, verdict: "unknown", excluded, reason: task.redact(reason) };
  }

  /** Describes that a check is down. If its last run is older than the failure of another check, it runs at once. */
  async #whyDown(name: string, failure: EndedRun, signal: AbortSignal): Promise<DownReason | undefined> {
    for (let task = this.#tasks.get(name); task !== undefined; task = this.#tasks.get(name)) {
      if (signal.aborted || this.#last.areNewEnough(name, failure, task.interval)) break;
      await (this.#running.get(name) ?? this.#begin(name, { signal, skipped: 0, isExtra: true }));
    }
    const known = this.#isKnownDown(name) ? { why: `${name} is down`, inMaintenance: false } : undefined;
    return this.#last.whyDown(name, failure) ?? known;
  }

  #isKnownDown(name: string): boolean {
    return !this.#leftOut.has(name) && this.#options.conditionOf?.(name) === "down";
  }
}
