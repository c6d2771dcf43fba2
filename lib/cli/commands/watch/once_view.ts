/**
 * What a watch that runs once shows of its checks.
 *
 * @module
 */

import { RowOrder, type Slot } from "../../../batch/row_order.ts";
import type { ResultDocument } from "../../../report/result_document.ts";
import type { CheckRun } from "../../../watch/check_run.ts";
import type { ChangeNotice } from "../../../watch/delivery/change_notice.ts";
import type { Task, TaskPlan } from "../../../watch/tasks/task.ts";
import { formatChange, formatCheckRun } from "../../../watch/watch_text.ts";
import { isSilent } from "../../output/silent.ts";
import type { WatchRun } from "./run.ts";

/** A run and its check. */
interface Row {
  readonly task: Task;
  readonly run: CheckRun;
}

/** The place of a check in the output. */
interface Place {
  readonly task: Task;
  readonly slot: Slot<Row>;
}

/**
 * Shows runs as they end, and what changed after the last one; or a document, in the order of the task file, so that
 * one can be compared with the next.
 */
export class OnceView {
  readonly #run: WatchRun;
  readonly #document: ResultDocument | undefined;
  readonly #order: RowOrder<Row>;
  /** By the printed name of the check; if two checks print the same, their rows come in the order of the file. */
  readonly #rows: ReadonlyMap<string, Place[]>;
  readonly #changes: ChangeNotice[] = [];
  #written: Promise<unknown> = Promise.resolve();

  /** Without a document it is text. */
  constructor(run: WatchRun, plan: TaskPlan, document: ResultDocument | undefined) {
    this.#run = run;
    this.#document = document;
    this.#order = new RowOrder(document !== undefined);
    const places = plan.tasks.map((task) => ({ task, slot: this.#order.open() }));
    this.#rows = Map.groupBy(places, ({ task }) => task.redact(task.name));
    this.#write(document?.begin() ?? "");
  }

  /** Takes a run in, and what changed by it. */
  add(run: CheckRun): void {
    this.#changes.push(...run.changes);
    const place = this.#rows.get(run.check)?.shift();
    if (place !== undefined) this.#order.add(place.slot, 0, { run, task: place.task });
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
      this.#write(row ?? `${formatCheckRun(run, this.#run.view)}\n`);
    }
  }

  #write(text: string): void {
    const { flags, output } = this.#run;
    if (!isSilent(flags)) this.#written = Promise.all([this.#written, output.write(text)]);
  }
}
