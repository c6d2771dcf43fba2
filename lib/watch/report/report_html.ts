/**
 * Formats an uptime report as one HTML page.
 *
 * @module
 */

import { renderPage } from "../../report/html/page.ts";
import { renderBoth, renderBothMinutes } from "../../report/html/times.ts";
import { ZONE_SCRIPT } from "../../report/html/zone_script.ts";
import { formatMinute } from "../../text/instant.ts";
import { renderKey } from "./html/bars.ts";
import { renderCertificates } from "./html/certificates.ts";
import { cutFrames } from "./html/frames.ts";
import { groupByTag } from "./html/group_by_tag.ts";
import { renderGroups } from "./html/groups.ts";
import { renderIncidents } from "./html/incidents.ts";
import { renderNavigation } from "./html/navigation.ts";
import { renderNotUp } from "./html/not_up.ts";
import { renderOverview } from "./html/overview.ts";
import { renderGaps } from "./html/plot.ts";
import { PAGE_STYLE } from "./html/style.ts";
import { headline } from "./summarise_all.ts";
import type { UptimeReport } from "./uptime_report.ts";

/** More checks than this are laid out only as the reader comes to them. */
const MANY = 100;

/**
 * Formats an uptime report as one HTML page, which needs no network. A short script in it moves times to the zone of the
 * reader; without it, all times are UTC.
 */
export function formatReportHtml(report: UptimeReport): string {
  const { from, to, madeAt, lastRun } = report;
  const checks = report.checks.map((check, number) => ({ check, number }));
  const title = `${headline(report.checks)} – uptime, ${formatMinute(from)} to ${formatMinute(to)} UTC`;
  const groups = groupByTag(checks);
  const parts = checks.length === 0 ? ['<p class="card">No checks in this history.</p>'] : [
    renderOverview(report),
    renderNotUp(checks),
    renderCertificates(checks),
    renderKey(cutFrames(report)),
    `<div id="checks"${checks.length > MANY ? ' class="many"' : ""}>${renderGroups(groups, report)}</div>`,
    renderIncidents(checks),
  ];
  const body = `<header><h1>Uptime</h1>
<p>${renderBothMinutes(from)} to ${renderBothMinutes(to)}</p>
<p class="soft"><span id="made">Made at ${renderBoth(madeAt)}</span> · ${
    lastRun === null ? "no run" : `last run ${renderBoth(lastRun)}`
  }</p>
<p class="soft" id="zone" data-days="A day is a day in UTC.">Times and days are UTC.</p>
${renderNavigation(groups, report)}</header>
<main>
${parts.filter((part) => part !== "").join("\n")}
</main>
${renderGaps(Math.max(0, ...report.checks.map(({ buckets }) => buckets.length)))}`;
  return renderPage({ title, style: PAGE_STYLE, script: ZONE_SCRIPT, body });
}
