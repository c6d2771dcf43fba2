/**
 * Renders the errors of the run by their kind, with the targets.
 *
 * @module
 */

import type { Fault, Phase, ProbeError } from "../../../result.ts";
import { formatCount } from "../../../text/count.ts";
import { FAULTS, PHASES } from "../../text/error.ts";
import { withoutAttempt } from "../../row_notes.ts";
import { GroupedRows } from "./grouped_rows.ts";
import { type RowLinks, RowList, type RowName } from "./row_list.ts";
import { renderMessage } from "./safe_text.ts";

/** Most targets of one kind of error that the page lists apart from the table. */
const MOST_TARGETS = 20;

/** A group with more targets is closed at first. */
const MOST_OPEN = 8;

/** Gathers the errors of a run. */
export class ErrorTally {
  readonly #groups = new GroupedRows(() => new RowList(MOST_TARGETS));

  /** Adds the error of a row. */
  add({ kind, phase, by, message }: ProbeError, row: RowName): void {
    this.#groups.of(`${kind} ${phase} ${by}`)?.add(row, () => renderMessage(withoutAttempt(message)));
  }

  /** Renders the errors, the most frequent first; an empty text without errors. */
  render(links: RowLinks): string {
    const groups = this.#groups.sorted().map(([key, rows]) => {
      const [kind, phase, by] = key.split(" ") as [string, Phase, Fault];
      const look = by === "local" ? "unknown" : "down";
      const title = `<b class="${look}">${renderMessage(kind)}</b> <b class="pill">${
        formatCount(rows.count)
      }</b> <span class="soft">${renderMessage(describeError(kind, phase, by))}</span>`;
      const open = rows.count > MOST_OPEN ? "" : " open";
      return `<details${open}><summary>${title}</summary><ul class="targets">${
        rows.renderItems(links)
      }</ul></details>`;
    });
    return groups.length === 0
      ? ""
      : `<section class="card" id="errors"><h2>Errors by cause</h2><div class="parts">${
        groups.join("")
      }</div></section>`;
  }
}

function describeError(kind: string, phase: Phase, by: Fault): string {
  if (kind === "usage" && phase === "dns") return "not a target";
  // sonde show gives no verdict if an expectation is about something that the row does not hold.
  if (kind === "usage" && phase === "body") return "an expectation cannot be checked";
  // A saved row of another version may have a phase that this version does not know.
  return `${PHASES[phase] ?? phase}, ${FAULTS[by] ?? by}`;
}
