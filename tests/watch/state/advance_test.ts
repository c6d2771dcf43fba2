import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Verdict } from "../../../lib/watch/run_task.ts";
import { advanceState } from "../../../lib/watch/state/advance.ts";
import { type CheckState, newState } from "../../../lib/watch/state/check_state.ts";
import type { StateChange } from "../../../lib/watch/state/state_change.ts";
import type { Thresholds } from "../../../lib/watch/tasks/task.ts";
import { goodConnection, goodTls } from "../../report/_samples.ts";
import { runAt } from "../_samples.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

const ONCE: Thresholds = { failures: 1, successes: 1, certificateDays: [14], flapping: 6 };

/**
 * Simulates one run per minute, and lists each change with its minute and the minute from which the new condition
 * holds.
 */
function follow(letters: string, thresholds: Thresholds): string[] {
  const verdicts: Record<string, Verdict> = { u: "up", g: "degraded", d: "down", x: "unknown" };
  let state: CheckState = newState("2026-03-01T12:00:00.000Z");
  return [...letters].flatMap((letter, minute) => {
    const advanced = advanceState(state, runAt(minute, verdicts[letter]!), { thresholds, definition: "a" });
    state = advanced.state;
    return advanced.changes.map(({ kind, at, from, since }) =>
      `${new Date(at).getUTCMinutes()}: ${from} ${kind} since ${new Date(since).getUTCMinutes()}`
    );
  });
}

testRows<[letters: string, thresholds: Partial<Thresholds>, changes: string[]]>(
  "advanceState() changes the condition at its thresholds",
  [
    ["uuu", {}, []],
    ["d", {}, ["0: new down since 0"]],
    ["ud", {}, ["1: up down since 1"]],
    ["uddu", {}, ["1: up down since 1", "3: down up since 3"]],
    ["udduddd", { failures: 3 }, ["6: up down since 4"]],
    ["uddduu", { failures: 3, successes: 2 }, ["3: up down since 1", "5: down up since 4"]],
    ["dddudu", { failures: 2, successes: 2 }, ["1: new down since 0"]],
    ["ug", {}, ["1: up degraded since 1"]],
    ["uggu", { failures: 2 }, ["2: up degraded since 1", "3: degraded up since 3"]],
    ["ugd", {}, ["1: up degraded since 1", "2: degraded down since 2"]],
    ["udg", {}, ["1: up down since 1", "2: down degraded since 2"]],
    ["udxd", { failures: 2 }, ["3: up down since 1"]],
    ["uxxx", {}, []],
    ["x", {}, []],
  ],
  ([letters, thresholds, changes]) => {
    assertEquals(follow(letters, { ...ONCE, ...thresholds }), changes, letters);
  },
  { permissions: "none" },
);

function changesOf(runs: readonly Parameters<typeof runAt>[]): StateChange[] {
  let state = newState("2026-03-01T12:00:00.000Z");
  return runs.flatMap((run) => {
    const advanced = advanceState(state, runAt(...run), { thresholds: ONCE, definition: "a" });
    state = advanced.state;
    return advanced.changes;
  });
}

Deno.test("advanceState() reports once that a certificate expires soon, and once that it was renewed", {
  permissions: "none",
}, () => {
  const changes = changesOf(
    [15, 13, 12, 90].map((days, minute) => [minute, "up", { tls: goodTls({}, days) }]),
  );
  assertEquals(changes.map(({ kind, from, to }) => [kind, from, to]), [
    ["certificate-soon", "up", "up"],
    ["certificate-renewed", "up", "up"],
  ]);
  assertStringIncludes(changes[0]?.cause ?? "", "expires in 13 days");
});

testRows<[days: number[], kinds: string[]]>(
  "advanceState() does not warn about a certificate with exactly certificateDays left",
  [
    [[15, 14], []],
    [[14, 13], ["certificate-soon"]],
    [[13, 14], ["certificate-soon", "certificate-renewed"]],
    [[0, -1], ["certificate-soon"]],
  ],
  ([days, kinds]) => {
    const runs = days.map((left, minute): Parameters<typeof runAt> => [
      minute,
      "up",
      { tls: goodTls({}, left) },
    ]);
    assertEquals(changesOf(runs).map(({ kind }) => kind), kinds, days.join(", "));
  },
  {
    permissions: "none",
  },
);

Deno.test(
  "advanceState() reports a new behaviour once it was seen twice",
  { permissions: "none" },
  async (test) => {
    const lying = { connection: goodConnection({ announced: { persistent: false } }) };
    const rows: [runs: Parameters<typeof runAt>[], causes: string[]][] = [
      [[[0, "up"], [1, "up", lying], [2, "up"], [3, "up", lying], [4, "up"]], []],
      [[[0, "up"], [1, "up", lying], [2, "up", lying], [3, "up", lying]], ["persistent: true → false"]],
      [[[0, "up"], [1, "down"], [2, "down"], [3, "up"]], []],
      [
        [[0, "up"], [1, "up", { ...lying, version: "1.0" }], [2, "up", { ...lying, version: "1.0" }]],
        ["version: 1.1 → 1.0; persistent: true → false"],
      ],
    ];
    await stepRows(test, rows, ([runs, causes]) => {
      const changes = changesOf(runs).filter(({ kind }) => kind === "behaviour");
      assertEquals(changes.map(({ cause }) => cause), causes);
    });
  },
);
