import { assertEquals } from "@std/assert";
import { advanceState } from "../../../lib/watch/state/advance.ts";
import { type CheckState, type KnownCondition, newState } from "../../../lib/watch/state/check_state.ts";
import type { StateChange } from "../../../lib/watch/state/state_change.ts";
import type { Thresholds } from "../../../lib/watch/tasks/task.ts";
import { runAt } from "../_samples.ts";
import { ONCE, runsOf, simulate, toldBy } from "./_follow.ts";
import { testRows } from "../../_test_rows.ts";

const PURE = { permissions: "none" } as const;

function describe({ at, from, kind, since }: StateChange): string {
  return `${new Date(at).getUTCMinutes()}: ${from} ${kind} since ${new Date(since).getUTCMinutes()}`;
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
    assertEquals(simulate(runsOf(letters), { thresholds }).changes.map(describe), changes);
  },
  PURE,
);

testRows<[letters: string, thresholds: Partial<Thresholds>, changes: string[]]>(
  "advanceState() counts every run that is not up towards leaving up",
  [
    ["udg", { failures: 2 }, ["2: up degraded since 1"]],
    ["ugd", { failures: 2 }, ["2: up degraded since 1"]],
    ["udgd", { failures: 2 }, ["2: up degraded since 1", "3: degraded down since 1"]],
    ["uxdxgx", { failures: 2 }, ["4: up degraded since 2"]],
    ["udgxdg", { failures: 3 }, ["4: up degraded since 1"]],
    ["ugdgdgd", { failures: 3 }, ["3: up degraded since 1", "6: degraded down since 2"]],
    ["dg", { failures: 2 }, ["1: new degraded since 0"]],
    ["dgd", { failures: 3 }, ["2: new degraded since 0"]],
    // An up run ends the count.
    ["udgudgu", { failures: 3 }, []],
    // Single failures far apart, in a time that is degraded anyway.
    ["ugggdgggdggg", { failures: 2 }, ["2: up degraded since 1"]],
    ["udggdggd", { failures: 2 }, ["2: up degraded since 1"]],
    ["ugggddggg", { failures: 2 }, [
      "2: up degraded since 1",
      "5: degraded down since 4",
      "6: down degraded since 6",
    ]],
  ],
  ([letters, thresholds, changes]) => {
    assertEquals(simulate(runsOf(letters), { thresholds }).changes.map(describe), changes);
  },
  PURE,
);

testRows<[letters: string, thresholds: Partial<Thresholds>, changes: string[]]>(
  "advanceState() counts every run that is not down towards leaving down",
  [
    ["dgu", { successes: 2 }, ["0: new down since 0", "2: down degraded since 1"]],
    ["dugu", { successes: 2 }, ["0: new down since 0", "2: down degraded since 1"]],
    ["dguu", { successes: 2 }, ["0: new down since 0", "2: down degraded since 1", "3: degraded up since 2"]],
    ["duxu", { successes: 2 }, ["0: new down since 0", "3: down up since 1"]],
    ["dudu", { successes: 2, failures: 2 }, []],
  ],
  ([letters, thresholds, changes]) => {
    assertEquals(simulate(runsOf(letters), { thresholds }).changes.map(describe), changes);
  },
  PURE,
);

testRows<[letters: string, failures: number, pending: [KnownCondition, number, number] | undefined]>(
  "advanceState() shows a condition that is not confirmed yet",
  [
    ["ud", 3, ["down", 1, 3]],
    ["udxd", 3, ["down", 2, 3]],
    ["udg", 3, ["degraded", 2, 3]],
    ["d", 3, ["down", 1, 3]],
    ["udu", 3, undefined],
    ["uddd", 3, undefined],
  ],
  ([letters, failures, pending]) => {
    const { state } = simulate(runsOf(letters), { thresholds: { failures } });
    assertEquals(
      state.pending && [state.pending.condition, state.pending.runs, state.pending.needed],
      pending,
    );
  },
  PURE,
);

testRows<[letters: string, thresholds: Partial<Thresholds>, outages: (string | undefined)[]]>(
  "advanceState() says how long a check was not up, and why",
  [
    ["udddu", { failures: 2 }, [undefined, "1 +3: refused in connect: nobody there"]],
    ["uddguu", {}, [
      undefined,
      "1 +2: refused in connect: nobody there",
      "1 +3: refused in connect: nobody there",
    ]],
    ["uggu", {}, [undefined, "1 +2: not timings.total < 1ms (found 5 ms)"]],
    ["ugdu", {}, [undefined, undefined, "1 +2: refused in connect: nobody there"]],
  ],
  ([letters, thresholds, outages]) => {
    const { changes } = simulate(runsOf(letters), { thresholds });
    assertEquals(
      changes.map(({ outage }) =>
        outage && `${new Date(outage.start).getUTCMinutes()} +${outage.ms / 60_000}: ${outage.cause}`
      ),
      outages,
    );
  },
  PURE,
);

testRows<[state: Partial<CheckState>, letters: string, told: string[]]>(
  "advanceState() continues from a state of an older version",
  [
    [{ condition: "up" }, "u", []],
    [{ condition: "up", pending: { condition: "down", runs: 2, since: "2026-03-01T11:58:00.000Z" } }, "d", [
      "0: down",
    ]],
    [
      { condition: "up", pending: { condition: "degraded", runs: 2, since: "2026-03-01T11:58:00.000Z" } },
      "d",
      ["0: degraded"],
    ],
    [{ condition: "down" }, "u", ["0: up"]],
    [
      { condition: "down", pending: { condition: "up", runs: 1, since: "2026-03-01T11:58:00.000Z" } },
      "d",
      [],
    ],
    [{ condition: "up", behaviour: { server: "none" }, otherBehaviour: { server: "a" } }, "u", []],
  ],
  ([state, letters, told]) => {
    const before = {
      since: "2026-03-01T11:00:00.000Z",
      certificateSoon: false,
      condition: "up",
      ...state,
    } as const;
    assertEquals(toldBy(runsOf(letters), { thresholds: { failures: 3 }, state: before }), told);
  },
  PURE,
);

Deno.test("advanceState() is not confused by a clock that was set back", PURE, () => {
  const before = simulate(runsOf("uud"), { interval: 10 }).state;
  const { changes } = simulate(runsOf("u"), { state: before });
  assertEquals(changes.map(({ kind, outage }) => [kind, outage?.ms]), [["up", 0]]);
});

testRows<[verdict: "down" | "unknown", kind: string]>(
  "advanceState() dates changes from the start of the first hop:",
  [["down", "down"], ["unknown", "unmeasured"]],
  ([verdict, kind]) => {
    const run = runAt(5, verdict, { redirects: [runAt(3, "up").result] });
    const { changes } = advanceState(newState("2026-03-01T12:00:00.000Z"), run, {
      thresholds: ONCE,
      interval: 60_000,
      definition: "a",
    });
    assertEquals(changes.map(({ kind, at }) => [kind, at]), [[kind, "2026-03-01T12:03:00.000Z"]]);
  },
  PURE,
);
