import { assertEquals } from "@std/assert";
import { advanceState } from "../../../lib/watch/state/advance.ts";
import { formatOutageLength } from "../../../lib/watch/state/change_title.ts";
import { type CheckState, newState } from "../../../lib/watch/state/check_state.ts";
import type { StateChange } from "../../../lib/watch/state/state_change.ts";
import type { Thresholds } from "../../../lib/watch/tasks/task.ts";
import { runAt } from "../_samples.ts";
import { testRows } from "../../_test_rows.ts";
import { ONCE } from "./_follow.ts";

const VERDICTS = { u: "up", g: "degraded", d: "down", x: "unknown" } as const;

/** Runs a check in the minutes that have a letter; in those with a point nobody looks. */
function follow(letters: string, thresholds: Partial<Thresholds> = {}): StateChange[] {
  let state: CheckState = newState("2026-03-01T12:00:00.000Z");
  return [...letters].flatMap((letter, minute) => {
    if (!(letter in VERDICTS)) return [];
    const advanced = advanceState(state, runAt(minute, VERDICTS[letter as keyof typeof VERDICTS]), {
      thresholds: { ...ONCE, ...thresholds },
      definition: "a",
      interval: 60_000,
    });
    state = JSON.parse(JSON.stringify(advanced.state)) as CheckState;
    return advanced.changes;
  });
}

testRows<[letters: string, length: string, thresholds?: Partial<Thresholds>]>(
  "advanceState() says for how much of an outage nobody looked",
  [
    ["uuddu", "2m"],
    // The watch was stopped while the check was down.
    ["uudd..........u", "12m, 10m of it not observed"],
    ["uudd....ddd.......u", "16m, 11m of it not observed"],
    // It was stopped before that or afterwards.
    ["uu..........ddu", "2m"],
    ["uuddu..........uu", "2m", { successes: 3 }],
    // Runs that cannot tell say nothing either.
    ["uuddxxxxxu", "7m, 5m of it not observed"],
    // Cron starts a run every five minutes.
    ["u....u....d....d....u", "10m"],
    ["d....d....u", "10m"],
    ["u....u....d....d.................................u", "39m, 29m of it not observed"],
  ],
  ([letters, length, thresholds]) => {
    const { kind, outage } = follow(letters, thresholds).at(-1)!;
    assertEquals([kind, formatOutageLength(outage!)], ["up", length]);
  },
  { permissions: "none" },
);

testRows<[letters: string, mixed: boolean]>(
  "advanceState() tells a time that was partly degraded from one that was down",
  [["uddu", false], ["uggu", false], ["ugdu", true], ["udgu", true], ["uguddu", false]],
  ([letters, mixed]) => {
    assertEquals(follow(letters).at(-1)?.outage?.mixed, mixed ? true : undefined);
  },
  { permissions: "none" },
);
