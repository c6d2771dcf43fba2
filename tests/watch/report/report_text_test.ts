import { assertEquals, assertStringIncludes } from "@std/assert";
import { formatReportText } from "../../../lib/watch/report/report_text.ts";
import type { CheckReport, Outage, ReportState } from "../../../lib/watch/report/uptime_report.ts";
import { testRows } from "../../_test_rows.ts";
import { change, MINUTE, report, summary } from "./_samples.ts";

function textOf(...checks: CheckReport[]): string {
  return formatReportText({ ...report(), checks }, { width: 200 });
}

Deno.test("formatReportText() begins with a line for each check, those that are not up first", {
  permissions: "none",
}, () => {
  const since = "1970-01-01T00:01:00.000Z";
  const states: ReportState[] = [
    "removed",
    "up",
    "new",
    "maintenance",
    "unknown",
    "no-data",
    "degraded",
    "flapping",
    "failing",
    "down",
  ];
  const text = textOf(...states.map((state) => ({ ...summary("uu"), name: `is ${state}`, state, since })));
  const overview = text.split("\n\n")[2]!.split("\n");
  assertEquals(overview, [
    "down         is down         100 %  no outage  since 1970-01-01 00:01:00",
    "failing      is failing      100 %  no outage  since 1970-01-01 00:01:00",
    "flapping     is flapping     100 %  no outage  since 1970-01-01 00:01:00",
    "degraded     is degraded     100 %  no outage  since 1970-01-01 00:01:00",
    "no data      is no-data      100 %  no outage  since 1970-01-01 00:01:00",
    "unknown      is unknown      100 %  no outage  since 1970-01-01 00:01:00",
    "maintenance  is maintenance  100 %  no outage  since 1970-01-01 00:01:00",
    "new          is new          100 %  no outage",
    "up           is up           100 %  no outage",
    "removed      is removed      100 %  no outage  on 1970-01-01 00:01:00",
  ]);
});

testRows<[condition: CheckReport["condition"], before: string]>(
  "formatReportText() says which condition a check had before there was no data",
  [["down", ", before that down"], ["degraded", ", before that degraded"], ["up", ""], ["new", ""]],
  ([condition, before]) => {
    const since = "1970-01-01T00:01:00.000Z";
    const check: CheckReport = { ...summary("uu"), name: "shop", state: "no-data", since, condition };
    const text = textOf(check);
    assertStringIncludes(text, `no data  shop  100 %  no outage  since 1970-01-01 00:01:00${before}\n`);
    assertStringIncludes(text, `shop  no data since 1970-01-01 00:01:00${before}  http`);
  },
  { permissions: "none" },
);

testRows<[outage: Partial<Outage>, line: string]>(
  "formatReportText() says that an outage goes on only if a run just saw it",
  [
    [{ ongoing: true }, "00:01:00 – still down (2m)  d1"],
    [{}, "00:01:00 – last seen down 1970-01-01 00:02:00 (2m)  d1"],
    // Nobody looked in the meantime.
    [{ end: "1970-01-01T01:01:00.000Z" }, "00:01:00 – 1970-01-01 01:01:00 (2m observed, of 1h)  d1"],
  ],
  ([changes, line]) => {
    const check = summary("udd", [change("down", "up", 60_000)]);
    const outage = { ...check.outages[0]!, ongoing: undefined, ...changes };
    assertStringIncludes(textOf({ ...check, outages: [outage] }), `down  1970-01-01 ${line}`);
  },
  { permissions: "none" },
);

testRows<[letters: string, line: string]>(
  "formatReportText() shows how the time of the window adds up",
  [
    ["uuuu", "observed 4m"],
    ["udud", "observed 4m: 2m down"],
    ["gggg", "observed 4m: 4m degraded"],
    ["uxmmu", "observed 2m; not observed 1m (1m unknown); in maintenance 2m"],
    ["uuu   uuu", "observed 6m; not observed 3m"],
  ],
  ([letters, line]) => {
    assertStringIncludes(textOf(summary(letters)), `\n  ${line}\n`);
  },
  { permissions: "none" },
);

