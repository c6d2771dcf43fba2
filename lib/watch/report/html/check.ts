/**
 * Renders one check.
 *
 * @module
 */

import { formatQuantity } from "../../../text/count.ts";
import { formatDuration } from "../../../text/duration.ts";
import { escapeHtml } from "../../../text/escape/html.ts";
import { formatRecent, formatUnobserved, formatUptime } from "../report_figures.ts";
import type { CheckReport, UptimeReport } from "../uptime_report.ts";
import { renderBars } from "./bars.ts";
import { renderCertificate } from "./certificates.ts";
import type { Frame } from "./frames.ts";
import { renderDetails } from "./details.ts";
import { renderLastTimes } from "./last_times.ts";
import { readBars } from "./read_bars.ts";
import { type NumberedCheck, renderReason, renderState } from "./states.ts";

/**
 * Renders a check: its state and uptime, its bars, its last outages, and its times.
 *
 * @param options `open`: the times are visible from the beginning; `frames`: the times of its bars
 */
export function renderCheck(
  { check, number }: NumberedCheck,
  report: UptimeReport,
  { open, frames }: { readonly open: boolean; readonly frames: readonly Frame[] },
): string {
  const bars = readBars(check, frames);
  const { name, url, tags, state, uptime, certificate } = check;
  // The last outage, which stands below, says the same of a check that is down.
  const reason = state === "up" || state === "down" && check.outages.at(-1)?.end === null
    ? ""
    : renderReason(check);
  const labels = [
    ...(name === url ? [] : [`<bdi>${escapeHtml(url)}</bdi>`]),
    // The group is that of the first tag.
    ...[...new Set(tags)].slice(1).map((tag) => `<bdi>#${escapeHtml(tag)}</bdi>`),
    ...(certificate === null ? [] : [renderCertificate(certificate)]),
  ];
  return [
    `<article class="card check" id="check-${number}">`,
    `<div class="head"><h3><bdi>${escapeHtml(name)}</bdi></h3> ${renderState(state)} <strong>${
      formatUptime(uptime)
    } <small>up</small></strong></div>`,
    labels.length === 0 ? "" : `<p class="soft">${labels.join(" · ")}</p>`,
    reason === "" ? "" : `<p class="reason">${reason}</p>`,
    renderBars(bars),
    `<p class="soft">${describeDown(check, report)}</p>`,
    renderLastTimes(check, bars),
    renderDetails(check, report, { open }),
    "</article>",
  ].filter((part) => part !== "").join("\n");
}

/** Describes the time down, and the time that nobody observed. */
function describeDown(check: CheckReport, { from, to }: UptimeReport): string {
  const { outages, failures, downInOutages, downInFailures, observed, maintenance, degraded } = check;
  const recent = formatRecent(check);
  return [
    ...(recent === "" ? [] : [recent]),
    outages.length === 0
      ? "no outage"
      : `${formatQuantity(outages.length, "outage")} (${formatDuration(downInOutages)})`,
    ...(failures === 0
      ? []
      : [`${formatQuantity(failures, "single failure")} (${formatDuration(downInFailures)})`]),
    ...(degraded === 0 ? [] : [`degraded ${formatDuration(degraded)}`]),
    ...(maintenance === 0 ? [] : [`in maintenance ${formatDuration(maintenance)}`]),
    observed === 0
      ? "nothing observed"
      : `observed ${formatDuration(observed)} of ${formatDuration(Date.parse(to) - Date.parse(from))}`,
    ...formatUnobserved(check),
  ].join(" · ");
}
