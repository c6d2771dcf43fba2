import { describeDistribution } from "../../report/distribution.ts";
import { percentile } from "../../report/percentile.ts";
import type { Verdict } from "../run_task.ts";
import type { Condition } from "../state.ts";
import { observedTime, overlap } from "./observed_time.ts";
import { findOutages } from "./outages.ts";
import type { ChangeRow, RunRow, TimeWindow } from "./run_row.ts";
import { type CheckReport, REPORT_PHASES, type ReportBucket, type ReportPhase } from "./uptime_report.ts";

/** Everything that the history has of one check. */
export interface CheckRows {
  readonly name: string;
  readonly url: string;
  readonly tags: readonly string[];
  readonly interval: number;
  readonly condition: Condition;
  /** Of the window, in the order of time. */
  readonly runs: readonly RunRow[];
  /** From the beginning of the history to the end of the window, in the order of time. */
  readonly changes: readonly ChangeRow[];
}

/** Sums up one check; `parts` is the number of buckets. */
export function summariseCheck(rows: CheckRows, window: TimeWindow, parts: number): CheckReport {
  const { name, url, tags, interval, condition, runs, changes } = rows;
  const stretches = observedTime(runs, interval, window);
  const observed = stretches.reduce((sum, { start, end }) => sum + end - start, 0);
  const outages = findOutages(changes, window);
  const down = outages.reduce(
    (sum, { start, end }) => sum + overlap(stretches, { start, end: end ?? Infinity }),
    0,
  );
  const withCertificate = runs.findLast((run) => run.certificate_days !== null);
  const times = REPORT_PHASES.flatMap((phase) => {
    const sorted = sortedTimes(runs, phase);
    return sorted.length === 0 ? [] : [[phase, describeDistribution(sorted)] as const];
  });
  return {
    name,
    url,
    tags,
    condition,
    runs: runs.length,
    verdicts: countVerdicts(runs),
    skipped: runs.reduce((sum, { skipped }) => sum + skipped, 0),
    observed,
    down,
    uptime: observed === 0 ? null : 1 - down / observed,
    outages: outages.map(({ start, end, cause }) => ({
      start: iso(start),
      end: end === undefined ? null : iso(end),
      ms: Math.min(end ?? window.to, window.to) - Math.max(start, window.from),
      cause,
    })),
    times: Object.fromEntries(times),
    certificateDays: withCertificate?.certificate_days ?? null,
    changes: changes.filter(({ at, from, to }) => at >= window.from && from === to)
      .map(({ at, kind, cause }) => ({ at: iso(at), kind, cause })),
    buckets: makeBuckets(runs, window, parts),
  };
}

function makeBuckets(runs: readonly RunRow[], window: TimeWindow, parts: number): ReportBucket[] {
  const length = (window.to - window.from) / parts;
  const groups = Array.from({ length: parts }, (): RunRow[] => []);
  for (const run of runs) groups[Math.min(parts - 1, Math.floor((run.at - window.from) / length))]?.push(run);
  return groups.map((group, index): ReportBucket => {
    const sorted = new Map(REPORT_PHASES.map((phase) => [phase, sortedTimes(group, phase)]));
    const medians = [...sorted].filter(([, times]) => times.length > 0)
      .map(([phase, times]) => [phase, percentileOf(times, 50)] as const);
    const total = sorted.get("total") ?? new Float64Array();
    return {
      start: iso(window.from + index * length),
      verdicts: countVerdicts(group),
      medians: Object.fromEntries(medians),
      ...(total.length > 0 && { p90: percentileOf(total, 90) }),
    };
  });
}

/** The time of a run without an answer says more of the timeout than of the server. */
function sortedTimes(runs: readonly RunRow[], phase: ReportPhase): Float64Array {
  const times = new Float64Array(runs.length);
  let count = 0;
  for (const run of runs) {
    const ms = run[phase];
    if (run.status !== null && ms !== null) times[count++] = ms;
  }
  return times.subarray(0, count).sort();
}

/** @param sorted Not empty. */
function percentileOf(sorted: ArrayLike<number>, p: number): number {
  return percentile(sorted, p)!;
}

function countVerdicts(runs: readonly RunRow[]): Record<Verdict, number> {
  const counts = { up: 0, degraded: 0, down: 0, unknown: 0 };
  for (const { verdict } of runs) counts[verdict]++;
  return counts;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
