/**
 * The gauges of the outcome of a check. They have samples only for results that belong to a check.
 *
 * @module
 */

import { type CheckOutcome, isWorking } from "../check_outcome.ts";
import { type Gauge, gauge } from "./gauge.ts";

/** The outcome of a check, if there is one. */
interface Checked {
  readonly check: CheckOutcome | undefined;
}

const VERDICTS: readonly CheckOutcome["verdict"][] = ["up", "degraded", "down", "unknown"];

/** Every gauge of a check, in order. */
export const CHECK_GAUGES: readonly Gauge<Checked>[] = [
  gauge(
    "sonde_check_up",
    "Whether the check is up or degraded; there is no sample if that is unknown or does not count",
    ({ check }) =>
      check === undefined || check.verdict === "unknown" || check.excluded !== undefined
        ? undefined
        : isWorking(check),
  ),
  {
    name: "sonde_check_verdict",
    help: "Verdict of the check: 1 for the label that applies",
    read: ({ check }) =>
      check === undefined
        ? []
        : VERDICTS.map((verdict) => ({ labels: { verdict }, value: Number(verdict === check.verdict) })),
  },
  gauge(
    "sonde_check_certificate_warning",
    "Whether a certificate ends within the days at which the check warns",
    ({ check }) => check && check.certificate !== undefined,
  ),
  gauge(
    "sonde_check_maintenance",
    "Whether the run was in a window of maintenance, so that it does not count",
    ({ check }) => check && check.excluded !== undefined,
  ),
];
