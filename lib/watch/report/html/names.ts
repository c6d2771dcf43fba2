/**
 * Renders the names of checks that failed together.
 *
 * @module
 */

import { formatCount } from "../../../text/count.ts";
import { type NumberedCheck, renderLink } from "./states.ts";

/** Milliseconds within which checks fail together: most of them run within two minutes. */
export const TOGETHER = 120_000;

/** Most checks of one item that the reader sees without asking for more. */
const MOST_NAMES = 20;

/** Renders links to some checks, with their number if there are several. */
export function renderNames(checks: readonly NumberedCheck[]): string {
  const links = checks.map(renderLink);
  const rest = links.slice(MOST_NAMES);
  const more = rest.length === 0
    ? ""
    : ` <details><summary>and ${formatCount(rest.length)} more</summary>${rest.join(", ")}</details>`;
  const count = links.length === 1 ? "" : `${formatCount(links.length)} checks: `;
  return `${count}${links.slice(0, MOST_NAMES).join(", ")}${more}`;
}
