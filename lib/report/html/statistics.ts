/**
 * Renders distributions as a table, with the columns that every table of statistics has.
 *
 * @module
 */

import { formatStatistic, STATISTICS, type StatisticsRow } from "../statistics_table.ts";

const P90 = STATISTICS.indexOf("p90");

/**
 * Renders a table with a line for each phase. The colour beside the name of a phase explains the plots.
 *
 * @param options `ticked`: the 90th percentile of the total has a mark, which a plot shows too
 */
export function renderStatistics(
  rows: readonly StatisticsRow[],
  { ticked = false }: { readonly ticked?: boolean | undefined } = {},
): string {
  if (rows.length === 0) return "";
  const lines = rows.map(([phase, distribution]) => {
    const figures = STATISTICS.map((name) => formatStatistic(distribution, name));
    if (ticked && phase === "total" && distribution.p90 !== undefined) {
      figures[P90] = `<i class="tick"></i>${figures[P90]}`;
    }
    const cells = figures.map((figure) => `<td>${figure}</td>`).join("");
    return `<tr><th class="${phase}">${phase}</th>${cells}</tr>`;
  });
  const titles = STATISTICS.map((title) => `<th>${title}</th>`).join("");
  return `<table class="figures"><thead><tr><th>phase</th>${titles}</tr></thead>` +
    `<tbody>${lines.join("")}</tbody></table>`;
}
