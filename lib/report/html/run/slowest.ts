/**
 * Renders the slowest rows of the run, each with the phases of its time.
 *
 * @module
 */

import type { Timings } from "../../../result.ts";
import { formatDuration } from "../../../text/duration.ts";
import { escapeHtml } from "../../../text/escape/html.ts";
import { MEASURES } from "../../series.ts";
import { labelOf } from "../../statistics_table.ts";
import { renderName, type RowLinks, type RowName } from "./row_list.ts";

/** Number of rows in the list. */
const MOST = 10;

const PHASES = MEASURES.filter((measure) => measure !== "total");

interface SlowRow {
  readonly row: RowName;
  readonly timings: Timings;
  /** Status or kind of error. */
  readonly result: string;
}

/** Keeps the slowest rows of a run. */
export class SlowestRows {
  readonly #rows: SlowRow[] = [];

  /**
   * Adds a row.
   *
   * @param timings Times of all its hops together
   * @param result Its status or kind of error
   */
  add(row: RowName, timings: Timings, result: string): void {
    const rows = this.#rows;
    if (rows.length === MOST && rows[MOST - 1]!.timings.total >= timings.total) return;
    const at = rows.findIndex((slow) => slow.timings.total < timings.total);
    rows.splice(at === -1 ? rows.length : at, 0, { row, timings, result });
    rows.length = Math.min(rows.length, MOST);
  }

  /** Renders the rows, the slowest first; an empty text without any. */
  render(links: RowLinks): string {
    const [slowest] = this.#rows;
    if (slowest === undefined) return "";
    const items = this.#rows.map(({ row, timings, result }) =>
      `<li><b>${formatDuration(timings.total)}</b> ${escapeHtml(result)} ${renderName(row, links)}${
        renderPhases(timings, slowest.timings.total)
      }</li>`
    );
    return `<section class="card" id="slowest"><h2>Slowest</h2><ol class="parts slowest">${
      items.join("")
    }</ol></section>`;
  }
}

/** Draws the phases of a row beside each other; the slowest row fills the width. */
function renderPhases(timings: Timings, longest: number): string {
  const phases = PHASES.flatMap((name) => {
    const ms = timings[name] ?? 0;
    return ms > 0 ? [{ name: labelOf(name), ms }] : [];
  });
  if (phases.length === 0 || longest <= 0) return "";
  let at = 0;
  const parts = phases.map(({ name, ms }) => {
    const [begin, end] = [at, at += ms].map((edge) => Math.round(edge / longest * 1_000));
    return `<path class="${name}" d="M${begin} 0H${end}v10H${begin}"><title>${name} ${
      formatDuration(ms)
    }</title></path>`;
  });
  const words = phases.map(({ name, ms }) => `${name} ${formatDuration(ms)}`).join(", ");
  return `<svg class="phases" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="${words}">${
    parts.join("")
  }</svg><span class="soft">${words}</span>`;
}
