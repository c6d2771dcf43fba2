/**
 * Summarises parts of the window of an uptime report: equal parts, and days.
 *
 * @module
 */

import { FEWEST_FOR_P90 } from "../../report/distribution.ts";
import { percentileIndex } from "../../report/percentile.ts";
import type { Verdict } from "../run_task.ts";
import type { TimeWindow } from "./change_row.ts";
import type { Down } from "./outages.ts";
import type { ReportBucket, ReportDay } from "./report_parts.ts";
import { DEGRADED, DOWN, type RunColumns, VERDICTS } from "./run_columns.ts";
import { sortRange } from "./sort_range.ts";
import { REPORT_PHASES, type ReportPhase } from "./report_phases.ts";
import { type VerdictStretches, worstVerdict } from "./verdict_stretches.ts";

const DAY = 86_400_000;

/** The runs of a check and the time that they stand for. */
export interface StandingRuns {
  readonly runs: RunColumns;
  /** End of the time that each run stands for, milliseconds since 1970. */
  readonly ends: Float64Array;
  readonly stretches: VerdictStretches;
  /** Reads why a run is not up. */
  readonly causeAt: (at: number) => string | undefined;
}

/** Divides the window into equal parts. Sorts the durations of the runs in place. */
export function makeBuckets(standing: StandingRuns, window: TimeWindow, parts: number): ReportBucket[] {
  const { runs, stretches } = standing;
  const length = (window.to - window.from) / parts;
  let begin = runs.begin;
  return Array.from({ length: parts }, (_, index): ReportBucket => {
    const start = window.from + index * length;
    const last = index === parts - 1;
    const stop = last ? window.to : start + length;
    const end = last ? runs.end : firstFrom(runs, stop, begin);
    const verdicts = countVerdicts(runs.verdicts, begin, end);
    const ms = stretches.within(start, stop);
    const figures = summariseTimes(runs, begin, end);
    const cause = firstCause(standing, begin, end, start);
    begin = end;
    return {
      start: new Date(start).toISOString(),
      verdicts,
      ms,
      worst: worstVerdict(ms, verdicts),
      ...(cause !== undefined && { cause }),
      ...figures,
    };
  });
}

/** Divides a window into days, UTC. */
export function makeDays(standing: StandingRuns, window: TimeWindow, outages: readonly Down[]): ReportDay[] {
  const { runs, stretches } = standing;
  const days: ReportDay[] = [];
  let begin = runs.begin;
  for (let day = Math.floor(window.from / DAY) * DAY; day < window.to; day += DAY) {
    const start = Math.max(day, window.from);
    const stop = Math.min(day + DAY, window.to);
    const end = firstFrom(runs, stop, begin);
    const ms = stretches.within(start, stop);
    const cause = firstCause(standing, begin, end, start);
    days.push({
      date: new Date(day).toISOString().slice(0, 10),
      ms,
      worst: worstVerdict(ms, countVerdicts(runs.verdicts, begin, end)),
      outages: outages.filter((outage) => outage.start < stop && reaches(outage, start, ms.down)).length,
      ...(cause !== undefined && { cause }),
    });
    begin = end;
  }
  return days;
}

/** Tells if an outage reaches past the beginning of a day. All time down after it began belongs to one without an end. */
function reaches({ start, end, lastSeen }: Down, beginning: number, down: number): boolean {
  return Math.max(end ?? lastSeen, start + 1) > beginning || end === undefined && down > 0;
}

/** Finds the first run from a time on. */
function firstFrom({ at, end }: RunColumns, time: number, begin: number): number {
  let run = begin;
  while (run < end && at[run]! < time) run++;
  return run;
}

/** Reads the cause of the first run of a part that was down, or else degraded. */
function firstCause(
  { runs: { verdicts }, ends, causeAt, runs }: StandingRuns,
  begin: number,
  end: number,
  start: number,
): string | undefined {
  // The run before may reach into this part.
  const first = begin > 0 && ends[begin - 1]! > start ? begin - 1 : begin;
  const part = verdicts.subarray(first, end);
  const down = part.indexOf(DOWN);
  const found = down === -1 ? part.indexOf(DEGRADED) : down;
  return found === -1 ? undefined : causeAt(runs.at[first + found]!);
}

function summariseTimes(
  { times, begin: offset }: RunColumns,
  begin: number,
  end: number,
): Pick<ReportBucket, "medians" | "p90"> {
  const medians: Partial<Record<ReportPhase, number>> = {};
  let p90: number | undefined;
  for (const phase of REPORT_PHASES) {
    const column = times[phase];
    const count = sortRange(column, begin - offset, end - offset);
    if (count === 0) continue;
    medians[phase] = column[begin - offset + percentileIndex(count, 50)]!;
    if (phase === "total" && count >= FEWEST_FOR_P90) {
      p90 = column[begin - offset + percentileIndex(count, 90)]!;
    }
  }
  return p90 === undefined ? { medians } : { medians, p90 };
}

/** Counts runs by verdict, without those in maintenance. */
export function countVerdicts(verdicts: Uint8Array, begin: number, end: number): Record<Verdict, number> {
  const counts = new Uint32Array(VERDICTS.length);
  for (let run = begin; run < end; run++) counts[verdicts[run]!]!++;
  const [up = 0, degraded = 0, down = 0, unknown = 0] = counts;
  return { up, degraded, down, unknown };
}
