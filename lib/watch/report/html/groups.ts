/**
 * Renders the checks in groups by tag.
 *
 * @module
 */

import type { UptimeReport } from "../uptime_report.ts";
import { renderCheck } from "./check.ts";
import { cutFrames } from "./frames.ts";
import { countUp, type Group, renderTag } from "./group_by_tag.ts";
import { type NumberedCheck, renderLink, renderSign } from "./states.ts";

/** Most checks of a page that shows the details of each check from the beginning. */
const MOST_OPEN = 4;

/**
 * Renders all checks, each once, in the group of its first tag. A group links to the checks that have its tag as well.
 * Groups and checks stand in the order of their states, the worst one first.
 */
export function renderGroups(groups: readonly Group[], report: UptimeReport): string {
  const options = { open: report.checks.length <= MOST_OPEN, frames: cutFrames(report) };
  const sections = groups.filter(({ own }) => own.length > 0).map(({ tag, own, others }, index) => {
    const title = tag === undefined && groups.length === 1 ? "Checks" : renderTag(tag);
    const also = others.length === 0
      ? ""
      : `<p class="soft also">Also with this tag: ${others.map(renderShort).join(", ")}</p>`;
    return `<section class="group" id="group-${index}"><h2>${title} <span class="soft">${
      countUp([...own, ...others])
    }</span></h2>${also}\n${own.map((item) => renderCheck(item, report, options)).join("\n")}\n</section>`;
  });
  return sections.join("\n") + renderOtherTags(groups.filter(({ own }) => own.length === 0));
}

/** Renders the tags that are the first one of no check. */
function renderOtherTags(groups: readonly Group[]): string {
  if (groups.length === 0) return "";
  const items = groups.map(({ tag, others }) =>
    `<dt>${renderTag(tag)} <span class="soft">${countUp(others)}</span></dt><dd>${
      others.map(renderShort).join(", ")
    }</dd>`
  );
  return `\n<section class="group" id="other-tags"><h2>Other tags</h2><dl class="card">${
    items.join("")
  }</dl></section>`;
}

function renderShort(item: NumberedCheck): string {
  return `${renderSign(item.check.state)}${renderLink(item)}`;
}
