import { assertEquals, assertThrows } from "@std/assert";
import { parseTasks } from "../../../lib/watch/tasks/parse_tasks.ts";
import { TaskFileError } from "../../../lib/watch/tasks/task_file_error.ts";
import { SOURCE } from "../_samples.ts";
import { testRows } from "../../_test_rows.ts";

const OPTIONS = { file: "checks.json", source: SOURCE };
const url = "http://a.test/";

function problemsOf(content: unknown): readonly string[] {
  return assertThrows(() => parseTasks(content, OPTIONS), TaskFileError).problems;
}

testRows("parseTasks() refuses a wrong window of maintenance", [
  [[{ from: "02:00" }], "to: it is missing"],
  [[{ to: "02:00" }], "from: it is missing"],
  [["02:00-04:00"], 'expected an object with from and to, not "02:00-04:00"'],
  [[{ from: "02:00", to: "04:00", day: "sun" }], "day: unknown key, the nearest one is days"],
  [[{ start: "02:00", end: "04:00" }], "start: unknown key, the nearest one is from"],
  [[{ from: "02:00", until: "04:00" }], "until: unknown key, the nearest one is to"],
  [[{ from: "02:00", to: "04:00", timezone: "UTC" }], "timezone: unknown key, the nearest one is zone"],
  [
    [{ from: "02:00", to: "02:00" }],
    "to: it is the same as from; for a whole day, write from 00:00 to 24:00",
  ],
  [[{ from: "24:00", to: "02:00" }], "from: write 00:00 for midnight"],
  [[{ from: "02:00", to: "24:01" }], "to: expected a time of day, as in 22:00, not 24:01"],
  [[{ from: "02:60", to: "04:00" }], "from: expected a time of day, as in 22:00, not 02:60"],
  [
    [{ from: "02:00", to: "2026-03-01T04:00" }],
    "to: expected a time of day, as in 22:00, not 2026-03-01T04:00",
  ],
  [
    [{ from: "2026-03-01T02:00", to: "04:00" }],
    "to: expected a date with a time, as in 2026-03-01T22:00, not 04:00",
  ],
  [
    [{ days: ["sun"], from: "2026-03-01", to: "2026-03-02" }],
    "from: expected a time of day, as in 22:00, not 2026-03-01",
  ],
  [
    [{ from: "2026-02-30T02:00", to: "2026-03-01" }],
    "from: expected a date with a time, as in 2026-03-01T22:00, not 2026-02-30T02:00",
  ],
  [
    [{ from: "2026-03-01T02:00Z", to: "2026-03-01T02:00Z" }],
    "to: 2026-03-01T02:00Z is not after 2026-03-01T02:00Z",
  ],
  [[{ from: "2026-03-02", to: "2026-03-01" }], "to: 2026-03-01 is not after 2026-03-02"],
  [
    [{ from: "2026-03-01T02:00Z", to: "2026-03-01T02:30+01:00" }],
    "to: 2026-03-01T02:30+01:00 is not after 2026-03-01T02:00Z",
  ],
  [[{ days: [], from: "02:00", to: "04:00" }], "days: the list is empty"],
  [[{ days: "sun", from: "02:00", to: "04:00" }], 'days: expected a list, not "sun": write ["sun"]'],
  [
    [{ days: ["so"], from: "02:00", to: "04:00" }],
    'days: expected mon, tue, wed, thu, fri, sat, sun, not "so"',
  ],
  [
    [{ from: "02:00", to: "04:00", zone: "Berlin" }],
    'zone: there is no time zone "Berlin"; write one as in Europe/Berlin',
  ],
  [[{ from: 2, to: 4 }], "from: expected a text, not 2"],
], ([maintenance, cause]) => {
  assertEquals(problemsOf([{ url, maintenance }]), [`check 1 (${url}): maintenance[0]: ${cause}`]);
});

Deno.test("parseTasks() names the place of a wrong window in the file and in the defaults", () => {
  const maintenance = [{ from: "02:00" }];
  assertEquals(
    problemsOf({ maintenance, checks: [url, url].map((url, name) => ({ name: `${name}`, url })) }),
    [
      "file: maintenance[0]: to: it is missing",
    ],
  );
  assertEquals(problemsOf({ defaults: { maintenance }, checks: [{ name: "a", url }, { name: "b", url }] }), [
    "defaults: maintenance[0]: to: it is missing",
  ]);
});

Deno.test("parseTasks() adds the windows of the file to those of a check, which replace those of the defaults", () => {
  const window = (hour: number) => ({ from: `${hour}:00`, to: "24:00" });
  const { tasks } = parseTasks({
    maintenance: [window(1)],
    defaults: { maintenance: [window(2)] },
    checks: [{ name: "a", url }, { name: "b", url, maintenance: [window(3)] }],
  }, OPTIONS);
  const hours = tasks.map(({ maintenance }) => maintenance.map(({ from }) => from / 60));
  assertEquals(hours, [[1, 2], [1, 3]]);
});

Deno.test("parseTasks() reads one or several names of checks that a check depends on", () => {
  const { tasks } = parseTasks([
    { name: "a", url },
    { name: "b", url, dependsOn: "a" },
    { name: "c", url, dependsOn: ["a", "b", "a"], remind: "1h" },
  ], OPTIONS);
  assertEquals(tasks.map(({ dependsOn }) => dependsOn), [[], ["a"], ["a", "b"]]);
  assertEquals(tasks.map(({ remind }) => remind), [undefined, undefined, 3_600_000]);
});

Deno.test("parseTasks() lets the defaults name a check that all others depend on", () => {
  const { tasks } = parseTasks({
    defaults: { dependsOn: "a" },
    checks: [{ name: "a", url }, { name: "b", url }, { name: "c", url, dependsOn: [] }],
  }, OPTIONS);
  assertEquals(tasks.map(({ dependsOn }) => dependsOn), [[], ["a"], []]);
});

const check = (name: string, dependsOn: unknown) => ({ name, url, dependsOn });

testRows(
  "parseTasks() refuses a dependency",
  [
    [
      [check("shop", "gatway"), check("gateway", [])],
      'check 1 (shop): dependsOn: no check is named "gatway"; the nearest one is "gateway"',
    ],
    [
      [check("shop", ["printer"])],
      'check 1 (shop): dependsOn: no check is named "printer"; there is only "shop"',
    ],
    [[check("shop", "shop")], "check 1 (shop): dependsOn: it depends on itself"],
    [
      [check("a", "b"), check("b", "a")],
      "check 1 (a): dependsOn: the checks depend on each other: a → b → a",
    ],
    [
      [check("shop", "a"), check("a", "b"), check("b", ["c"]), check("c", "a")],
      "check 2 (a): dependsOn: the checks depend on each other: a → b → c → a",
    ],
    [[check("shop", 1)], "check 1 (shop): dependsOn: expected a list, not 1"],
    [[check("shop", [1])], "check 1 (shop): dependsOn[0]: expected a text, not 1"],
  ] as const,
  ([checks, problem]) => assertEquals(problemsOf(checks), [problem]),
);

testRows("parseTasks() refuses a time of reminders", [
  ["0s", "it must be above 0"],
  [3600, 'expected a text, not 3600: write "3600s"'],
], ([remind, cause]) => {
  assertEquals(problemsOf([{ url, remind }]), [`check 1 (${url}): remind: ${cause}`]);
});
