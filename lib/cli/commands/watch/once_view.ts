/**
 * What a watch that runs once shows of its checks.
 *
 * @module
 */

import { RowOrder, type Slot } from "../../../batch/row_order.ts";
import type { ResultDocument } from "../../../report/result_document.ts";
import type { ChangeNotice } from "../../../watch/delivery/notify.ts";
import type { Task } from "../../../watch/tasks/task.ts";
import { formatChange, formatRun } from "../../../watch/watch_text.ts";
import type { WatchedRun } from "../../../watch/scheduler.ts";
import { isSilent } from "../../output/silent.ts";
import type { WatchRun } from "./run.ts";

/**
 * Shows runs as they end, and what changed after the last one; or a document, in the order of the task file, so that
 * one can be compared with the next.
 */
export class OnceView {
  readonly #run: WatchRun;
  readonly #document: ResultDocument | undefined;
  readonly #order: RowOrder<WatchedRun>;
  readonly #slots: ReadonlyMap<string, Slot<WatchedRun>>;
  readonly #changes: ChangeNotice[] = [];
  #written: Promise<unknown> = Promise.resolve();

  /** Without a document it is text. */
  constructor(run: WatchRun, tasks: readonly Task[], document: ResultDocument | undefined) {
    this.#run = run;
    this.#document = document;
    this.#order = new RowOrder(document !== undefined);
    this.#slots = new Map(tasks.map(({ name }) => [name, this.#order.open()]));
    this.#write(document?.begin() ?? "");
  }

  /** Takes a run in, and what changed by it. */
  add(watched: WatchedRun, changes: readonly ChangeNotice[]): void {
    this.#changes.push(...changes);
    const slot = this.#slots.get(watched.task.name);
    if (slot !== undefined) this.#order.add(slot, 0, watched);
    this.#show();
  }

  /** Shows the rest, also where not every check was run, and waits until all of it is written. */
  async end(): Promise<void> {
    this.#order.flush();
    this.#show();
    const changes = this.#changes.map((change) => `${formatChange(change, this.#run.view)}\n`);
    this.#write(this.#document?.end() ?? changes.join(""));
    await this.#written;
  }

  #show(): void {
    for (const { task, run } of this.#order.take()) {
      const row = this.#document?.add(run.result, { maxTime: task.options.maxTime });
      this.#write(row ?? `${formatRun(this.#run.plan.redact(task.name), run, this.#run.view)}\n`);
    }
  }

  #write(text: string): void {
    const { flags, output } = this.#run;
    if (!isSilent(flags)) this.#written = Promise.all([this.#written, output.write(text)]);
  }
}
