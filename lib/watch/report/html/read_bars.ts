/**
 * Reads the bars of a check from its report.
 *
 * @module
 */

import type { PartVerdict, VerdictTimes } from "../report_parts.ts";
import type { CheckReport } from "../uptime_report.ts";
import type { Frame } from "./frames.ts";

/** Least share of a bar without data, or in maintenance, that changes its look. */
const LEAST_SHARE = 0.02;

/**
 * The look of a bar: **d**own, single **f**ailures, de**g**raded, un**k**nown, **m**aintenance, **n**o data, **u**p,
 * up and in **p**art without data, or up and in part in maintenance (**q**).
 */
export type Look = "d" | "f" | "g" | "k" | "m" | "n" | "u" | "p" | "q";

/** A bar with the state of one check. */
export interface Bar {
  readonly frame: Frame;
  readonly look: Look;
  /** The look says everything that happened. */
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

const NOBODY_LOOKED: Measured = {
  worst: null,
  ms: { up: 0, degraded: 0, down: 0, unknown: 0, maintenance: 0 },
};

/** Reads one bar for each frame. */
export function readBars(check: CheckReport, frames: readonly Frame[]): Bar[] {
  const outages = check.outages.map(({ start, end, lastSeen }) => ({
    start: Date.parse(start),
    // The last run that saw the outage is part of it; the first good run is not.
    end: end === null ? Date.parse(lastSeen) + 1 : Date.parse(end),
    open: end === null,
  }));
  const days = new Map<string, Measured>(check.days.map((day) => [day.date, day]));
  return frames.map((frame) => {
    const items = frame.dates?.map((date) => days.get(date) ?? NOBODY_LOOKED) ??
      [check.buckets[frame.index] ?? NOBODY_LOOKED];
    const { ms: seen, worst, cause } = items.length === 1 ? items[0]! : addUp(items);
    // All time down after its beginning belongs to an outage without an end.
    const reach = outages.filter(({ start, end, open }) =>
      start < frame.end && (end > frame.start || open && seen.down > 0)
    ).length;
    const sum = seen.up + seen.degraded + seen.down + seen.unknown + seen.maintenance;
    const gap = frame.known - sum;
    const ms = { ...seen, none: gap > frame.known * LEAST_SHARE ? gap : 0 };
    const look = lookOf(worst, ms, frame, reach);
    const plain = look === "u" && sum === ms.up || look === "m" && ms.none === 0 || look === "n";
    return { frame, ms, look, plain, outages: reach, cause };
  });
}

const WORST = ["down", "degraded", "unknown", "up", "maintenance"] as const;

/** Adds up several days. */
function addUp(items: readonly Measured[]): Measured {
  const sum = (state: PartVerdict) => items.reduce((ms, item) => ms + item.ms[state], 0);
  return {
    ms: {
      up: sum("up"),
      degraded: sum("degraded"),
      down: sum("down"),
      unknown: sum("unknown"),
      maintenance: sum("maintenance"),
    },
    worst: WORST.find((state) => items.some(({ worst }) => worst === state)) ?? null,
    cause: items.find(({ worst, cause }) => cause !== undefined && worst === "down")?.cause ??
      items.find(({ cause }) => cause !== undefined)?.cause,
  };
}

/** Chooses the look: the worst state wins. A time that could not be measured does not hide a time up. */
function lookOf(worst: PartVerdict | null, ms: Bar["ms"], { known }: Frame, outages: number): Look {
  switch (worst) {
    case "down":
      return outages > 0 ? "d" : "f";
    case "degraded":
      return "g";
    case "unknown":
    case "up": {
      if (ms.up === 0 && worst === "unknown") return "k";
      const gap = ms.none + ms.unknown;
      if (ms.maintenance > Math.max(gap, known * LEAST_SHARE)) return "q";
      return gap > 0 ? "p" : "u";
    }
    case "maintenance":
      return "m";
    case null:
      return "n";
  }
}
