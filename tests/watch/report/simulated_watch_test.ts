/**
 * A report beside a simple count of the same runs, which go through the recorder and the file of a history.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { History } from "../../../lib/watch/history/history.ts";
import { Recorder } from "../../../lib/watch/recorder.ts";
import { readReport } from "../../../lib/watch/report/read_report.ts";
import type { CheckReport } from "../../../lib/watch/report/uptime_report.ts";
import type { TaskRun } from "../../../lib/watch/run_task.ts";
import { TestFolder } from "../../_folder.ts";
import fc from "../../fast_check.ts";
import { runAt, task } from "../_samples.ts";
import { MINUTE } from "./_samples.ts";

const START = Date.UTC(2026, 2, 1, 12);

const VERDICTS = { u: "up", g: "degraded", d: "down", x: "unknown", m: "down" } as const;

type Letter = keyof typeof VERDICTS;

/** A run by its minute. */
interface Seen {
  readonly minute: number;
  readonly letter: Letter;
}

/** Stretches of runs, and times of some minutes in which the monitor was stopped. */
const SIMULATIONS = fc.record({
  pieces: fc.array(
    fc.oneof(
      { arbitrary: fc.integer({ min: 1, max: 40 }).map((length) => "u".repeat(length)), weight: 3 },
      { arbitrary: fc.integer({ min: 1, max: 9 }).map((length) => "d".repeat(length)), weight: 3 },
      { arbitrary: fc.constantFrom("gg", "xx", "mmm", "dgd", "dxd", "dmd", "ududud", "gugd"), weight: 3 },
      fc.integer({ min: 4, max: 90 }).map((gap) => `uudduu${" ".repeat(gap)}uuduud`),
    ),
    { minLength: 1, maxLength: 15 },
  ),
  failures: fc.integer({ min: 1, max: 4 }),
  successes: fc.integer({ min: 1, max: 3 }),
  flapping: fc.constantFrom(0, 6),
  window: fc.tuple(fc.integer({ min: -10, max: 300 }), fc.integer({ min: 1, max: 300 })),
});

function taskRun({ minute, letter }: Seen): TaskRun {
  const run = runAt(minute, VERDICTS[letter]);
  return letter === "m" ? { ...run, excluded: "maintenance" } : run;
}

/** Finds the outages, each from its first failed run to the first good one, in minutes. */
function outagesOf(
  runs: readonly Seen[],
  { failures, successes }: { failures: number; successes: number },
): [start: number, end: number | null][] {
  const outages: [start: number, end: number | null][] = [];
  let failed: number[] = [];
  let better: number[] = [];
  for (const { minute, letter } of runs.filter(({ letter }) => "ugd".includes(letter))) {
    const open = outages.at(-1)?.[1] === null ? outages.at(-1) : undefined;
    better = letter === "d" ? [] : [...better, minute];
    if (open === undefined) {
      if (letter === "d") failed.push(minute);
      // Degraded runs between failed ones do not help, unless they are many.
      if (letter === "u" || better.length >= failures) failed = [];
      if (failed.length === failures) outages.push([failed[0]!, null]);
    } else if (better.length === successes) {
      open[1] = better[0]!;
      failed = [];
    }
  }
  return outages;
}

/** Sums the minutes of each letter in a window: a run stands until the next one, or for a minute. */
function minutesOf(runs: readonly Seen[], [from, to]: readonly [number, number]): Record<Letter, number> {
  const minutes = { u: 0, g: 0, d: 0, x: 0, m: 0 };
  for (const { minute, letter } of runs) if (minute >= from && minute < to) minutes[letter]++;
  return minutes;
}

function inMinutes({ up, degraded, down, unknown, maintenance }: CheckReport): Record<Letter, number> {
  return {
    u: up / MINUTE,
    g: degraded / MINUTE,
    d: down / MINUTE,
    x: unknown / MINUTE,
    m: maintenance / MINUTE,
  };
}

Deno.test("the report of a simulated watch agrees with a count of its runs", async () => {
  await fc.assert(
    fc.asyncProperty(SIMULATIONS, async ({ pieces, window: [first, length], ...thresholds }) => {
      const letters = `uuuuuu${pieces.join("")}`;
      const runs = [...letters].flatMap((letter, minute): Seen[] =>
        letter === " " ? [] : [{ minute, letter: letter as Letter }]
      );
      const check = task({ name: "a", url: "http://a.test/", interval: "1m", ...thresholds });
      using folder = new TestFolder();
      const path = folder.file("h.db");
      {
        using history = new History(path);
        const recorder = new Recorder(history);
        history.atomically(() =>
          runs.forEach((seen) => recorder.record({ task: check, run: taskRun(seen), skipped: 0 }))
        );
      }
      const window = [first, Math.min(first + length, letters.length)] as const;
      if (window[1] <= window[0]) return;
      const [from, to, now] = [...window, letters.length].map((minute) => START + minute * MINUTE);
      const report = (await readReport(path, { from, to, now, parts: 7 })).checks[0]!;

      const minutes = minutesOf(runs, window);
      assertEquals(inMinutes(report), minutes);
      const observed = minutes.u + minutes.g + minutes.d;
      assertEquals(report.uptime, observed === 0 ? null : 1 - minutes.d / observed);

      const outages = outagesOf(runs, thresholds);
      const inOutages = runs.filter(({ minute, letter }) =>
        letter === "d" && minute >= window[0] && minute < window[1] &&
        outages.some(([start, end]) => start <= minute && minute < (end ?? Infinity))
      );
      assertEquals(report.downInOutages / MINUTE, inOutages.length);
      const minuteOf = (time: string) => (Date.parse(time) - START) / MINUTE;
      assertEquals(
        report.outages.filter(({ end }) => end !== null).map(({ start, end }) => [
          minuteOf(start),
          minuteOf(end!),
        ]),
        outages.filter((outage): outage is [number, number] =>
          outage[1] !== null && outage[0] < window[1] && outage[1] > window[0]
        ),
      );
      const open = outages.at(-1)?.[1] === null;
      const last = runs.at(-1)!.letter;
      assertEquals(report.condition === "down", open);
      assertEquals(report.state === "failing", !open && last === "d" && report.state !== "flapping");
    }),
    { numRuns: 25 },
  );
});
