/**
 * The output of a watch that runs each check once.
 *
 * @module
 */

import { RowOrder, type Slot } from "../../../batch/row_order.ts";
import type { Formatter } from "../../../report/formatter.ts";
import { checkOutcome } from "../../../watch/outcome_of_run.ts";
import type { CheckRun } from "../../../watch/check_run.ts";
import type { ChangeNotice } from "../../../watch/delivery/change_notice.ts";
import type { Task, TaskPlan } from "../../../watch/tasks/task.ts";
import { describeRun } from "../../../watch/state/describe_run.ts";
import { formatCheckRun, formatNews } from "../../../watch/watch_text.ts";
import { isSilent } from "../../output/silent.ts";
import { isAboutMeasuring } from "./measuring.ts";
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
 * Shows runs as they end, and then the changes. A document keeps the order of the task file instead, so that two
 * documents can be compared.
 */
export class OnceView {
  readonly #run: WatchRun;
  readonly #formatter: Formatter | undefined;
  readonly #order: RowOrder<Row>;
  /** Keyed by the printed name of a check; checks with the same name keep the order of the file. */
  readonly #rows: ReadonlyMap<string, Place[]>;
  readonly #changes: ChangeNotice[] = [];
  /** The causes that the rows show. */
  readonly #causes = new Set<string>();
  #written: Promise<unknown> = Promise.resolve();

  /** Shows text if there is no formatter. */
  constructor(run: WatchRun, plan: TaskPlan, formatter: Formatter | undefined) {
    this.#run = run;
    this.#formatter = formatter;
    this.#order = new RowOrder(formatter !== undefined);
    const places = plan.tasks.map((task) => ({ task, slot: this.#order.open() }));
    this.#rows = Map.groupBy(places, ({ task }) => task.redact(task.name));
    this.#write(formatter?.begin() ?? "");
  }

  /** Adds a run and its changes. */
  add(run: CheckRun): void {
    this.#changes.push(...run.changes.filter((change) => !isAboutMeasuring(change)));
    const place = this.#rows.get(run.check)?.shift();
    if (place !== undefined) this.#order.add(place.slot, 0, { run, task: place.task });
    this.#show();
  }

  /** Shows the remaining runs, even if not every check ran, and waits until everything is written. */
  async end(): Promise<void> {
    this.#order.flush();
    this.#show();
    this.#write(this.#formatter?.end() ?? this.#formatNews());
    await this.#written;
  }

  /**
   * Formats the changes that the rows do not show. Without a history every check that is down or degraded has changed, and
   * its row says so.
   */
  #formatNews(): string {
    const { flags, view } = this.#run;
    const news = flags.history === undefined
      ? this.#changes.filter(({ kind, cause }) => kind === "certificate-soon" || !this.#causes.has(cause))
      : this.#changes;
    return news.map((change) => `${formatNews(change, view, this.#causes)}\n`).join("");
  }

  #show(): void {
    for (const { task, run } of this.#order.take()) {
      const check = checkOutcome(task, run);
      const row = this.#formatter?.row(run.result, { maxTime: task.options.maxTime, check });
      this.#causes.add(describeRun(run));
      this.#write(row ?? `${formatCheckRun(run, this.#run.view)}\n`);
    }
  }

  #write(text: string): void {
    const { flags, output } = this.#run;
    if (!isSilent(flags)) this.#written = Promise.all([this.#written, output.write(text)]);
  }
}
