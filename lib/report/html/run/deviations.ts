/**
 * Renders the deviations of the run by their code, each with its rule and an example.
 *
 * @module
 */

import type { Deviation } from "../../../http/deviation.ts";
import { formatCount } from "../../../text/count.ts";
import { countDeviations } from "../../text/deviations.ts";
import { GroupedRows } from "./grouped_rows.ts";
import { RowList, type RowName } from "./row_list.ts";
import { renderMessage } from "./safe_text.ts";

/** Most targets that the page names for a deviation. */
const MOST_TARGETS = 3;

/** The classes, the worst first, each with its look. */
const LOOKS: Readonly<Record<Deviation["class"], string>> = {
  fatal: "down",
  sender: "degraded",
  tolerated: "degraded",
  info: "soft",
};
const ORDER = Object.keys(LOOKS);

/** The rows with one deviation. */
class Rows extends RowList {
  /** All places of it in all rows. */
  places = 0;
  /** The first place. */
  example: Deviation | undefined;

  constructor() {
    super(MOST_TARGETS);
  }
}

/** Gathers the deviations of a run. */
export class DeviationTally {
  readonly #groups = new GroupedRows(() => new Rows());

  /** Adds the deviations of a row. */
  add(deviations: readonly Deviation[], row: RowName): void {
    for (const [code, places] of Map.groupBy(deviations, ({ code }) => code)) {
      const group = this.#groups.of(code);
      if (group === undefined) continue;
      group.add(row);
      group.places += countDeviations(places);
      group.example ??= places[0];
    }
  }

  /** Renders the deviations, the worst class first. */
  render(kept: ReadonlySet<number>): string {
    const groups = this.#groups.sorted().flatMap(([code, rows]) =>
      rows.example === undefined ? [] : [{ code, rows, example: rows.example }]
    ).sort((one, other) => ORDER.indexOf(one.example.class) - ORDER.indexOf(other.example.class));
    const lines = groups.map(({ code, rows, example }) => {
      const { message, excerpt, rfc, offset } = example;
      const shown = excerpt === undefined ? "" : ` <code>${renderMessage(excerpt)}</code>`;
      return `<tr><th scope="row">${renderMessage(code)}</th><td class="${LOOKS[example.class] ?? "soft"}">${
        renderMessage(example.class)
      }</td><td>${renderMessage(rfc)}</td><td>${formatCount(rows.count)}</td><td>${
        formatCount(rows.places)
      }</td><td>${renderMessage(message)} <span class="soft">at octet ${
        formatCount(offset)
      }</span>${shown}<span class="why">${rows.renderInline(kept)}</span></td></tr>`;
    });
    return `<section class="card" id="deviations"><h2>Deviations</h2>${
      lines.length === 0 ? '<p class="soft">No response broke a rule.</p>' : renderTable(lines)
    }</section>`;
  }
}

function renderTable(lines: readonly string[]): string {
  const titles = ["code", "class", "rule", "targets", "places", "example, and targets"];
  return `<table class="tally"><thead><tr>${
    titles.map((title) => `<th scope="col">${title}</th>`).join("")
  }</tr></thead><tbody>${lines.join("")}</tbody></table>`;
}
