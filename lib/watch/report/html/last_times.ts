/**
 * Renders when a check was last not up, in words.
 *
 * @module
 */

import { formatQuantity } from "../../../text/count.ts";
import { escapeHtml } from "../../../text/escape/html.ts";
import type { CheckReport } from "../uptime_report.ts";
import { describeBars } from "./describe_bars.ts";
import { renderOutage } from "./outage.ts";
import type { Bar, Look } from "./read_bars.ts";

/** Most outages in the text of a check; the list of incidents has all of them. */
const MOST_OUTAGES = 3;

/** Renders the last outages, and the last bars that have single failures or were degraded without an outage. */
export function renderLastTimes(check: CheckReport, bars: readonly Bar[]): string {
  const { outages, state } = check;
  const last = outages.slice(-MOST_OUTAGES).toReversed();
  const more = outages.length - last.length;
  const looks: readonly Look[] = state === "degraded" ? ["f"] : ["f", "g"];
  const items = [
    ...last.map((outage) => `<li>${renderOutage(outage, check)}</li>`),
    ...(more === 0 ? [] : [
      `<li class="soft"><a href="#incidents">${formatQuantity(more, "earlier outage")}</a></li>`,
    ]),
    ...looks.flatMap((look) => {
      const bar = bars.findLast((bar) => bar.look === look);
      return bar === undefined ? [] : [`<li class="soft"><bdi>${escapeHtml(describeBars([bar]))}</bdi></li>`];
    }),
  ];
  return items.length === 0 ? "" : `<ul class="outages">${items.join("")}</ul>`;
}
