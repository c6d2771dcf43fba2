import { assertEquals, assertThrows } from "@std/assert";
import { experimentNames } from "../../../lib/conn/experiment_names.ts";
import { quickExperiments } from "../../../lib/conn/quick.ts";
import { NAMES, QUICK_EXPERIMENTS } from "../../../lib/watch/tasks/quick_experiments.ts";
import { parseTasks } from "../../../lib/watch/tasks/parse_tasks.ts";
import { TaskFileError } from "../../../lib/watch/tasks/task_file_error.ts";
import { SOURCE, task } from "../_samples.ts";
import { testRows } from "../../_test_rows.ts";

Deno.test("QUICK_EXPERIMENTS lists the quick experiments, with their short names and outcomes", () => {
  assertEquals(QUICK_EXPERIMENTS, quickExperiments());
  const quick = [...experimentNames().shortNames].filter(([, { experiment }]) =>
    QUICK_EXPERIMENTS.includes(experiment)
  );
  assertEquals([...NAMES.shortNames].sort(), quick.sort());
  const outcomes = [...experimentNames().outcomes ?? []].filter(([name]) => QUICK_EXPERIMENTS.includes(name));
  assertEquals([...NAMES.outcomes ?? []], outcomes);
});

testRows<[conn: unknown, every: number | undefined, experiments: readonly string[]]>(
  "parseTasks() reads the experiments of a check",
  [
    [undefined, undefined, []],
    [false, undefined, []],
    [true, 3_600_000, QUICK_EXPERIMENTS],
    ["30m", 1_800_000, QUICK_EXPERIMENTS],
    [["close"], 3_600_000, ["close"]],
    [{}, 3_600_000, QUICK_EXPERIMENTS],
    [{ every: "1d", experiments: ["close", "tls"] }, 86_400_000, ["close", "tls"]],
  ],
  ([conn, every, experiments]) => {
    const plan = task({ url: "a.test", conn }).conn;
    assertEquals([plan?.every, plan?.experiments ?? []], [every, experiments]);
  },
  { permissions: "none" },
);

testRows<[keys: Record<string, unknown>, problem: string]>(
  "parseTasks() refuses experiments and expectations that do not fit",
  [
    [{ conn: 5 }, "conn: expected true, a duration, a list of experiments, or an object with every"],
    [{ conn: "soon" }, 'conn.every: Cannot parse duration "soon"'],
    [{ conn: "1s" }, "conn.every: the shortest is 10s"],
    [{ conn: [] }, "conn.experiments: the list is empty"],
    [
      { conn: ["keepalive"] },
      'conn.experiments[0]: there is no quick experiment "keepalive", the nearest one is "keep-alive"',
    ],
    [
      { conn: true, expect: ["keepAlive == kept"] },
      'expect[0]: Cannot parse expectation "keepAlive == kept": at column 14, "keepAlive" is never "kept", there are "yes", "no", "lie", "unknown" and "skipped"',
    ],
    [
      { conn: true, degraded: ["experiments.close.outcome != honored"] },
      'degraded[0]: Cannot parse expectation "experiments.close.outcome != honored": at column 30, ' +
      '"experiments.close.outcome" is never "honored", the nearest one is "honoured"',
    ],
    [
      { expect: ["error.kind == refuse"] },
      'expect[0]: Cannot parse expectation "error.kind == refuse": at column 15, "error.kind" is never "refuse", the nearest one is "refused"',
    ],
    [{ conn: ["idle-timeout"] }, 'conn.experiments[0]: there is no quick experiment "idle-timeout"'],
    [{ conn: { evry: "1h" } }, "conn.evry: unknown key, the nearest one is every"],
    [{ conn: true, judge: "head" }, 'conn: it contradicts judge: "head"'],
    [
      { expect: ["experiments.close.outcome == honoured"] },
      'expect[0]: this is about the experiment close, which the check does not run: add "conn": ["close"]',
    ],
    [{ expect: ["keepAlive == yes"] }, "expect[0]: this is about the experiment keep-alive, which"],
    [
      { conn: ["tls"], degraded: ["experiments.close.outcome == honoured"] },
      "degraded[0]: this is about the experiment close, which the check does not run: add " +
      '"close" to conn.experiments',
    ],
    [
      { conn: true, expect: ["conn.close.outcome == honoured"] },
      'expect[0]: Cannot parse expectation "conn.close.outcome == honoured": write experiments.close.outcome',
    ],
    [
      { conn: true, expect: ["experiments.clsoe.outcome == honoured"] },
      'expect[0]: Cannot parse expectation "experiments.clsoe.outcome == honoured": at column 13, ' +
      'there is no experiment "clsoe", the nearest one is "close"',
    ],
    [
      { conn: true, expect: ["idle > 5s"] },
      'expect[0]: Cannot parse expectation "idle > 5s": idle needs sonde conn, which takes too long here',
    ],
    [
      { expect: ["not findings"] },
      'expect[0]: Cannot parse expectation "not findings": findings needs sonde conn',
    ],
  ],
  ([keys, problem]) => {
    const parse = () => parseTasks([{ url: "a.test", ...keys }], { file: "f", source: SOURCE });
    const { problems } = assertThrows(parse, TaskFileError);
    assertEquals(problems.length, 1, problems.join("\n"));
    assertEquals(problems[0]?.slice(0, 18 + problem.length), `check 1 (a.test): ${problem}`);
  },
  { permissions: "none" },
);
