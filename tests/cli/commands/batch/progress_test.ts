import { assert, assertEquals } from "@std/assert";
import { BatchProgress, type BatchProgressOptions } from "../../../../lib/cli/commands/batch/progress.ts";
import { testRows } from "../../../_test_rows.ts";
import { type Moment, type Shape, simulate } from "./_simulated_run.ts";

const PURE = { permissions: "none" } as const;

/** Runs that go on as they began. */
const STEADY: readonly Shape[] = [
  { name: "every try takes a second", time: () => 1_000 },
  { name: "a few long rounds of equal tries", targets: 500, time: () => 10_000 },
  { name: "nearly as many places as targets", targets: 100, concurrency: 60, time: () => 3_000 },
  { name: "tries of various lengths", time: (_, chance) => 200 + 1_600 * chance() },
  { name: "one try at a time", targets: 300, concurrency: 1, time: (_, chance) => 100 + 100 * chance() },
  { name: "--rate with quick answers", rate: 40, time: (_, chance) => 100 + 200 * chance() },
  { name: "--rate with slow answers", targets: 500, concurrency: 100, rate: 10, time: () => 5_000 },
  { name: "--rate with hosts that are gone", concurrency: 500, rate: 40, time: mostlyQuick },
  {
    name: "--rate with a few slow answers",
    targets: 4_000,
    concurrency: 500,
    rate: 200,
    time: (_, chance) => chance() < 0.05 ? 200 + 800 * chance() : 20,
  },
  { name: "hosts that hang until a limit", time: (_, chance) => chance() < 0.1 ? 5_000 : 300 },
  { name: "every twentieth answer is slow", targets: 20_000, concurrency: 100, time: sometimesSlow },
  { name: "every fiftieth host hangs", targets: 5_000, time: (target) => target % 50 === 0 ? 5_000 : 100 },
  { name: "--rate that is never reached", concurrency: 5, rate: 100, time: () => 200 },
  { name: "--retry, and every target fails", targets: 1_000, time: () => 200, tries: () => 3 },
  { name: "--resume after half of the list", earlier: 1_000, time: (_, chance) => 500 + 500 * chance() },
  { name: "a stop of a minute", stop: { at: 10_000, ms: 60_000 }, time: () => 1_000 },
];

function sometimesSlow(target: number, chance: () => number): number {
  return target % 20 === 9 ? 200 + 600 * chance() : 30;
}

function mostlyQuick(_: number, chance: () => number): number {
  return chance() < 0.1 ? 10_000 : 100;
}

testRows("BatchProgress is right within 20 % from a tenth on", STEADY, (shape) => {
  const { targets = 2_000, earlier = 0, stop } = shape;
  const tenth = (earlier + (targets - earlier) / 10) / targets;
  const wrong = simulate(shape).filter(({ at, trueShare, trueLeft, left = Infinity }) => {
    // Nobody can foresee that the user will stop the process.
    if (trueShare < tenth || stop && at <= stop.at) return false;
    // The line is drawn five times a second.
    return Math.abs(left - trueLeft) > 0.2 * trueLeft + 200;
  });
  assertEquals(wrong, []);
}, PURE);

/** Runs that change on the way. */
const CHANGING: readonly Shape[] = [
  { name: "a slow start", time: (target) => target < 200 ? 4_000 : 500 },
  { name: "hosts that are gone at the beginning", time: (target) => target < 100 ? 10_000 : 400 },
  { name: "hosts that are gone at the end", time: (target) => target > 1_900 ? 10_000 : 400 },
  { name: "hosts that are gone everywhere", time: mostlyQuick },
  { name: "--retry, and a fifth fails", time: () => 250, tries: (_, chance) => chance() < 0.2 ? 3 : 1 },
  {
    name: "a list of which only a part was counted, and the estimate changes",
    time: () => 300,
    list: ({ begun }) => ({
      size: begun < 500 ? 1_200 : begun < 1_000 ? 3_000 : 2_000,
      isCounted: false,
      isRead: false,
    }),
  },
];

testRows("BatchProgress never goes back, and never exceeds 100 %", [...STEADY, ...CHANGING], (shape) => {
  const shares = simulate(shape).map(({ share = 0 }) => share);
  assertEquals(shares, shares.toSorted((a, b) => a - b));
  assert(shares.at(-1)! <= 1, String(shares.at(-1)));
}, PURE);

testRows("BatchProgress gives the exact share of a list that is counted", STEADY, (shape) => {
  const wrong = simulate(shape).filter(({ share, trueShare }) => share !== trueShare);
  assertEquals(wrong, []);
}, PURE);

