/**
 * Renders the top of the page: how many rows are ok, and the figures of all rows together.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../../../text/count.ts";
import { formatDuration } from "../../../text/duration.ts";
import { describeLag } from "../../summary/lag_summary.ts";
import { renderBoth } from "../times.ts";
import { OUTCOME_NAMES, OUTCOMES, renderSign } from "./outcome.ts";
import type { RunTally } from "./run_tally.ts";

/** Says in one line how many rows are ok. */
export function headline(tally: RunTally): string {
  const { outcomes: { ok }, rows } = tally;
  const noun = nounOf(tally);
  const good = tally.ofChecks ? "up" : "ok";
  if (rows === 0) return `No ${noun}`;
  if (rows === 1) return `The ${noun} is ${ok === 1 ? good : `not ${good}`}`;
  if (ok === rows) return `All ${formatQuantity(rows, noun)} are ${good}`;
  const bad = rows - ok;
  return `${formatCount(bad)} of ${formatQuantity(rows, noun)} ${bad === 1 ? "is" : "are"} not ${good}`;
}

/** The noun for one row. */
export function nounOf({ ofChecks, repeated }: RunTally): string {
  if (ofChecks) return "check";
  return repeated ? "request" : "target";
}

/** Renders the time of the run. */
export function renderRunTime({ startedAt, endedAt, rows }: RunTally): string {
  if (!Number.isFinite(startedAt)) return '<p class="soft"><span id="made">No time is known.</span></p>';
  const begun = `<span id="made">Started ${renderBoth(new Date(startedAt).toISOString())}</span>`;
  const elapsed = endedAt - startedAt;
  const rate = elapsed < 1_000 || rows < 2 ? "" : `, ${formatCount(Math.round(rows / elapsed * 1_000))}/s`;
  return `<p class="soft">${begun} · ${
    formatDuration(elapsed)
  } from the first request to the last answer${rate}</p>`;
}

/** Renders the headline and the counts by outcome. */
export function renderOverview(tally: RunTally): string {
  const worst = OUTCOME_NAMES.find((name) => tally.outcomes[name] > 0) ?? "unmeasured";
  const counts = OUTCOME_NAMES.flatMap((name) => {
    const count = tally.outcomes[name];
    const { look, name: own, verdict } = OUTCOMES[name];
    return count === 0 ? [] : [
      `<li class="${look}">${renderSign(name)}${formatCount(count)} ${tally.ofChecks ? verdict : own}</li>`,
    ];
  });
  return `<section class="card overview ${OUTCOMES[worst].look}" aria-label="Overview"><h2>${
    renderSign(worst)
  }${headline(tally)}</h2><ul class="counts">${counts.join("")}</ul>${describeRun(tally)}</section>`;
}

/** Says what else matters to the figures: retries, targets without TLS, and delays of sonde itself. */
function describeRun({ batch }: RunTally): string {
  const { retried, plainInstead, lag } = batch.summary();
  const own = describeLag(lag);
  const facts = [
    ...(retried === 0 ? [] : [`${formatCount(retried)} after retries`]),
    ...(plainInstead === 0 ? [] : [`${formatCount(plainInstead)} over http, as https failed`]),
    ...(own === undefined ? [] : [own]),
  ];
  return facts.length === 0 ? "" : `<p class="soft">${facts.join(" · ")}</p>`;
}
