/**
 * Renders the page of a run.
 *
 * @module
 */

import { formatMinute } from "../../../text/instant.ts";
import { renderPage } from "../page.ts";
import { renderNavigation } from "./navigation.ts";
import { headline, renderOverview, renderRunTime } from "./overview.ts";
import { RUN_SCRIPT } from "./run_script.ts";
import type { RowLinks } from "./row_list.ts";
import type { RunTally } from "./run_tally.ts";
import { RUN_STYLE } from "./style.ts";
import { renderTable } from "./table.ts";

/** Renders the page of all rows so far. */
export function renderRun(tally: RunTally): string {
  const rows = tally.kept.rows();
  const links: RowLinks = {
    kept: new Set(rows.map(({ number }) => number)),
    numbered: tally.repeated && !tally.ofChecks,
  };
  const parts = [
    renderOverview(tally),
    tally.errors.render(links),
    tally.expectations.render(links),
    tally.statuses.render(links, tally.rows),
    tally.connections.render(links),
    tally.times.render(),
    tally.slowest.render(links),
    tally.certificates.render(links),
    tally.deviations.render(links),
    renderTable(tally, rows),
  ];
  const when = Number.isFinite(tally.startedAt)
    ? `, ${formatMinute(new Date(tally.startedAt).toISOString())} UTC`
    : "";
  const body = `<header><h1>Run</h1>
${renderRunTime(tally)}
<p class="soft" id="zone">Times are UTC.</p>
${renderNavigation(parts)}</header>
<main>
${parts.filter((part) => part !== "").join("\n")}
</main>`;
  return renderPage({
    title: `${headline(tally)} – sonde${when}`,
    style: RUN_STYLE,
    script: RUN_SCRIPT,
    body,
  });
}