testRows("BatchProgress finds back to the truth after a change", CHANGING.slice(0, 2), (shape) => {
  const moments = simulate(shape);
  const half = moments.filter(({ trueShare }) => trueShare >= 0.5);
  const isWrong = ({ left = Infinity, trueLeft }: Moment): boolean =>
    Math.abs(left - trueLeft) > 0.2 * trueLeft + 200;
  assertEquals(half.filter(isWrong), []);
}, PURE);

Deno.test("BatchProgress names neither share nor time while the size of the list is unknown", PURE, () => {
  const unknown = { size: undefined, isCounted: false, isRead: false };
  const moments = simulate({ name: "stdin", targets: 400, time: () => 500, list: () => unknown });
  const known = moments.filter(({ share, left }) => share !== undefined || left !== undefined);
  assertEquals(known, []);
});

/** Makes a progress with rows that each took a second, one after the other. */
function progressOf(rows: readonly boolean[], options: Partial<BatchProgressOptions>): BatchProgress {
  let now = 0;
  const list = { size: 5_000, isCounted: true, isRead: false };
  const progress = new BatchProgress({ list, now: () => now, ...options });
  for (const ok of rows) {
    const end = progress.meter.begin();
    progress.format();
    now += 1_000;
    end(true);
    progress.take({ ok });
  }
  progress.meter.begin();
  return progress;
}

const ROWS = Array.from({ length: 250 }, (_, i) => i % 10 > 0);

testRows<[name: string, options: Partial<BatchProgressOptions>, lines: string[]]>(
  "BatchProgress.format() leaves out parts until the line fits",
  [
    ["a list of known size", {}, [
      "250 of 5,000 (5 %), 1/s, 225 ok, 25 failed, 1h 19m left",
      "250 of 5,000 (5 %), 1/s, 25 failed, 1h 19m left",
      "250 of 5,000 (5 %), 25 failed, 1h 19m left",
      "5 %, 25 failed, 1h 19m left",
      "5 %, 1h 19m left",
    ]],
    ["a list of estimated size", { list: { size: 4_999.6, isCounted: false, isRead: false } }, [
      "250 of about 5,000 (5 %), 1/s, 225 ok, 25 failed, 1h 19m left",
      "250 of about 5,000 (5 %), 1/s, 25 failed, 1h 19m left",
      "250 of about 5,000 (5 %), 25 failed, 1h 19m left",
      "5 %, 25 failed, 1h 19m left",
      "5 %, 1h 19m left",
    ]],
    ["rows of an earlier run", { done: { rows: 2_500, passedOver: 10 } }, [
      "2,750 of 5,000 (55 %), 1/s, 225 ok, 25 failed, 37m 30s left",
      "2,750 of 5,000 (55 %), 1/s, 25 failed, 37m 30s left",
      "2,750 of 5,000 (55 %), 25 failed, 37m 30s left",
      "55 %, 25 failed, 37m 30s left",
      "55 %, 37m 30s left",
    ]],
    ["stdin", { list: { size: undefined, isCounted: false, isRead: false } }, [
      "250 done, 1/s, 225 ok, 25 failed",
      "250 done, 1/s, 25 failed",
      "250 done, 25 failed",
      "250 done, 25 failed",
      "250 done",
    ]],
  ],
  ([, options, lines]) => {
    assertEquals(progressOf(ROWS, options).format(), lines);
  },
  PURE,
);

Deno.test("BatchProgress.format() says how many targets are running before the first row", PURE, () => {
  assertEquals(progressOf([], {}).format()[0], "0 of 5,000 (0 %), 1 running");
});

Deno.test("BatchProgress expects as many rows of each name as the names so far had", PURE, () => {
  const list = { size: 100, isCounted: true, isRead: false };
  const progress = new BatchProgress({ list, now: () => 0 });
  progress.addAddresses(4);
  assertEquals(progress.format()[0], "0 of 400 (0 %), 0 running");
  for (const address of ["1", "2", "3", "4"]) progress.take({ ok: true, address });
  // A target without a lookup has one row.
  progress.take({ ok: true });
  assertEquals(progress.format()[0]?.split(",")[0], "5 of 250 (2 %)");
});

testRows<[name: string, options: Partial<BatchProgressOptions>, text: string | undefined]>(
  "BatchProgress.describeInterrupted() tells how far a run came",
  [
    ["a counted list", {}, "after 250 of 5,000 targets"],
    [
      "an estimate",
      { list: { size: 1_234.5, isCounted: false, isRead: false } },
      "after 250 of about 1,235 targets",
    ],
    ["stdin", { list: { size: undefined, isCounted: false, isRead: false } }, "before the end of the list"],
    ["the last target", { list: { size: 250, isCounted: true, isRead: true } }, undefined],
    ["rows of an earlier run", { done: { rows: 2_500, passedOver: 10 } }, "after 2,750 of 5,000 targets"],
  ],
  ([, options, text]) => {
    assertEquals(progressOf(ROWS, options).describeInterrupted(), text);
  },
  PURE,
);
