/**
 * The progress of a batch.
 *
 * @module
 */

import { RunMeter } from "../../../batch/run_meter.ts";
import { TimeLeft } from "../../../batch/time_left.ts";
import type { DoneRows } from "../../../batch/done_rows.ts";
import type { ProbeResult } from "../../../result.ts";
import { formatCount, formatPace, formatQuantity } from "../../../text/count.ts";
import { formatLeft, formatShare } from "../../output/progress_text.ts";
import type { RowProgress } from "./row_printer.ts";
import type { TargetList } from "./target_list.ts";

/** Rows after which the remaining time is shown: the first few say little about the rest. */
const TELLING_ROWS = 20;
/** Share of the list after which it is shown in any case. */
const TELLING_SHARE = 0.05;

/** Options of {@linkcode BatchProgress}. */
export interface BatchProgressOptions {
  readonly list: Pick<TargetList, "size" | "isCounted" | "isRead">;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  /** Starts per second. */
  readonly rate?: number | undefined;
  /** Time limits of one try, in milliseconds. */
  readonly limits?: readonly number[] | undefined;
  /** Rows of an earlier run. */
  readonly done?: Pick<DoneRows, "rows" | "passedOver"> | undefined;
}

/** Counts the rows of a batch, and estimates the share that is done and the time that is left. */
export class BatchProgress implements RowProgress {
  /** Follows the tries of the run. */
  readonly meter: RunMeter;
  readonly #options: BatchProgressOptions;
  readonly #timeLeft: TimeLeft;
  #rows = 0;
  #ok = 0;
  /** Tries of the rows. */
  #tries = 0;
  /** Names that were looked up for all of their addresses, and the rows of those names beyond the first. */
  #names = 0;
  #furtherRows = 0;
  /** Rows for which no name had to be looked up. */
  #plainRows = 0;
  /** Milliseconds for which the process was stopped. */
  #stopped = 0;
  #share = 0;

  constructor(options: BatchProgressOptions) {
    const { rate, limits } = options;
    this.#options = options;
    const now = (): number => options.now() - this.#stopped;
    this.meter = new RunMeter({ now, limits });
    this.#timeLeft = new TimeLeft(this.meter, { now, rate });
  }

  /** Counts a row. */
  take({ ok, attempts = [], address }: Pick<ProbeResult, "ok" | "attempts" | "address">): void {
    this.#rows++;
    this.#tries += 1 + attempts.length;
    if (ok) this.#ok++;
    if (address === undefined) this.#plainRows++;
  }

  /** Counts the rows of a name that has several addresses. */
  addAddresses(addresses: number): void {
    this.#names++;
    this.#furtherRows += addresses - 1;
  }

  /** Leaves out the milliseconds for which the process was stopped. */
  skip(ms: number): void {
    this.#stopped += ms;
  }

  /** Gives the share of the rows that is done, from 0 to 1; `undefined` if their number is not known. It never falls. */
  get share(): number | undefined {
    const size = this.#size;
    if (size === undefined) return undefined;
    this.#share = Math.max(this.#share, Math.min(1, (this.#rows + this.#earlier(size)) / Math.max(1, size)));
    return this.#share;
  }

  /**
   * Tells how far an interrupted run came; `undefined` if it was complete already.
   */
  describeInterrupted(): string | undefined {
    const size = this.#size;
    if (size === undefined) return "before the end of the list";
    const done = this.#rows + this.#earlier(size);
    if (this.#options.list.isRead && done >= size) return undefined;
    const about = this.#options.list.isCounted ? "" : "about ";
    return `after ${formatCount(done)} of ${about}${formatQuantity(Math.round(size), "target")}`;
  }

  /** Estimates the milliseconds that are left; `undefined` if too little is known. */
  get left(): number | undefined {
    const size = this.#size;
    if (size === undefined || this.#rows === 0) return undefined;
    const rows = size - this.#earlier(size);
    return this.#timeLeft.estimate(rows * this.#tries / this.#rows);
  }

  /** Takes note of the run, and formats it with fewer and fewer parts. */
  format(): string[] {
    this.#timeLeft.observe();
    const { share } = this;
    const size = this.#size;
    const done = formatCount(this.#rows + (size === undefined ? 0 : this.#earlier(size)));
    const { isCounted } = this.#options.list;
    const of = size === undefined ? "" : ` of ${isCounted ? "" : "about "}${formatCount(Math.round(size))}`;
    const percent = share === undefined ? "" : formatShare(share);
    const whole = `${done}${of || " done"}${percent && ` (${percent})`}`;
    const pace = this.#rows === 0
      ? [`${formatCount(this.meter.running)} running`]
      : [formatPace(this.#timeLeft.pace * this.#rows / this.#tries)];
    const ok = this.#rows === 0 ? [] : [`${formatCount(this.#ok)} ok`];
    const failed = this.#rows === 0 ? [] : [`${formatCount(this.#rows - this.#ok)} failed`];
    const left = this.#isTelling ? formatLeft(this.left) : [];
    return [
      [whole, ...pace, ...ok, ...failed, ...left],
      [whole, ...pace, ...failed, ...left],
      [whole, ...failed, ...left],
      [percent || `${done} done`, ...failed, ...left],
      [percent || `${done} done`, ...left],
    ].map((parts) => parts.join(", "));
  }

  get #isTelling(): boolean {
    return this.#rows >= TELLING_ROWS || this.#share >= TELLING_SHARE;
  }

  /** Rows of the whole list. */
  get #size(): number | undefined {
    const { list: { size } } = this.#options;
    if (size === undefined || this.#names === 0) return size;
    return size + this.#furtherRows * size / Math.min(size, this.#names + this.#plainRows);
  }

  /** Rows of the list that an earlier run has; until the list was read, all of its rows count as such. */
  #earlier(size: number): number {
    const { done, list } = this.#options;
    if (!done) return 0;
    return list.isRead && this.#names === 0
      ? done.passedOver
      : Math.max(done.passedOver, Math.min(done.rows, size - this.#rows));
  }
}
