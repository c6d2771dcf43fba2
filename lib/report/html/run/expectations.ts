/**
 * Renders the expectations of the run: how many rows fulfil each of them.
 *
 * @module
 */

import type { Check } from "../../../result.ts";
import { formatCount } from "../../../text/count.ts";
import { escapeMessage } from "../../../text/escape/text.ts";
import { describeActual } from "../../describe_check.ts";
import { GroupedRows } from "./grouped_rows.ts";
import { type RowLinks, RowList, type RowName } from "./row_list.ts";
import { renderMessage, renderText } from "./safe_text.ts";

/** Most targets that the page names for an expectation. */
const MOST_TARGETS = 5;

/** The rows with an expectation. */
class Expectation {
  /** Rows that fulfil it. */
  held = 0;
  /** Rows that do not. */
  readonly broken = new RowList(MOST_TARGETS);

  /** Number of rows that have it. */
  get count(): number {
    return this.held + this.broken.count;
  }
}

/** Gathers the expectations of a run. */
export class ExpectationTally {
  readonly #groups = new GroupedRows(() => new Expectation());

  /** Adds the checks of a row. */
  add(checks: readonly Check[], row: RowName): void {
    for (const check of checks) {
      const group = this.#groups.of(check.expect);
      if (group === undefined) continue;
      if (check.ok) group.held++;
      else group.broken.add(row, () => renderMessage(escapeMessage(describeActual(check))));
    }
  }

  /** Renders the expectations, those first that most rows do not fulfil; an empty text without any. */
  render(links: RowLinks): string {
    const groups = this.#groups.sorted()
      .toSorted(([, one], [, other]) => other.broken.count - one.broken.count);
    if (groups.length === 0) return "";
    const items = groups.map(([expect, { held, broken }]) => {
      const verdict = broken.count === 0
        ? '<b class="up">always fulfilled</b>'
        : `<b class="down">${formatCount(broken.count)} not fulfilled</b>`;
      const targets = broken.count === 0 ? "" : `<ul class="targets">${broken.renderItems(links)}</ul>`;
      return `<li><h3><code>${renderText(expect)}</code></h3><p>${verdict}, ${
        formatCount(held)
      } fulfilled</p>${targets}</li>`;
    });
    const beyond = this.#groups.beyond === 0
      ? ""
      : `<p class="soft">${formatCount(this.#groups.beyond)} with still other expectations</p>`;
    return `<section class="card" id="expectations"><h2>Expectations</h2><ul class="parts">${
      items.join("")
    }</ul>${beyond}</section>`;
  }
}
