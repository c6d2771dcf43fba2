/**
 * A change of the state of a check: types only.
 *
 * @module
 */

import type { Condition } from "./check_state.ts";

/** The kind of a state change. */
export type ChangeKind =
  | "up"
  | "down"
  | "degraded"
  | "certificate-soon"
  | "certificate-renewed"
  | "behaviour"
  | "flapping"
  | "steady"
  | "reminder"
  | "unmeasured"
  | "measured"
  | "removed";

/** A time in which a check was not up. */
export interface ChangeOutage {
  /** Start of the first run of it, ISO 8601. */
  readonly start: string;
  /** Milliseconds from that run to the run of the change. */
  readonly ms: number;
  /** Why it was not up, in words. */
  readonly cause: string;
  /** True if the check was degraded for a part of the time, and down for another. */
  readonly mixed?: true | undefined;
  /** Milliseconds of that time in which nobody looked, as while the watch was stopped; absent if there were none. */
  readonly unobserved?: number | undefined;
}

/** A certificate that a change is about. */
export interface ChangeCertificate {
  /** Its subject, as in `CN=shop.example`. */
  readonly subject: string;
  /** The end of its validity, ISO 8601. */
  readonly notAfter: string;
  /** Whole days until then; negative afterwards. */
  readonly daysLeft: number;
  /** SHA-256 digest of the certificate, as hexadecimal digits. */
  readonly sha256: string;
  /** The number of days below which the check tells; absent for a certificate that replaced another one. */
  readonly threshold?: number | undefined;
}

/** A change of the state of a check. */
export interface StateChange {
  /** Kind of the change. */
  readonly kind: ChangeKind;
  /** Start of the run that made it certain, ISO 8601. */
  readonly at: string;
  /** Condition before. */
  readonly from: Condition;
  /** Condition now; the same as before if something else changed. */
  readonly to: Condition;
  /** Start of the first run with the new condition, ISO 8601. */
  readonly since: string;
  /** The cause in words. */
  readonly cause: string;
  /** True if the history has the change, but nobody is told. */
  readonly quiet?: true | undefined;
  /** True if an edit of the task file led to the change. */
  readonly edit?: true | undefined;
  /** The kind of the notice that a change of kind `removed` ends. */
  readonly ends?: ChangeKind | undefined;
  /** The period in which the check was not up, if this change ends it or reminds of it. */
  readonly outage?: ChangeOutage | undefined;
  /** The certificate, if the change is about one. */
  readonly certificate?: ChangeCertificate | undefined;
}
