import type { ChangeRow } from "../../../lib/watch/report/change_row.ts";
import { type RunColumns, VERDICTS as NUMBERED } from "../../../lib/watch/report/run_columns.ts";
import type { FoundRun, RunLookup } from "../../../lib/watch/report/run_lookup.ts";
import {
  type CheckRows,
  type ReportFrame,
  summariseCheck,
} from "../../../lib/watch/report/summarise_check.ts";
import type { CheckReport, UptimeReport } from "../../../lib/watch/report/uptime_report.ts";

/** Milliseconds between two letters. */
export const MINUTE = 60_000;

const LETTERS: Readonly<Record<string, FoundRun["verdict"]>> = {
  u: "up",
  g: "degraded",
  d: "down",
  x: "unknown",
  m: "maintenance",
};

/**
 * One run per 60 s; a blank stands for a missing run. Each run waits 10 ms longer than the previous one.
 *
 * @param window Numbers of the first letter in the window and of the first one after it
 */
export function runs(letters: string, [from, to]: readonly [number, number] = [0, Infinity]): RunColumns {
  const places = [...letters].flatMap((letter, index) => letter === " " ? [] : [index]);
  const inside = places.filter((index) => index >= from && index < to);
  const column = (of: (index: number) => number) =>
    Float64Array.from(inside, (index) => "ug".includes(letters[index]!) ? of(index) : NaN);
  const wait = (index: number) => 10 * (index + 1);
  const begin = places.filter((index) => index < from).length;
  return {
    at: Float64Array.from(places, (index) => index * MINUTE),
    verdicts: Uint8Array.from(places, (index) => NUMBERED.indexOf(LETTERS[letters[index]!]!)),
    begin,
    end: begin + inside.length,
    times: {
      dns: column(() => 1),
      connect: column(() => 2),
      tls: column(() => NaN),
      send: column(() => 0),
      wait: column(wait),
      receive: column(() => 3),
      total: column((index) => 16 + wait(index)),
    },
  };
}

/** Looks up the runs of some letters. */
export function lookup(letters: string): RunLookup {
  const found = [...letters].flatMap((letter, index): FoundRun[] => {
    const verdict = LETTERS[letter];
    return verdict === undefined
      ? []
      : [{ at: index * MINUTE, verdict, cause: verdict === "up" ? null : `${letter}${index}` }];
  });
  return {
    first: () => found[0],
    lastBefore: (time) => found.findLast(({ at }) => at < time),
    lastOf: (verdicts, before) =>
      found.findLast(({ at, verdict }) => at < before && verdicts.includes(verdict)),
    firstOf: (wanted, after) => found.find(({ at, verdict }) => at > after && verdict === wanted),
    causeAt: (time) => found.find(({ at }) => at === time)?.cause ?? undefined,
    took: () => 0,
  };
}

/** A change of the condition. */
export function change(
  kind: "up" | "down" | "degraded",
  from: ChangeRow["from"],
  since: number,
  at = since,
): ChangeRow {
  return { kind, from, to: kind, since, at, cause: `was ${from}` };
}

/** The report on some letters; the window begins with the first one and ends after the last one. */
export function summary(
  letters: string,
  changes: readonly ChangeRow[] = [],
  frame: Partial<ReportFrame & Pick<CheckRows, "checkState" | "removed" | "source" | "interval">> = {},
): CheckReport {
  const to = letters.length * MINUTE;
  const { window = { from: 0, to }, parts = 2, now = to, firstRun = 0 } = frame;
  const rows = {
    name: "a",
    url: "http://a.test/",
    tags: [],
    interval: frame.interval ?? MINUTE,
    checkState: frame.checkState ??
      { condition: "up", since: "1970-01-01T00:00:00.000Z", certificateSoon: false } as const,
    removed: frame.removed ?? null,
    source: frame.source ?? null,
    skipped: 10,
    certificateDays: 72,
    certificate: { ends: null, daysLeft: 72, soon: false, seen: "1970-01-01T00:08:00.000Z" },
    changes,
    lookup: lookup(letters),
    runs: runs(letters, [window.from / MINUTE, window.to / MINUTE]),
  };
  return summariseCheck(rows, { window, parts, now, firstRun });
}

/** A report on one check with an outage and a change. */
export function report(name = "shop"): UptimeReport {
  const check = summary("uuddduugux", [change("down", "up", 120_000), change("up", "down", 300_000)]);
  const changes = [{ at: "1970-01-01T00:01:00.000Z", kind: "behaviour" as const, cause: name }];
  return {
    schema: 1,
    madeAt: "1970-01-01T00:10:00.000Z",
    from: "1970-01-01T00:00:00.000Z",
    to: "1970-01-01T00:10:00.000Z",
    lastRun: check.lastRun,
    checks: [{ ...check, name, changes, outages: [{ ...check.outages[0]!, cause: name }] }],
  };
}
