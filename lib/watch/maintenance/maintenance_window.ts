/**
 * The windows of maintenance, in which the runs of a check do not count.
 *
 * @module
 */

import { type Span, zonedSpan } from "./zoned_span.ts";

/** A window of maintenance: once, or on some days of every week. */
export type MaintenanceWindow = OneWindow | WeeklyWindow;

/** A window that comes once. */
export interface OneWindow extends Span {
  readonly type: "once";
}

/** A window that comes every week. */
export interface WeeklyWindow {
  readonly type: "weekly";
  /** Days on which it begins: 1 is Monday, 7 is Sunday. */
  readonly days: readonly number[];
  /** Minutes after midnight. */
  readonly from: number;
  /** Minutes after midnight, at most 1440. If it is less than `from`, it belongs to the next day. */
  readonly to: number;
  /** The time zone of both times, as in `Europe/Berlin`. */
  readonly zone: string;
}

/** Minutes of a day. */
const DAY = 1440;

/** Tells if a run overlaps one of the windows. A run that begins or ends in a window overlaps it. */
export function isInMaintenance(windows: readonly MaintenanceWindow[], run: Span): boolean {
  return windows.some((window) => spansNear(window, run).some((span) => overlap(span, run)));
}

function spansNear(window: MaintenanceWindow, run: Span): Span[] {
  if (window.type === "once") return [window];
  const dayOf = (at: number): Temporal.PlainDate =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(window.zone).toPlainDate();
  // The window of the day before may reach over midnight.
  const days = [dayOf(run.from).subtract({ days: 1 }), dayOf(run.from)];
  const last = dayOf(run.to);
  while (Temporal.PlainDate.compare(days.at(-1)!, last) < 0) days.push(days.at(-1)!.add({ days: 1 }));
  return days.filter(({ dayOfWeek }) => window.days.includes(dayOfWeek)).map((day) => spanOn(day, window));
}

function spanOn(day: Temporal.PlainDate, { from, to, zone }: WeeklyWindow): Span {
  const midnight = day.toPlainDateTime();
  const end = to > from ? to : to + DAY;
  return zonedSpan(midnight.add({ minutes: from }), midnight.add({ minutes: end }), zone);
}

function overlap(window: Span, run: Span): boolean {
  return run.from < window.to && run.to >= window.from;
}
