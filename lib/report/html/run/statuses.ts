/**
 * Renders the status codes of the run.
 *
 * @module
 */

import { formatCount, formatShare } from "../../../text/count.ts";
import { GroupedRows } from "./grouped_rows.ts";
import { type RowLinks, RowList, type RowName } from "./row_list.ts";
import { renderShare } from "./share_bar.ts";

/** Most targets that the page names for a status. */
const MOST_TARGETS = 3;

/** Gathers the status codes of a run. */
export class StatusTally {
  readonly #groups = new GroupedRows(() => new RowList(MOST_TARGETS));

  /** Adds the status of a row. */
  add(status: number, row: RowName): void {
    this.#groups.of(String(status))?.add(row);
  }

  /**
   * Renders the status codes in their order; an empty text without any.
   *
   * @param rows Number of all rows
   */
  render(links: RowLinks, rows: number): string {
    const groups = this.#groups.sorted();
    if (groups.length === 0) return "";
    const lines = groups.toSorted(([one], [other]) => Number(one) - Number(other)).map(([status, list]) => {
      const share = list.count / rows;
      return `<tr><th scope="row">${status}</th><td>${formatCount(list.count)}</td><td>${
        formatShare(share)
      }</td><td>${renderShare(share, lookOf(status))}${
        isPlain(status) ? "" : list.renderInline(links)
      }</td></tr>`;
    });
    const beyond = this.#groups.beyond === 0
      ? ""
      : `<p class="soft">${formatCount(this.#groups.beyond)} with still other codes</p>`;
    return `<section class="card" id="statuses"><h2>Status codes</h2><table class="tally"><thead><tr>` +
      `<th scope="col">status</th><th scope="col">count</th><th scope="col">share</th>` +
      `<th scope="col">targets</th></tr></thead><tbody>${lines.join("")}</tbody></table>${beyond}</section>`;
  }
}

/** Tells if a status is what most targets should have, so that nobody needs examples of it. */
function isPlain(status: string): boolean {
  return status.startsWith("2");
}

function lookOf(status: string): string {
  const looks: Readonly<Record<string, string>> = { 2: "up", 3: "maintenance", 4: "degraded", 5: "down" };
  return looks[status[0] ?? ""] ?? "unknown";
}
