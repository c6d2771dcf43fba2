import { assertEquals, assertStringIncludes } from "@std/assert";
import { goodTls } from "../../report/_samples.ts";
import { runsOf, simulate, type SimulatedRun, toldBy } from "./_follow.ts";
import { testRows } from "../../_test_rows.ts";

const PURE = { permissions: "none" } as const;

/** Runs before an edit of the task file, and after it. */
function edit(before: string, after: string, thresholds = {}): SimulatedRun[] {
  return [...runsOf(before, { thresholds }), ...runsOf(after, { thresholds, definition: "b" })];
}

testRows<[before: string, after: string, failures: number, told: string[]]>(
  "advanceState() takes an edit of the task file for no event of the site, from one condition to another:",
  [
    ["u", "uu", 1, []],
    ["u", "ggg", 1, []],
    // Whoever was told that the check is not up learns that this is over.
    ["ud", "uu", 1, ["1: down", "2: up"]],
    ["ug", "uu", 1, ["1: degraded", "2: up"]],
    ["ud", "ggg", 1, ["1: down", "2: degraded"]],
    ["ud", "ggu", 1, ["1: down", "2: degraded", "4: up"]],
    ["ud", "ddd", 1, ["1: down"]],
    ["ug", "ggg", 1, ["1: degraded"]],
    // A check that fails after the edit is told of like a new check.
    ["u", "ddd", 1, ["1: down"]],
    ["ug", "dd", 1, ["1: degraded", "2: down"]],
    ["udd", "dddd", 3, ["5: down"]],
    ["u", "duddd", 3, ["5: down"]],
    // The site changes later.
    ["ud", "ud", 1, ["1: down", "2: up", "3: down"]],
    ["udd", "du", 2, ["2: down", "4: up"]],
    ["u", "gu", 1, []],
    ["u", "gd", 1, ["2: down"]],
    ["u", "gdu", 1, ["2: down", "3: up"]],
    ["d", "uddu", 1, ["0: down", "1: up", "2: down", "4: up"]],
    ["x", "x", 1, []],
  ],
  ([before, after, failures, told]) => {
    assertEquals(toldBy(edit(before, after, { failures })), told);
  },
  PURE,
);

Deno.test(
  "advanceState() keeps the changes that follow from an edit, so that a report knows them",
  PURE,
  () => {
    const { changes } = simulate(edit("u", "gu"));
    assertEquals(changes.map(({ kind, from, to, quiet }) => [kind, from, to, quiet ?? false]), [
      ["degraded", "up", "degraded", true],
      ["up", "degraded", "up", true],
    ]);
  },
);

Deno.test("advanceState() says that the task file changed if a check fails after that", PURE, () => {
  const { changes } = simulate(edit("u", "d"));
  assertStringIncludes(
    changes[0]?.cause ?? "",
    "refused in connect: nobody there, after a change of the task file",
  );
});

Deno.test("advanceState() says that the task file changed if a check is up after that", PURE, () => {
  const { changes } = simulate(edit("ud", "u"));
  assertEquals(changes[1]?.outage?.cause, "refused in connect: nobody there; then the task file changed");
});

testRows<[turns: string, told: string[]]>(
  "advanceState() loses no change of a check that two watches define differently in one history, which take turns:",
  [["ab", ["5: down", "9: up"]], ["abba", ["5: down", "9: up"]], ["abbbaa", ["5: down", "9: up"]]],
  ([turns, told]) => {
    const runs = [..."uuuudddduuuu"].flatMap((letter, index) =>
      runsOf(letter, { definition: turns[index % turns.length]! })
    );
    assertEquals(toldBy(runs, { thresholds: { failures: 2, successes: 2 } }), told);
  },
  PURE,
);

testRows<[letters: string, told: string[]]>(
  "advanceState() counts failures also if each run has a definition of its own,",
  [
    ["uuuddduuuddd", ["4: down", "6: up", "10: down"]],
    ["uggg", ["2: degraded"]],
  ],
  ([letters, told]) => {
    const runs = [...letters].flatMap((letter, index) => runsOf(letter, { definition: `${index}` }));
    assertEquals(toldBy(runs, { thresholds: { failures: 2 } }), told);
  },
  PURE,
);

Deno.test("advanceState() takes the return to a definition that is out of use for an edit", PURE, () => {
  const runs = ["uuu", "uuuu", "ggg"].flatMap((letters, index) =>
    runsOf(letters, { definition: index === 1 ? "b" : "a" })
  );
  assertEquals(toldBy(runs), []);
});

Deno.test("advanceState() learns certificate and behaviour anew after an edit", PURE, () => {
  const soon = { tls: goodTls({ version: "TLSv1.2" }, 20) };
  const runs: SimulatedRun[] = [
    ...runsOf("uu", { result: { tls: goodTls({}, 20) } }),
    ...runsOf("uuuuuuuu", { result: soon, definition: "b", thresholds: { certificateDays: [30, 7] } }),
    ...runsOf("uu", {
      result: { tls: goodTls({}, 6) },
      definition: "b",
      thresholds: { certificateDays: [30, 7] },
    }),
  ];
  assertEquals(toldBy(runs), ["10: certificate-soon"]);
});
