/**
 * Renders links to the parts of the page.
 *
 * @module
 */

import { formatCount } from "../../../text/count.ts";
import type { UptimeReport } from "../uptime_report.ts";
import { countUp, type Group, renderTag } from "./group_by_tag.ts";

/** Most groups with a link at the top: more links would push the states off the first screen. */
const MOST_GROUPS = 24;

/** Renders links to the checks, the incidents and the groups. */
export function renderNavigation(groups: readonly Group[], { checks }: UptimeReport): string {
  if (checks.length === 0) return "";
  const incidents = checks.reduce((sum, { outages }) => sum + outages.length, 0);
  const own = groups.filter((group) => group.own.length > 0);
  const links = own.length < 2 || own.length > MOST_GROUPS
    ? ['<a href="#checks">Checks</a>']
    : own.map((group, index) =>
      `<span><a href="#group-${index}">${renderTag(group.tag)}</a> <span class="soft">${
        countUp([...group.own, ...group.others])
      }</span></span>`
    );
  return `<nav aria-label="Parts of the page"><a href="#incidents">Incidents (${formatCount(incidents)})</a>${
    links.join("")
  }</nav>`;
}
