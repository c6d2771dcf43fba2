/**
 * Reads the bars of a check from its report.
 *
 * @module
 */

import type { PartVerdict, VerdictTimes } from "../report_parts.ts";
import type { CheckReport, UptimeReport } from "../uptime_report.ts";

const DAY = 86_400_000;

/** A window of at most so many days is short: it has a bar for each of its parts. */
const SHORT_WINDOW = 2 * DAY;

/** Most bars of days; a longer window has bars of several days. More bars would be thinner than a pixel on a phone. */
const MOST_DAYS = 100;

/** Least share of a bar without data that the page mentions. */
const LEAST_GAP = 0.02;

/**
 * The look of a bar: **d**own, single **f**ailures, de**g**raded, un**k**nown, **m**aintenance, **n**o data, **u**p,
 * or up and in **p**art without data.
 */
export type Look = "d" | "f" | "g" | "k" | "m" | "n" | "u" | "p";

/** A bar: some days, or a part of the window. */
export interface Bar {
  /** Beginning, ISO 8601, UTC, not before the window. */
  readonly from: string;
  /** End, ISO 8601, UTC, not after the window. */
  readonly to: string;
  /** Days of the bar in UTC; `undefined` for a part of the window. */
  readonly days: { readonly first: string; readonly last: string } | undefined;
  readonly look: Look;
  /** Nothing happened but what the look says. */
  readonly plain: boolean;
  /** Milliseconds by state; `none` is the time without data. */
  readonly ms: VerdictTimes & { readonly none: number };
  /** Number of outages that reach into the bar. */
  readonly outages: number;
  /** Cause of the first failure. */
  readonly cause: string | undefined;
}

/** Fields that days and parts of the window have in common. */
interface Measured {
  readonly worst: PartVerdict | null;
  readonly ms: VerdictTimes;
  readonly cause?: string | undefined;
}

/** A period, milliseconds since 1970. */
interface Period {
  readonly start: number;
  readonly end: number;
}

const NOBODY_LOOKED: Measured = {
  worst: null,
  ms: { up: 0, degraded: 0, down: 0, unknown: 0, maintenance: 0 },
};

/** Tells if a report has a bar for each part of its window; otherwise it has bars of days. */
export function isShort({ from, to }: Pick<UptimeReport, "from" | "to">): boolean {
  return Date.parse(to) - Date.parse(from) <= SHORT_WINDOW;
}

/** Counts the days for which a bar of a report stands. */
export function daysOfBar({ from, to }: Pick<UptimeReport, "from" | "to">): number {
  return Math.max(
    1,
    Math.ceil((Math.ceil(Date.parse(to) / DAY) - Math.floor(Date.parse(from) / DAY)) / MOST_DAYS),
  );
}

/** Reads one bar for each day, or for each part of a short window. */
export function readBars(check: CheckReport, report: UptimeReport): Bar[] {
  const window = { start: Date.parse(report.from), end: Date.parse(report.to) };
  const outages = check.outages.map(({ start, end, lastSeen }) => ({
    start: Date.parse(start),
    end: Date.parse(end ?? lastSeen),
  }));
  // The time to come is not without data.
  const known = Math.min(window.end, Date.parse(report.madeAt));
  return (isShort(report) ? readParts(check, window) : readDays(check, window, daysOfBar(report)))
    .map(({ items, start, end, days }) => {
      const reach = outages.filter((outage) => outage.start < end && outage.end >= start).length;
      const sum = addUp(items, Math.max(0, Math.min(end, known) - start));
      const look = lookOf(sum, reach);
      const states = Object.values(sum.ms).filter((ms) => ms > 0).length;
      return {
        ...sum,
        from: new Date(start).toISOString(),
        to: new Date(end).toISOString(),
        days,
        look,
        plain: (look === "u" || look === "n" || look === "m") && states <= 1,
        outages: reach,
      };
    });
}

interface Slice extends Period, Pick<Bar, "days"> {
  readonly items: readonly Measured[];
}

function readParts({ buckets }: CheckReport, { end }: Period): Slice[] {
  const starts = [...buckets.map(({ start }) => Date.parse(start)), end];
  return buckets.map((bucket, index) => ({
    items: [bucket],
    start: starts[index]!,
    end: starts[index + 1]!,
    days: undefined,
  }));
}

/** Reads every day of the window, also those of which the history knows nothing. */
function readDays(check: CheckReport, { start, end }: Period, size: number): Slice[] {
  const known = new Map<string, Measured>(check.days.map((day) => [day.date, day]));
  const slices: Slice[] = [];
  for (let at = Math.floor(start / DAY) * DAY; at < end; at += size * DAY) {
    const days: string[] = [];
    for (let day = at; day < Math.min(at + size * DAY, end); day += DAY) days.push(dateOf(day));
    slices.push({
      items: days.map((day) => known.get(day) ?? NOBODY_LOOKED),
      start: Math.max(at, start),
      end: Math.min(at + size * DAY, end),
      days: { first: days[0]!, last: days.at(-1)! },
    });
  }
  return slices;
}

const WORST = ["down", "degraded", "unknown", "up", "maintenance"] as const;

function addUp(
  items: readonly Measured[],
  length: number,
): Pick<Bar, "ms" | "cause"> & Pick<Measured, "worst"> {
  const sum = (state: PartVerdict) => items.reduce((ms, item) => ms + item.ms[state], 0);
  const ms = {
    up: sum("up"),
    degraded: sum("degraded"),
    down: sum("down"),
    unknown: sum("unknown"),
    maintenance: sum("maintenance"),
  };
  const gap = length - Object.values(ms).reduce((one, other) => one + other, 0);
  return {
    ms: { ...ms, none: gap > length * LEAST_GAP ? gap : 0 },
    worst: WORST.find((state) => items.some(({ worst }) => worst === state)) ?? null,
    cause: items.find(({ worst, cause }) => cause !== undefined && worst === "down")?.cause ??
      items.find(({ cause }) => cause !== undefined)?.cause,
  };
}

/** Chooses the look: the worst state wins. A time that could not be measured does not hide a time up. */
function lookOf({ worst, ms }: Pick<Bar, "ms"> & Pick<Measured, "worst">, outages: number): Look {
  switch (worst) {
    case "down":
      return outages > 0 ? "d" : "f";
    case "degraded":
      return "g";
    case "unknown":
    case "up":
      if (ms.up === 0 && worst === "unknown") return "k";
      return ms.none + ms.unknown > 0 ? "p" : "u";
    case "maintenance":
      return "m";
    case null:
      return "n";
  }
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
