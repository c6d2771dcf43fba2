/**
 * The states of a monitoring plugin.
 *
 * @module
 */

import type { ProbeResult } from "../../result.ts";
import type { CheckOutcome } from "../check_outcome.ts";

/** The states of a monitoring plugin, in the order of their exit codes. */
export const NAGIOS_STATES = ["OK", "WARNING", "CRITICAL", "UNKNOWN"] as const;

/** The exit code of a state. */
export type NagiosCode = 0 | 1 | 2 | 3;

/** Ascending severity: UNKNOWN must not hide a target that is known to be down. */
const FROM_GOOD_TO_BAD: readonly NagiosCode[] = [0, 1, 3, 2];

/** Gives the worse of two states. */
export function worseOf(a: NagiosCode, b: NagiosCode): NagiosCode {
  return FROM_GOOD_TO_BAD.indexOf(a) > FROM_GOOD_TO_BAD.indexOf(b) ? a : b;
}

/**
 * The state of a result: a local fault is UNKNOWN, any other error and an expectation that does not hold CRITICAL.
 * Without expectations the status decides as in check_http: 4xx is WARNING, 5xx CRITICAL.
 */
export function nagiosCode({ ok, error, status, checks }: ProbeResult): NagiosCode {
  if (error !== undefined) return error.by === "local" ? 3 : 2;
  if (!ok) return 2;
  if (checks.length > 0 || status === undefined || status < 400) return 0;
  return status < 500 ? 1 : 2;
}

const VERDICTS: Readonly<Record<CheckOutcome["verdict"], NagiosCode>> = {
  up: 0,
  degraded: 1,
  down: 2,
  unknown: 3,
};

/** The state of a check: its verdict, WARNING for a certificate that ends soon, and OK during maintenance. */
export function checkNagiosCode({ verdict, certificate, excluded }: CheckOutcome): NagiosCode {
  if (excluded !== undefined) return 0;
  return worseOf(VERDICTS[verdict], certificate === undefined ? 0 : 1);
}