Deno.test(
  "formatReportText() shows the last fifty outages and counts the others",
  { permissions: "none" },
  () => {
    const check = summary("udu", [change("down", "up", MINUTE), change("up", "down", 2 * MINUTE)]);
    const outages = Array(100_000).fill(check.outages[0]);
    const text = textOf({ ...check, outages });
    assertEquals(text.match(/\n {2}down {2}/g)?.length, 50);
    assertStringIncludes(text, "\n  99,950 earlier outages, listed by --format json\n");
  },
);

const [ENDED, OPEN] = [
  summary("uudd", [change("down", "up", 2 * MINUTE)], {
    checkState: { condition: "down", since: "1970-01-01T00:02:00.000Z", certificateSoon: false },
  }),
  { ...summary("uuuu"), name: `with a long name: ${"n".repeat(30)}` },
];

Deno.test(
  "formatReportText() says in the part of a check once why it is down",
  { permissions: "none" },
  () => {
    const cause = "reset in wait: Cannot read the answer to GET http://a.test/: reset";
    const outages = ENDED.outages.map((outage) => ({ ...outage, cause }));
    const [, ...parts] = textOf({ ...ENDED, cause, outages }).split("\n\na  ");
    assertEquals(parts.join().match(/Cannot read the answer: reset/g)?.length, 1);
    const older = textOf({ ...ENDED, cause, outages: ENDED.outages }).split("\n\na  ")[1];
    assertStringIncludes(older ?? "", "\n  Cannot read the answer: reset\n");
  },
);

testRows<[checks: CheckReport[], width: number, overview: string]>(
  "formatReportText() keeps the figures of the overview in columns",
  [
    [
      [ENDED, OPEN],
      80,
      "1 of 2 checks is down, 1 up\n" +
      "75 % of the observed time up, 1 outage (2m)\n\n" +
      "down  a   50 %  1 outage  since 1970-01-01 00:02:00: d2\n" +
      "up    with a long name: nnnnnnnnnnnnnnnnnnnnnnnnnnnnnn\n" +
      "         100 %  no outage",
    ],
    // What does not fit beside the figures stands below them.
    [
      [{ ...ENDED, cause: "a long cause that does not fit" }],
      64,
      "down  a  50 %  1 outage\n" +
      "      since 1970-01-01 00:02:00: a long cause that does not fit",
    ],
    [
      ["b", "c", "d", "e", "f", "g"].map((name): CheckReport => ({
        ...OPEN,
        name,
        certificate: { ends: "1970-01-01T20:00:00.000Z", daysLeft: 0, soon: true, seen: "" },
      })),
      80,
      "All 6 checks are up\n" +
      "100 % of the observed time up, no outage\n" +
      "certificate until 1970-01-01, less than a day left: b, c, d, e, f and 1 more\n\n" +
      "up  b  100 %  no outage\n" +
      ["c", "d", "e", "f"].map((name) => `up  ${name}  100 %  no outage\n`).join("") +
      "up  g  100 %  no outage",
    ],
  ],
  ([checks, width, overview]) => {
    const text = formatReportText({ ...report(), checks }, { width });
    assertStringIncludes(text, `\n${overview}\n\n`);
  },
  { permissions: "none" },
);

Deno.test("formatReportText() says that the states are not those of a window of the past", {
  permissions: "none",
}, () => {
  const text = formatReportText({ ...report(), madeAt: "1970-01-02T00:00:00.000Z" }, { width: 200 });
  assertStringIncludes(
    text,
    "\nThe states are those of the time at which the report was made, the figures those of",
  );
});

Deno.test("formatReportText() puts the checks first that were down before there was no data", {
  permissions: "none",
}, () => {
  const conditions = ["up", "degraded", "down"] as const;
  const checks = conditions.map((condition): CheckReport => ({
    ...summary("uu"),
    name: condition,
    condition,
    state: "no-data",
  }));
  const overview = textOf(...checks).split("\n\n")[2]!;
  assertEquals(overview.match(/(?<=^no data {2})\w+/gm), ["down", "degraded", "up"]);
});
