/**
 * Formats an uptime report as one HTML page.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import { renderGaps, renderPlot } from "./html/plot.ts";
import { renderStrip } from "./html/strip.ts";
import { PAGE_STYLE } from "./html/style.ts";
import { escapeHtml } from "../../text/escape/html.ts";
import {
  formatMinute,
  formatOutageCount,
  formatSecond,
  formatUptime,
  isCertificateSoon,
} from "./report_figures.ts";
import { REPORT_PHASES } from "./report_phases.ts";
import type { CheckReport, Outage, UptimeReport } from "./uptime_report.ts";

/** Formats an uptime report as one HTML page, which needs no network and no script. */
export function formatReportHtml(report: UptimeReport): string {
  const { from, to, checks } = report;
  const window = `${formatMinute(from)} to ${formatMinute(to)} UTC`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(`Uptime, ${window}`)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header><h1>Uptime</h1><p class="soft">${escapeHtml(window)}</p></header>
${renderTiles(checks)}
${renderOverview(checks)}
${renderGaps(Math.max(0, ...checks.map(({ buckets }) => buckets.length)))}
${checks.map((check, index) => renderCheck(check, index, report)).join("\n")}
</body>
</html>
`;
}

function renderTiles(checks: readonly CheckReport[]): string {
  // A check without a run in the window has no known condition; most likely somebody removed it from the task file.
  const count = (condition: CheckReport["condition"]) =>
    checks.filter((check) => check.condition === condition && check.runs > 0).length;
  const observed = checks.reduce((sum, check) => sum + check.observed, 0);
  const down = checks.reduce((sum, check) => sum + check.down, 0);
  const tiles = [
    ["", formatUptime(observed === 0 ? null : 1 - down / observed), "of the time up"],
    ["up", String(count("up")), "up"],
    ["degraded", String(count("degraded")), "degraded"],
    ["down", String(count("down")), "down"],
  ] as const;
  const items = tiles.map(([name, figure, label]) =>
    `<li><b${name && ` class="${name}"`}>${figure}</b>${label}</li>`
  );
  const marks = [["up", "up"], ["degraded", "degraded"], ["down", "down"], ["unknown", "told nothing"], [
    "none",
    "no run",
  ]];
  const legend = marks.map(([mark, label]) => `<li><i style="background:var(--${mark})"></i>${label}</li>`);
  return `<ul class="tiles">${items.join("")}</ul><ul class="legend">${legend.join("")}</ul>`;
}

function renderOverview(checks: readonly CheckReport[]): string {
  if (checks.length === 0) return '<p class="card">No checks in this history.</p>';
  const rows = checks.map((check, index) => {
    const { name, condition, uptime, times, outages, certificateDays } = check;
    const figures = [
      formatUptime(uptime),
      String(outages.length),
      times.total === undefined ? "–" : formatDuration(times.total.median),
      times.total === undefined ? "–" : formatDuration(times.total.p99),
    ];
    return `<tr><th scope="row"><a href="#check-${index}">${escapeHtml(name)}</a></th><td>${
      renderState(condition)
    }</td>` +
      `${figures.map((figure) => `<td class="n">${figure}</td>`).join("")}${
        renderDays(certificateDays)
      }</tr>`;
  });
  const titles = ["uptime", "outages", "median", "p99", "certificate"].map((title) =>
    `<th class="n">${title}</th>`
  );
  return `<section class="card scroll"><table><thead><tr><th>check</th><th>now</th>${
    titles.join("")
  }</tr></thead>` +
    `<tbody>${rows.join("")}</tbody></table></section>`;
}

function renderDays(days: number | null): string {
  const mark = days !== null && isCertificateSoon(days) ? " degraded" : "";
  return `<td class="n${mark}">${days === null ? "–" : `${days} d`}</td>`;
}

function renderCheck(check: CheckReport, index: number, report: UptimeReport): string {
  const { name, url, condition, uptime, runs, skipped, tags } = check;
  const facts = [
    ...(name === url ? [] : [url]),
    ...tags.map((tag) => `#${tag}`),
    formatOutageCount(check),
    formatQuantity(runs, "run"),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  const parts = [
    `<div class="head"><h2>${escapeHtml(name)} ${renderState(condition)}</h2><strong>${
      formatUptime(uptime)
    }</strong></div>`,
    `<p class="soft">${escapeHtml(facts.join(" · "))}</p>`,
    renderStrip(check),
    renderPlot(check, report),
    renderTimes(check),
    renderOutages(check.outages),
    renderChanges(check),
  ];
  return `<section class="card" id="check-${index}">\n${
    parts.filter((part) => part !== "").join("\n")
  }\n</section>`;
}

function renderState(condition: CheckReport["condition"]): string {
  return `<span class="state ${condition}">${condition}</span>`;
}

function renderTimes({ times }: CheckReport): string {
  const rows = REPORT_PHASES.flatMap((phase) => {
    const spread = times[phase];
    if (spread === undefined) return [];
    const figures = [spread.median, spread.p90, spread.p99, spread.max];
    return [
      `<tr><th scope="row">${phase}</th>${
        figures.map((ms) => `<td>${formatDuration(ms)}</td>`).join("")
      }</tr>`,
    ];
  });
  if (rows.length === 0) return "";
  const titles = ["median", "p90", "p99", "max"].map((title) => `<th>${title}</th>`);
  return `<div class="scroll"><table class="figures"><thead><tr><th>phase</th>${
    titles.join("")
  }</tr></thead>` +
    `<tbody>${rows.join("")}</tbody></table></div>`;
}

function renderOutages(outages: readonly Outage[]): string {
  const rows = outages.map(({ start, end, ms, cause }) =>
    `<tr><td>${formatSecond(start)}</td><td>${end === null ? "now" : formatSecond(end)}</td>` +
    `<td>${formatDuration(ms)}</td><td>${escapeHtml(cause)}</td></tr>`
  );
  if (rows.length === 0) return "";
  return '<div class="scroll"><table class="rows"><thead><tr><th>down from</th><th>to</th><th>for</th><th>cause</th></tr>' +
    `</thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function renderChanges({ changes }: CheckReport): string {
  const rows = changes.map(({ at, kind, cause }) =>
    `<tr><td>${formatMinute(at)}</td><td>${kind}</td><td>${escapeHtml(cause)}</td></tr>`
  );
  if (rows.length === 0) return "";
  return '<div class="scroll"><table class="rows"><thead><tr><th>at</th><th>changed</th><th>what</th></tr></thead>' +
    `<tbody>${rows.join("")}</tbody></table></div>`;
}
