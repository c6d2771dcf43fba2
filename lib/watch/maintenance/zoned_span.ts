/**
 * Turns times of a clock on the wall into moments, also where the clocks change.
 *
 * @module
 */

/** A time from one moment to another; both in milliseconds since 1970, the end excluded. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Finds the moments between two times that the clocks of a zone show.
 *
 * A time that the clocks show twice counts from its first and until its last appearance. If the clocks skip the start,
 * the span begins with the skip. If they skip the end, it ends as much later as they skip. If they skip all of it, it
 * begins with the skip and takes as long as written.
 */
export function zonedSpan(from: Temporal.PlainDateTime, to: Temporal.PlainDateTime, zone: string): Span {
  const begin = firstMoment(from, zone);
  const end = to.toZonedDateTime(zone, { disambiguation: "later" }).epochMilliseconds;
  return { from: begin, to: end > begin ? end : begin + from.until(to).total("milliseconds") };
}

function firstMoment(time: Temporal.PlainDateTime, zone: string): number {
  const early = time.toZonedDateTime(zone, { disambiguation: "earlier" });
  const skip = early.toPlainDateTime().equals(time) ? undefined : early.getTimeZoneTransition("next");
  return (skip ?? early).epochMilliseconds;
}
