import { assert, assertEquals } from "@std/assert";
import type { Thresholds } from "../../../lib/watch/tasks/task.ts";
import { runsOf, simulate, type SimulatedRun, toldBy } from "./_follow.ts";
import { testRows } from "../../_test_rows.ts";

const PURE = { permissions: "none" } as const;
const SECONDS = 1 / 60;

testRows<[letters: string, thresholds: Partial<Thresholds>, interval: number, told: string[]]>(
  "advanceState() tells once that a check is flapping, and once that it is steady,",
  [
    // At every interval, with one failure or several.
    ["ududududududududu", {}, 1, ["1: down", "2: up", "3: down", "4: up", "5: down", "6: flapping"]],
    ["ududududududududu", {}, 10 * SECONDS, [
      "1: down",
      "2: up",
      "3: down",
      "4: up",
      "5: down",
      "6: flapping",
    ]],
    ["ududududududududu", {}, 15, ["1: down", "2: up", "3: down", "4: up", "5: down", "6: flapping"]],
    ["ududududududududu", { failures: 3 }, 1, ["6: flapping"]],
    ["ududududududududu", { failures: 3 }, 15, ["6: flapping"]],
    ["ududududududududu", { flapping: 3 }, 1, ["1: down", "2: up", "3: flapping"]],
    ["udududud", { flapping: 0 }, 1, ["1: down", "2: up", "3: down", "4: up", "5: down", "6: up", "7: down"]],
    ["dgdgdgdgdgdgdg", { failures: 2 }, 1, ["1: degraded", "2: down", "3: degraded", "6: flapping"]],
    // Steady again.
    ["udududud uuuuuuuuu", {}, 1, [
      "1: down",
      "2: up",
      "3: down",
      "4: up",
      "5: down",
      "6: flapping",
      "13: steady up",
    ]],
    ["udududud ggggg", { failures: 3 }, 1, ["6: flapping", "10: steady degraded"]],
    // A check that stays down is told of soon.
    ["udududud dddd u", {}, 1, [
      "1: down",
      "2: up",
      "3: down",
      "4: up",
      "5: down",
      "6: flapping",
      "9: steady down",
      "12: up",
    ]],
    ["udududud dddd u", { failures: 3 }, 15, ["6: flapping", "9: steady down", "12: up"]],
    ["udududud ddddd", { failures: 5 }, 1, ["6: flapping", "11: steady down"]],
    // A run that could not be measured changes nothing.
    ["uxdxuxdxuxdxuxd", { failures: 3 }, 1, ["12: flapping"]],
    // Single failures among many good runs are what failures is for.
    [`${"uuuuuuuuud".repeat(30)}u`, { failures: 3 }, 10 * SECONDS, []],
    // Outages of some minutes, many times in an hour.
    ["uuuudddd".repeat(5), { failures: 3 }, 1, [
      "6: down",
      "8: up",
      "14: down",
      "16: up",
      "22: down",
      "24: flapping",
    ]],
    // Outages of an hour, every two hours.
    [
      "uuuudddd".repeat(6),
      { failures: 3 },
      15,
      [6, 14, 22, 30, 38, 46].flatMap((run) => [
        `${run}: down`,
        ...(run === 46 ? [] : [`${run + 2}: up`]),
      ]),
    ],
    // A check that runs once a day.
    ["ududududu", {}, 1440, [1, 3, 5, 7].flatMap((run) => [`${run}: down`, `${run + 1}: up`])],
  ],
  ([letters, thresholds, interval, told]) => {
    assertEquals(toldBy(runsOf(letters), { thresholds: { flapping: 6, ...thresholds }, interval }), told);
  },
  PURE,
);

Deno.test(
  "advanceState() sends few notices for a check that fails by chance, and tells of the outage after that",
  PURE,
  () => {
    // A linear congruential generator: the same numbers in every run of the test.
    let seed = 7;
    const letters = Array.from({ length: 600 }, () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % 1000 < 500 ? "u" : "d";
    }).join("");
    const told = toldBy(runsOf(`${letters}${"d".repeat(16)}`), { thresholds: { flapping: 6 } });
    assert(told.length < 30, told.join("; "));
    assertEquals(told.at(-1)?.endsWith("down"), true, told.join("; "));
  },
);

Deno.test("advanceState() keeps the changes of a flapping check, and who knows of them", PURE, () => {
  const { state, changes } = simulate(runsOf("udududud dddd"), { thresholds: { flapping: 6 } });
  assertEquals(
    changes.filter(({ run }) => run >= 6).map((
      { run, kind, from, to, quiet },
    ) => [run, kind, from, to, quiet ?? false]),
    [
      [6, "up", "down", "up", true],
      [6, "flapping", "up", "up", false],
      [7, "down", "up", "down", true],
      [9, "steady", "down", "down", false],
    ],
  );
  assertEquals(changes.find(({ kind }) => kind === "flapping")?.cause, "6 changes in 5m, now up");
  const steady = changes.find(({ kind }) => kind === "steady");
  assertEquals([steady?.cause, steady?.outage], ["refused in connect: nobody there", {
    start: "2026-03-01T12:07:00.000Z",
    ms: 120_000,
    cause: "refused in connect: nobody there",
  }]);
  assertEquals([state.flapping, state.told], [undefined, undefined]);
});

Deno.test("advanceState() goes on after a restart that falls into the time of flapping", PURE, () => {
  const thresholds = { flapping: 6, failures: 3 };
  const { state } = simulate(runsOf("ududududu"), { thresholds });
  assertEquals(toldBy(runsOf("dudu uuuuuuuu"), { thresholds, state }), ["8: steady up"]);
});

testRows<[after: string, told: string[]]>(
  "advanceState() ends the time of flapping quietly if the task file turns it off, before runs",
  [
    ["uud", ["6: flapping", "10: down"]],
    // Nobody knows yet that the check is down.
    ["ddu", ["6: flapping", "8: down", "10: up"]],
  ],
  ([after, told]) => {
    const off = { thresholds: { flapping: 0 }, definition: "b" };
    const runs: SimulatedRun[] = [
      ...runsOf("udududud", { thresholds: { flapping: 6 } }),
      ...runsOf(after, off),
    ];
    assertEquals(toldBy(runs).slice(5), told);
  },
  PURE,
);

Deno.test("advanceState() says for how long a check was flapping, and its last fault", PURE, () => {
  const { changes } = simulate(runsOf("udududgu uuuuu"), { thresholds: { flapping: 6, failures: 3 } });
  assertEquals(changes.map(({ kind, outage }) => [kind, outage]), [
    ["flapping", undefined],
    ["steady", {
      start: "2026-03-01T12:01:00.000Z",
      ms: 660_000,
      cause: "not timings.total < 1ms (found 5 ms)",
    }],
  ]);
});

Deno.test(
  "advanceState() does not count changes from a time to which the clock was set by mistake",
  PURE,
  () => {
    const thresholds = { flapping: 6, failures: 1 };
    const { state } = simulate(runsOf("uuu"), { thresholds });
    const ahead = { ...state, turns: [1, 2, 3, 4].map((hour) => Date.UTC(2030, 1, 1, hour)) };
    assertEquals(toldBy(runsOf("uuuuuuuud duuuuuuuu"), { thresholds, state: ahead }), ["8: down", "10: up"]);
  },
);
