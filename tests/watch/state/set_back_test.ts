import { assertEquals } from "@std/assert";
import { advanceState } from "../../../lib/watch/state/advance.ts";
import { newState } from "../../../lib/watch/state/check_state.ts";
import { testRows } from "../../_test_rows.ts";
import { runAt } from "../_samples.ts";
import { ONCE } from "./_follow.ts";

const VERDICTS = { u: "up", d: "down", g: "degraded" } as const;

/** Follows runs at some minutes, and lists changes: minute, kind, and the minutes of the outage that they tell of. */
function follow(runs: readonly (readonly [minute: number, letters: string])[], thresholds = {}): string[] {
  const task = {
    thresholds: { ...ONCE, ...thresholds },
    definition: "a",
    interval: 60_000,
    remind: 2 * 60_000,
  };
  let state = newState("2026-03-01T12:00:00.000Z");
  return runs.flatMap(([start, letters]) =>
    [...letters].flatMap((letter, index) => {
      const run = runAt(start + index, VERDICTS[letter as keyof typeof VERDICTS]);
      const advanced = advanceState(state, run, task);
      state = advanced.state;
      return advanced.changes.map(({ kind, outage }) =>
        `${start + index}: ${kind}${outage === undefined ? "" : ` ${outage.ms / 60_000}`}`
      );
    })
  );
}

testRows<[runs: [minute: number, letters: string][], told: string[], thresholds?: { failures: number }]>(
  "advanceState() counts anew from the time to which the clock was set back,",
  [
    [[[0, "u"], [2880, "dd"], [2, "dddu"]], ["2880: down", "4: reminder 2", "5: up 3"]],
    [[[60, "ud"], [2, "dddu"]], ["61: down", "4: reminder 2", "5: up 3"]],
    [[[60, "ud"], [2, "ddddu"]], ["2: down", "4: reminder 2", "6: up 4"], { failures: 2 }],
    [[[60, "ug"], [2, "ggu"]], ["61: degraded", "4: up 2"]],
    // Of two watches, one records its run later.
    [[[0, "u"], [10, "d"], [9, "d"], [11, "u"]], ["10: down", "11: up 1"]],
  ],
  ([runs, told, thresholds]) => {
    assertEquals(follow(runs, thresholds), told);
  },
  { permissions: "none" },
);
