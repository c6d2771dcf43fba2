import { assertEquals } from "@std/assert";
import { describeLeftOut, leftOutOf } from "../../../lib/watch/tasks/left_out.ts";
import { parseTasks } from "../../../lib/watch/tasks/parse_tasks.ts";
import { SOURCE } from "../_samples.ts";
import { testRows } from "../../_test_rows.ts";

const { tasks } = parseTasks(
  [["router", []], ["gateway", ["router"]], ["shop", ["gateway"]], ["blog", ["gateway"]]].map((
    [name, dependsOn],
  ) => ({ name, dependsOn, url: "http://a.test/" })),
  { file: "checks.json", source: SOURCE },
);

testRows(
  "leftOutOf() finds every check that is needed",
  [
    ["router", []],
    ["gateway", ["router"]],
    ["shop", ["router", "gateway"]],
    ["shop router", ["gateway"]],
    ["router gateway shop blog", []],
  ] as const,
  ([chosen, expected]) => {
    const names = leftOutOf(tasks.filter(({ name }) => chosen.split(" ").includes(name)), tasks);
    assertEquals(names.map(({ name }) => name), [...expected]);
  },
);

Deno.test("describeLeftOut() tells when such a check runs", () => {
  const chosen = tasks.slice(2);
  assertEquals(describeLeftOut(chosen, leftOutOf(chosen, tasks)), [
    "gateway depends on router, which --only leaves out: sonde runs router only when gateway fails, and records nothing of it",
    "shop, blog depend on gateway, which --only leaves out: sonde runs gateway only when one of them fails, and records nothing of it",
  ]);
});
