/**
 * Sorts rows by their outcome.
 *
 * @module
 */

import type { ProbeResult } from "../../../result.ts";
import type { CheckOutcome } from "../../check_outcome.ts";

/** The outcome of a row. `degraded` exists only for a check. */
export type Outcome = "failed" | "unmeasured" | "degraded" | "ok";

/** The look of an outcome: its sign, which tells it apart without colour, its class, and its names. */
export interface OutcomeLook {
  readonly sign: string;
  /** Class of the style sheet. */
  readonly look: "up" | "degraded" | "down" | "unknown";
  /** Name for a target. */
  readonly name: string;
  /** Name for a check: its verdict. */
  readonly verdict: CheckOutcome["verdict"];
}

/** All outcomes, the worst one first. */
export const OUTCOMES: Readonly<Record<Outcome, OutcomeLook>> = {
  failed: { sign: "✕", look: "down", name: "failed", verdict: "down" },
  unmeasured: { sign: "?", look: "unknown", name: "not measured", verdict: "unknown" },
  degraded: { sign: "▲", look: "degraded", name: "degraded", verdict: "degraded" },
  ok: { sign: "✓", look: "up", name: "ok", verdict: "up" },
};

/** The names of the outcomes, the worst one first. */
export const OUTCOME_NAMES = Object.keys(OUTCOMES) as readonly Outcome[];

/** Tells the outcome of a row; if it belongs to a check, the verdict of the check decides. */
export function outcomeOf(result: ProbeResult, check: CheckOutcome | undefined): Outcome {
  if (check !== undefined) return OUTCOME_NAMES.find((name) => OUTCOMES[name].verdict === check.verdict)!;
  if (result.ok) return "ok";
  return result.error?.by === "local" ? "unmeasured" : "failed";
}

/** Renders the sign of an outcome, which screen readers skip. */
export function renderSign(outcome: Outcome): string {
  const { sign, look } = OUTCOMES[outcome];
  return `<b class="sign ${look}" aria-hidden="true">${sign}</b>`;
}
