/**
 * Writes the title of a state change.
 *
 * @module
 */

import { formatDuration } from "../../text/duration.ts";
import { describeCertificateEnd } from "../../report/certificate_end.ts";
import type { ChangeOutage, StateChange } from "./state_change.ts";

/** Matches an expectation of the status that does not hold, and a status that tells of an error by itself. */
const WRONG_STATUS = /(?<!\bnot )\bnot status\b[^()]*\(found ([45]\d\d)\)/g;

/** Writes a state change in one line of plain words, as in `shop is down: status 503`. */
export function changeTitle(check: string, change: StateChange): string {
  const cause = inPlainWords(change.cause);
  switch (change.kind) {
    case "down":
      return `${check} is down: ${cause}`;
    case "degraded":
      return `${check} is ${change.from === "down" ? "no longer down, but degraded" : "degraded"}${
        describeOutage(change)
      }: ${cause}`;
    case "up":
      return `${check} is up${change.from === "new" ? "" : " again"}${describeOutage(change)}`;
    case "reminder":
      return `${check} is still ${change.to}${describeLength(change.outage)}: ${cause}`;
    case "flapping":
      return `${check} is flapping: ${cause}`;
    case "steady":
      return change.to === "up"
        ? `${check} is steady again${describeLength(change.outage)}, and up`
        : `${check} is steady again, and ${change.to}${describeLength(change.outage, "for")}: ${cause}`;
    case "certificate-soon":
    case "certificate-renewed": {
      const { certificate, kind } = change;
      const end = certificate === undefined ? cause : describeCertificateEnd(certificate);
      return kind === "certificate-soon"
        ? `a certificate of ${check} ${end}`
        : `the certificate of ${check} was renewed; the new one ${end}`;
    }
    case "behaviour":
      return `${check} behaves differently: ${cause}`;
    case "unmeasured":
      return `${check} cannot be measured: ${cause}`;
    case "measured":
      return `${check} can be measured again`;
    case "removed":
      return `${change.ends === "certificate-soon" ? "a certificate of " : ""}${check} is no longer watched`;
  }
}

/** Writes a cause without the expectations that the status alone tells. */
function inPlainWords(cause: string): string {
  return cause.replace(WRONG_STATUS, "status $1");
}

function describeOutage({ outage, from }: StateChange): string {
  if (outage === undefined) return "";
  const word = outage.mixed === true ? "down at times" : from;
  return `${describeLength(outage)} (was ${word}: ${inPlainWords(outage.cause)})`;
}

function describeLength(outage: ChangeOutage | undefined, preposition = "after"): string {
  return outage === undefined ? "" : ` ${preposition} ${formatOutageLength(outage)}`;
}

/** Formats the length of an outage, as in `12m`, and the part of it in which nobody looked. */
export function formatOutageLength({ ms, unobserved }: ChangeOutage): string {
  // Only a clock that was set back makes an outage without a length.
  if (ms === 0) return "an unknown time";
  return unobserved === undefined
    ? formatDuration(ms)
    : `${formatDuration(ms)}, ${formatDuration(unobserved)} of it not observed`;
}
