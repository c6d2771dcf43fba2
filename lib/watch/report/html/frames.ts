/**
 * Cuts the window of a report into the times of bars.
 *
 * @module
 */

import type { UptimeReport } from "../uptime_report.ts";

const DAY = 86_400_000;

/** Milliseconds of the longest window that has a bar for each of its parts. */
const SHORT_WINDOW = 2 * DAY;

/** Most bars of days; a longer window has bars of several days. More bars would be thinner than a pixel on a phone. */
const MOST_DAYS = 100;

/** The time of a bar, the same for all checks. */
export interface Frame {
  /** Number of the bar. */
  readonly index: number;
  /** Beginning, milliseconds since 1970, not before the window. */
  readonly start: number;
  /** End, milliseconds since 1970, not after the window. */
  readonly end: number;
  /** The beginning, ISO 8601, UTC. */
  readonly from: string;
  /** The end, ISO 8601, UTC. */
  readonly to: string;
  /** Milliseconds of it that had gone by when the report was made: the time to come is not without data. */
  readonly known: number;
  /** The days of the bar in UTC; `undefined` for a part of the window. */
  readonly dates: readonly string[] | undefined;
}

/** Cuts the window into days, also those of which the history knows nothing, or a short window into its parts. */
export function cutFrames(report: UptimeReport): Frame[] {
  const [from, to] = [Date.parse(report.from), Date.parse(report.to)];
  const made = Date.parse(report.madeAt);
  const frame = (start: number, end: number, index: number, dates?: readonly string[]): Frame => ({
    index,
    start,
    end,
    from: new Date(start).toISOString(),
    to: new Date(end).toISOString(),
    known: Math.max(0, Math.min(end, made) - start),
    dates,
  });
  if (to - from <= SHORT_WINDOW) {
    const starts = [...report.checks[0]?.buckets.map(({ start }) => Date.parse(start)) ?? [], to];
    return starts.slice(0, -1).map((start, index) => frame(start, starts[index + 1]!, index));
  }
  const first = Math.floor(from / DAY);
  const days = Math.ceil(to / DAY) - first;
  const size = Math.ceil(days / MOST_DAYS);
  return Array.from({ length: Math.ceil(days / size) }, (_, index) => {
    const [begin, end] = [index * size, Math.min((index + 1) * size, days)];
    const dates = Array.from({ length: end - begin }, (_, day) => dateOf((first + begin + day) * DAY));
    return frame(Math.max((first + begin) * DAY, from), Math.min((first + end) * DAY, to), index, dates);
  });
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
