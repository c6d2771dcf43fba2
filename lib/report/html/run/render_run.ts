/**
 * Renders the page of a run.
 *
 * @module
 */

import { formatMinute } from "../../../text/instant.ts";
import { renderPage } from "../page.ts";
import { ZONE_SCRIPT } from "../zone_script.ts";
import { headline, renderOverview, renderRunTime } from "./overview.ts";
import type { RunTally } from "./run_tally.ts";
import { RUN_STYLE } from "./style.ts";
import { renderTable } from "./table.ts";

/** Renders the page of all rows so far. */
export function renderRun(tally: RunTally): string {
  const kept = tally.kept.rows();
  const when = Number.isFinite(tally.startedAt)
    ? `, ${formatMinute(new Date(tally.startedAt).toISOString())} UTC`
    : "";
  const body = `<header><h1>Run</h1>
${renderRunTime(tally)}
<p class="soft" id="zone">Times are UTC.</p>
</header>
<main>
${renderOverview(tally)}
${renderTable(tally, kept)}
</main>`;
  return renderPage({
    title: `${headline(tally)} – sonde${when}`,
    style: RUN_STYLE,
    script: ZONE_SCRIPT,
    body,
  });
}
