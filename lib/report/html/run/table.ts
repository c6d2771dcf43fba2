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

/** More rows than this are laid out only as the reader comes to them. */
const MANY = 200;

/** Renders the table, and says how many rows it lacks. */
export function renderTable(tally: RunTally, kept: readonly KeptRow[]): string {
  const titles = HEADINGS.map((title) => `<th scope="col">${title}</th>`);
  return `<section class="card" id="rows"><h2>${formatQuantity(tally.rows, nounOf(tally))}</h2>${
    describeLeftOut(tally, kept)
  }<div id="tools"></div><table class="rows${
    kept.length > MANY ? " many" : ""
  }" aria-label="Rows"><thead><tr>${titles.join("")}</tr></thead><tbody>
${kept.map(({ html }) => html).join("\n")}
</tbody></table></section>`;
}

/** Says which rows the table lacks: those that the user did not want, and those that are too many. */
function describeLeftOut(tally: RunTally, kept: readonly KeptRow[]): string {
  const { ok, notOk } = tally.kept;
  const unwanted = tally.rows - ok - notOk;
  const tooMany = ok + notOk - kept.length;
  const chosen = notOk >= kept.length
    ? `the first ${formatCount(kept.length)} of ${formatCount(notOk)} that are not ok, and none that is ok`
    : `${notOk === 0 ? "" : `all ${formatCount(notOk)} that are not ok, and `}the first ${
      formatCount(kept.length - notOk)
    } that are ok`;
  const sentences = [
    ...(tooMany === 0 ? [] : [`The table has ${chosen}: it leaves out ${formatQuantity(tooMany, "row")}.`]),
    ...(unwanted === 0 ? [] : [`--only left ${formatQuantity(unwanted, "row")} out of the table.`]),
  ];
  if (sentences.length === 0) return "";
  return `<p class="left-out">${sentences.join(" ")} The figures above are about all ${
    formatCount(tally.rows)
  }.</p>`;
}
