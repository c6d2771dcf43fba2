/**
 * Renders the deviations of the run by their code, each with its rule and an example.
 *
 * @module
 */

import type { Deviation } from "../../../http/deviation.ts";
import { formatCount, formatQuantity } from "../../../text/count.ts";
import { countDeviations } from "../../text/deviations.ts";
import { GroupedRows } from "./grouped_rows.ts";
import { type RowLinks, RowList, type RowName } from "./row_list.ts";
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
  render(links: RowLinks): string {
    const groups = this.#groups.sorted().flatMap(([code, rows]) =>
      rows.example === undefined ? [] : [{ code, rows, example: rows.example }]
    ).sort((one, other) => ORDER.indexOf(one.example.class) - ORDER.indexOf(other.example.class));
    const items = groups.map(({ code, rows, example }) => {
      const { message, excerpt, rfc, offset } = example;
      const places = rows.places === rows.count ? "" : `, ${formatQuantity(rows.places, "place")}`;
      const shown = excerpt === undefined ? "" : `<code>${renderMessage(excerpt)}</code>`;
      return `<li><h3>${renderMessage(code)} <b class="pill">${
        formatCount(rows.count)
      }</b></h3><p><span class="${LOOKS[example.class] ?? "soft"}">${
        renderMessage(example.class)
      }</span><span class="soft">, ${renderMessage(rfc)}${places}</span></p><p>${
        renderMessage(message)
      } <span class="soft">at octet ${formatCount(offset)}</span> ${shown}</p><p class="soft">${
        rows.renderInline(links)
      }</p></li>`;
    });
    return `<section class="card" id="deviations"><h2>Deviations</h2>${
      items.length === 0
        ? '<p class="soft">No response broke a rule.</p>'
        : `<ul class="parts">${items.join("")}</ul>`
    }</section>`;
  }
}
