import { assertEquals } from "@std/assert";
import type { TaskRun } from "../../../lib/watch/run_task.ts";
import { advanceState } from "../../../lib/watch/state/advance.ts";
import { type CheckState, newState } from "../../../lib/watch/state/check_state.ts";
import type { StateChange } from "../../../lib/watch/state/state_change.ts";
import type { Thresholds } from "../../../lib/watch/tasks/task.ts";
import { runAt } from "../_samples.ts";
import { testRows } from "../../_test_rows.ts";
import { ONCE } from "./_follow.ts";

/** A run by its letter: `u`p, de`g`raded, `d`own, unknown (`x`), quiet because of another check (`q`), `m`aintenance. */
function runOf(letter: string, minute: number): TaskRun {
  switch (letter) {
    case "u":
      return runAt(minute, "up");
    case "g":
      return runAt(minute, "degraded");
    case "x":
      return runAt(minute, "unknown");
    case "q":
      return { ...runAt(minute, "down"), verdict: "unknown", reason: "gateway is down" };
    case "m":
      return { ...runAt(minute, "down"), excluded: "maintenance" };
    default:
      return runAt(minute, "down");
  }
}

interface Options {
  /** Minutes between reminders. */
  readonly remind?: number | undefined;
  readonly thresholds?: Partial<Thresholds>;
  readonly state?: CheckState;
}

/** Follows one run a minute, and stores the state after each as JSON. */
function follow(letters: string, { remind, thresholds, state: first }: Options): StateChange[] {
  let state = first ?? newState("2026-03-01T12:00:00.000Z");
  return [...letters].flatMap((letter, minute) => {
    const advanced = advanceState(state, runOf(letter, minute), {
      thresholds: { ...ONCE, ...thresholds },
      definition: "a",
      interval: 60_000,
      remind: remind === undefined ? undefined : remind * 60_000,
    });
    state = JSON.parse(JSON.stringify(advanced.state)) as CheckState;
    return [...advanced.changes];
  });
}

function minutesOf(kind: string, changes: readonly StateChange[]): number[] {
  return changes.filter((change) => change.kind === kind).map(({ at }) => new Date(at).getUTCMinutes());
}

testRows<[letters: string, options: Options, minutes: number[]]>(
  "advanceState() reminds of a check that is down",
  [
    ["ddddddd", {}, []],
    ["ddddddd", { remind: 3 }, [3, 6]],
    ["uuddddd", { remind: 3 }, [5]],
    // Counted from the notice, not from the first run that was down.
    ["udddddddd", { remind: 3, thresholds: { failures: 3 } }, [6]],
    ["dddudddd", { remind: 3 }, [7]],
    ["dddgdddd", { remind: 3 }, [7]],
    // Not while runs succeed, even if the check is still down.
    ["ddduddd", { remind: 3, thresholds: { successes: 2 } }, [4, 6]],
    // A reminder that came late does not delay the next one.
    ["dddmmdddd", { remind: 3 }, [5, 6]],
    ["dddqqqqqdd", { remind: 3 }, [8, 9]],
    ["dddxdd", { remind: 3 }, [4]],
    ["gggggg", { remind: 2 }, []],
    ["ddd", { remind: 0.5 }, [1, 2]],
    // An older version did not keep the time of the notice.
    [
      "ddddd",
      { remind: 3, state: { condition: "down", since: "2026-03-01T11:58:00.000Z", certificateSoon: false } },
      [1, 4],
    ],
  ],
  ([letters, options, minutes]) => assertEquals(minutesOf("reminder", follow(letters, options)), minutes),
  { permissions: "none" },
);

Deno.test(
  "advanceState() says in a reminder since when and why a check is down",
  { permissions: "none" },
  () => {
    const [, reminder] = follow("uddd", { remind: 2 });
    assertEquals(reminder, {
      kind: "reminder",
      at: "2026-03-01T12:03:00.000Z",
      from: "down",
      to: "down",
      since: "2026-03-01T12:01:00.000Z",
      cause: "refused in connect: nobody there",
      outage: {
        start: "2026-03-01T12:01:00.000Z",
        ms: 120_000,
        cause: "refused in connect: nobody there",
      },
    });
  },
);

Deno.test("advanceState() reminds a little early, as cron is never exact", { permissions: "none" }, () => {
  const hour = 3_600_000;
  const start = Date.parse("2026-03-01T12:00:00.400Z");
  let state = newState("2026-03-01T12:00:00.000Z");
  const kinds = [0, hour - 300, 2 * hour + 200, 3 * hour - 31_000].map((ms) => {
    const run = runAt(0, "down", { startedAt: new Date(start + ms).toISOString() });
    const advanced = advanceState(state, run, {
      thresholds: ONCE,
      definition: "a",
      interval: 60_000,
      remind: hour,
    });
    state = advanced.state;
    return advanced.changes.map(({ kind }) => kind).join();
  });
  assertEquals(kinds, ["down", "reminder", "reminder", ""]);
});

Deno.test("advanceState() does not remind while a check is flapping", { permissions: "none" }, () => {
  const changes = follow("udududuudududdddd", { remind: 1, thresholds: { flapping: 3 } });
  const kinds = changes.filter(({ quiet }) => quiet !== true).map(({ kind }) => kind);
  assertEquals(kinds.includes("flapping"), true);
  const from = kinds.indexOf("flapping");
  const to = kinds.indexOf("steady") < 0 ? kinds.length : kinds.indexOf("steady");
  assertEquals(kinds.slice(from, to), ["flapping"]);
});

testRows<[letters: string, unmeasured: number[], measured: number[]]>(
  "advanceState() notices the begin and the end of a time in which a check cannot be measured",
  [
    ["uuu", [], []],
    ["xxx", [0], []],
    ["uxxxu", [1], [4]],
    ["xud", [0], [1]],
    ["xdx", [0, 2], [1]],
    ["xgx", [0, 2], [1]],
    // A failure because of another check was measured, and a run in maintenance counts for nothing.
    ["uqq", [], []],
    ["xqx", [0, 2], [1]],
    ["xmx", [0], []],
  ],
  ([letters, unmeasured, measured]) => {
    const changes = follow(letters, {});
    assertEquals(minutesOf("unmeasured", changes), unmeasured);
    assertEquals(minutesOf("measured", changes), measured);
  },
  { permissions: "none" },
);

Deno.test(
  "advanceState() says how long and why a check could not be measured",
  { permissions: "none" },
  () => {
    const [begin, end] = follow("uxxu", {});
    assertEquals([begin?.cause, begin?.from, begin?.to], ["resource in connect: nobody there", "up", "up"]);
    assertEquals(end?.cause, "it could not be measured for 2m: resource in connect: nobody there");
  },
);

Deno.test("advanceState() ignores a run that the user ended", { permissions: "none" }, () => {
  const error = { kind: "aborted", phase: "connect", by: "local", message: "it was ended" } as const;
  const state = newState("2026-03-01T12:00:00.000Z");
  const run = runAt(0, "unknown", { error });
  assertEquals(advanceState(state, run, { thresholds: ONCE, definition: "a", interval: 60_000 }), {
    state,
    changes: [],
  });
});
