import { assertEquals } from "@std/assert";
import type { ProbeResult } from "../../../lib/result.ts";
import { behaviourOf } from "../../../lib/watch/state/behaviour.ts";
import { goodConnection, goodResult } from "../../report/_samples.ts";
import { runsOf, simulate, type SimulatedRun } from "./_follow.ts";
import { testRows } from "../../_test_rows.ts";

const PURE = { permissions: "none" } as const;

const RESULTS: Readonly<Record<string, Partial<ProbeResult>>> = {
  // a, b and c are servers of three versions; n is one that did not show its version.
  a: { version: "1.1" },
  b: { version: "1.0" },
  c: { version: "1.2" },
  n: {
    connection: { ...goodConnection(), announced: undefined } as unknown as
      & ProbeResult["connection"]
      & object,
  },
  l: { connection: goodConnection({ announced: { persistent: false } }) },
  m: { version: "1.0", connection: goodConnection({ announced: { persistent: false } }) },
};

function runs(letters: string): SimulatedRun[] {
  return [...letters.replaceAll(" ", "")].flatMap((letter): SimulatedRun[] =>
    letter === "d" ? runsOf("d") : [{ verdict: "up", result: RESULTS[letter]! }]
  );
}

testRows<[letters: string, changes: string[]]>(
  "advanceState() tells of another behaviour once it is steady",
  [
    ["abbbb", []],
    ["abbbbb", ["5 version: 1.1 → 1.0"]],
    ["abbbbbbbbb", ["5 version: 1.1 → 1.0"]],
    ["abbbbb aaaaa", ["5 version: 1.1 → 1.0", "10 version: 1.0 → 1.1"]],
    // Two servers that take turns, or a rollout that takes some time.
    ["ab".repeat(40), []],
    ["aabbb".repeat(20), []],
    [`ab ab ${"b".repeat(28)}`, []],
    [`ab ab ${"b".repeat(40)}`, ["32 version: 1.1 → 1.0"]],
    [`abc ${"bc".repeat(40)}`, []],
    // Long after the turns.
    [`ab ${"a".repeat(40)} bbbbb`, ["46 version: 1.1 → 1.0"]],
    // What a run did not show is no difference.
    ["anananannnnnnn", []],
    ["annnnnl", []],
    ["allnll l", ["6 persistent: true → false"]],
    ["ad dddd da", []],
    ["abb ddd bbb", ["8 version: 1.1 → 1.0"]],
    ["ammmmm", ["5 version: 1.1 → 1.0; persistent: true → false"]],
  ],
  ([letters, expected]) => {
    const changes = simulate(runs(letters)).changes.filter(({ kind }) => kind === "behaviour");
    assertEquals(changes.map(({ run, cause }) => `${run} ${cause}`), expected);
  },
  PURE,
);

testRows<[code: string, deviations: string]>(
  "behaviourOf() leaves out what depends on how long we watched:",
  [
    ["connection-lie", "none"],
    ["excess-data", "none"],
    ["data-after-close", "none"],
    ["tls-truncated", "none"],
    ["bare-lf", "bare-lf"],
  ],
  ([code, deviations]) => {
    const found = [{
      code,
      offset: 0,
      message: "",
      rfc: "",
      class: "sender",
    }] as unknown as ProbeResult["deviations"];
    assertEquals(behaviourOf(goodResult({ deviations: found }))?.["deviations"], deviations);
  },
  PURE,
);

testRows<[behaviour: Record<string, string>, causes: string[]]>(
  "advanceState() goes on with the behaviour that an older version knew:",
  [
    [{ persistent: "unknown", framing: "none", version: "none" }, []],
    [{ deviations: "connection-lie" }, []],
    [{ deviations: "bare-lf, excess-data" }, ["deviations: bare-lf → none"]],
    [{ version: "1.0" }, ["version: 1.0 → 1.1"]],
  ],
  ([behaviour, causes]) => {
    const since = "2026-03-01T11:00:00.000Z";
    const state = { condition: "up", since, certificateSoon: false, behaviour } as const;
    assertEquals(simulate(runsOf("uuuuuuu"), { state }).changes.map(({ cause }) => cause), causes);
  },
  PURE,
);
