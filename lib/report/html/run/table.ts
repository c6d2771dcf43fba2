/**
 * Renders the table of the rows.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../../../text/count.ts";
import { nounOf } from "./overview.ts";
import { HEADINGS } from "./row.ts";
import type { KeptRow } from "./row_store.ts";
import type { RunTally } from "./run_tally.ts";

/** Renders the table, and says how many rows it lacks. */
export function renderTable(tally: RunTally, kept: readonly KeptRow[]): string {
  const titles = HEADINGS.map((title) => `<th scope="col">${title}</th>`);
  return `<section class="card" id="rows"><h2>${formatQuantity(tally.rows, nounOf(tally))}</h2>${
    describeLeftOut(tally, kept)
  }<div id="tools"></div><table class="rows"><thead><tr>${titles.join("")}</tr></thead><tbody>
${kept.map(({ html }) => html).join("\n")}
</tbody></table></section>`;
}

function describeLeftOut(tally: RunTally, kept: readonly KeptRow[]): string {
  const leftOut = tally.rows - kept.length;
  if (leftOut === 0) return "";
  const bad = tally.rows - tally.outcomes.ok;
  const shown = formatCount(kept.length);
  const text = bad >= kept.length
    ? `The table has the first ${shown} of ${formatCount(bad)} that are not ok, and none that is ok.`
    : `The table has ${bad === 0 ? "" : `all ${formatCount(bad)} that are not ok, and `}the first ${
      formatCount(kept.length - bad)
    } that are ok.`;
  return `<p class="left-out">${text} ${
    formatQuantity(leftOut, "row")
  } are left out of it; everything above counts them too.</p>`;
}
