/**
 * The outcome of a check, which formatters show beside the result of its probe.
 *
 * @module
 */

import type { ChainCertificate, Check } from "../result.ts";
import { describeCertificateEnd } from "./certificate_end.ts";
import { describeBrokenCheck } from "./describe_check.ts";

/** A certificate that ends within one of the numbers of days at which a check warns. */
export interface EndingCertificate extends ChainCertificate {
  /** The least number of days at which the check warns and that the certificate has not. */
  readonly threshold: number;
}

/** The outcome of one run of a check. */
export interface CheckOutcome {
  /** Name of the check. */
  readonly name: string;
  /**
   * `up`; `degraded`: an expectation of `degraded` is false; `down`; `unknown`: a local fault prevented a verdict, or a
   * check that this one depends on is down.
   */
  readonly verdict: "up" | "degraded" | "down" | "unknown";
  /** Why the verdict is not `up`; `null` if it is. */
  readonly cause: string | null;
  /** The condition after the run: `new`, or a verdict that enough runs in a row confirmed. */
  readonly condition: string;
  /** Start of the first run with this condition, ISO 8601. */
  readonly since: string;
  /** Expectations that only degrade the check. */
  readonly warnings: readonly Check[];
  /** The certificate that ends first, if the check warns of it. */
  readonly certificate?: EndingCertificate | undefined;
  /** The run was in a window of maintenance and does not count. */
  readonly excluded?: "maintenance" | undefined;
  /** Tags of the check. */
  readonly tags: readonly string[];
}

/** Tells if a check works, though maybe not as well as it should. */
export function isWorking({ verdict }: CheckOutcome): boolean {
  return verdict === "up" || verdict === "degraded";
}

/** Describes the expectations that degrade a check: `not timings.total < 1s (found 1200)`. */
export function describeWarnings({ warnings }: CheckOutcome): string {
  return warnings.filter(({ ok }) => !ok).map(describeBrokenCheck).join(", ");
}

/** Describes the certificate that a check warns of. */
export function describeEndingCertificate({ subject, url, ...end }: EndingCertificate): string {
  return `the certificate ${subject} of ${url} ${describeCertificateEnd(end)}`;
}
