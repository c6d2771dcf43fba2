import { assertEquals } from "@std/assert";
import { formatReportHtml } from "../../../../lib/watch/report/report_html.ts";
import type { CheckReport, ReportCertificate } from "../../../../lib/watch/report/uptime_report.ts";
import { testRows } from "../../../_test_rows.ts";
import {
  checkReport,
  day,
  type Element,
  find,
  march,
  only,
  parsePage,
  part,
  reportOn,
  textOf,
} from "./_page.ts";

const HOUR = 3_600_000;

function articleOf(check: Partial<CheckReport>): Element {
  return only(parsePage(formatReportHtml(reportOn([checkReport(check)]))), "article");
}

testRows<[certificate: ReportCertificate | null, text: string[]]>(
  "renderCertificate() gives the date, and marks a certificate that ends soon",
  [
    [null, []],
    [{ ends: march(90), daysLeft: 59, soon: false, seen: march(30) }, [
      "certificate until 2026-05-29, 59 days left",
    ]],
    [{ ends: march(45), daysLeft: 14, soon: false, seen: march(30) }, [
      "certificate until 2026-04-14, 14 days left",
    ]],
    [{ ends: march(44), daysLeft: 13, soon: true, seen: march(30) }, [
      "certificate until 2026-04-13, 13 days left",
      "marked",
    ]],
    [{ ends: march(32), daysLeft: 1, soon: true, seen: march(30) }, [
      "certificate until 2026-04-01, 1 day left",
      "marked",
    ]],
    [{ ends: march(30, HOUR), daysLeft: -1, soon: true, seen: march(20) }, [
      "certificate expired 2026-03-30, less than a day ago",
      "marked",
    ]],
    [{ ends: march(31, HOUR), daysLeft: 0, soon: true, seen: march(20) }, [
      "certificate until 2026-03-31, less than a day left",
      "marked",
    ]],
    [{ ends: march(27, HOUR), daysLeft: -4, soon: true, seen: march(20) }, [
      "certificate expired 2026-03-27, 3 days ago",
      "marked",
    ]],
    [{ ends: null, daysLeft: 20, soon: false, seen: march(20) }, ["certificate 20 days left"]],
    [{ ends: null, daysLeft: -2, soon: true, seen: march(20) }, ["certificate expired 1 day ago", "marked"]],
  ],
  ([certificate, text]) => {
    const facts = find(articleOf({ certificate }), "p.soft")[0]!;
    const shown = textOf(facts).split(" · ").slice(1);
    assertEquals([...shown, ...find(facts, "b").map(() => "marked")], text);
  },
  { permissions: "none" },
);

Deno.test(
  "renderCertificates() lists those that end soon, the first one first",
  { permissions: "none" },
  () => {
    const certificate = (daysLeft: number) => ({
      ends: march(31 + daysLeft, HOUR),
      daysLeft,
      soon: daysLeft < 14,
      seen: march(30),
    });
    const checks = [
      checkReport({ name: "a", certificate: certificate(9) }),
      checkReport({ name: "b", certificate: certificate(60) }),
      checkReport({ name: "c", certificate: certificate(-2) }),
      checkReport({ name: "d", certificate: certificate(2), state: "removed" }),
      checkReport({ name: "e", certificate: certificate(9) }),
    ];
    const section = only(parsePage(formatReportHtml(reportOn(checks))), "#certificates");
    assertEquals(find(section, "li").map(textOf), [
      "certificate expired 2026-03-29, 1 day ago: c",
      "certificate until 2026-04-09, 9 days left: 2 checks: a, e",
    ]);
  },
);

Deno.test(
  "renderCheck() names the URL and the tags that the group does not name",
  { permissions: "none" },
  () => {
    const facts = (check: Partial<CheckReport>) => find(articleOf(check), "p.soft").map(textOf)[0];
    assertEquals(facts({ tags: ["web", "prod", "web"] }), "http://shop.test/ · #prod");
    assertEquals(facts({ name: "http://shop.test/" }), "no outage · observed 30d of 30d");
  },
);

Deno.test("renderCheck() gives the cause of a state once", { permissions: "none" }, () => {
  const state = { state: "down", since: march(30), cause: "refused" } as const;
  const outage = { start: march(30), end: null, lastSeen: march(31), ms: 24 * HOUR, cause: "refused" };
  assertEquals(find(articleOf({ ...state, outages: [outage] }), "p.reason"), []);
  assertEquals(
    textOf(only(articleOf(state), "p.reason")),
    "since 2026-03-30 00:00:00 UTC, for 1d: refused",
  );
});

testRows<[check: Partial<CheckReport>, text: string]>(
  "renderReason() claims nothing that the history does not tell",
  [
    [{ state: "degraded", since: null, cause: "slow" }, "slow"],
    [{ state: "unknown", since: march(31, -HOUR), cause: null }, "since 2026-03-30 23:00:00 UTC, for 1h"],
    [{ state: "no-data", noDataSince: march(2) }, "no data since 2026-03-02 00:00:00 UTC."],
    [{ state: "no-data", noDataSince: null }, "no data"],
    [
      { state: "removed", since: march(2), cause: "it is no longer in checks.json" },
      "on 2026-03-02 00:00:00 UTC: it is no longer in checks.json",
    ],
    // The clock was set back since.
    [{ state: "failing", since: march(32), cause: "gone" }, "since 2026-04-01 00:00:00 UTC: gone"],
  ],
  ([check, text]) => assertEquals(textOf(only(articleOf(check), "p.reason")), text),
  { permissions: "none" },
);

Deno.test("renderDetails() has the plot, a table of the measured phases, and the runs", {
  permissions: "none",
}, () => {
  const spread = { count: 4, min: 1, median: 60, p90: 90, p99: 95.5, max: 1200 };
  const details = only(
    articleOf({
      times: { wait: spread, total: spread },
      verdicts: { up: 1200, degraded: 0, down: 3, unknown: 0 },
      runs: 1203,
      skipped: 2,
      maintenanceRuns: 1000,
      buckets: [part(0, { up: HOUR }, { medians: { wait: 5, total: 6 } })],
    }),
    "details",
  );
  assertEquals(textOf(only(details, "summary")), "Times: median 60 ms, p99 95.5 ms");
  assertEquals(find(details, "tr").map((row) => [...find(row, "th"), ...find(row, "td")].map(textOf)), [
    ["phase", "count", "min", "median", "p90", "p99", "max"],
    ["wait", "4", "1 ms", "60 ms", "90 ms", "95.5 ms", "1.2 s"],
    ["total", "4", "1 ms", "60 ms", "90 ms", "95.5 ms", "1.2 s"],
  ]);
  assertEquals(
    textOf(find(details, "p.soft")[0]!),
    "1,203 runs (1,200 up, 3 down) · 1,000 in maintenance · 2 skipped · last run 2026-03-30 23:59:00 UTC",
  );
  assertEquals(find(details, "svg.plot").length, 1);
  const silent = only(
    articleOf({ runs: 0, lastRun: null, verdicts: { up: 0, degraded: 0, down: 0, unknown: 0 } }),
    "details",
  );
  assertEquals(textOf(silent), "Runs0 runs");
});

Deno.test("renderDetails() lists the latest changes first", { permissions: "none" }, () => {
  const changes = Array.from({ length: 22 }, (_, index) => ({
    at: march(index + 1),
    kind: "behaviour" as const,
    cause: `persistent: <${index}>`,
  }));
  const list = find(only(articleOf({ changes }), "ul.changes"), "li").map(textOf);
  assertEquals([list.length, list[0], list.at(-1)], [
    21,
    "2026-03-22 00:00 UTC behaviour: persistent: <21>",
    "2 earlier changes",
  ]);
});

testRows<[count: number, open: number]>(
  "renderGroups() shows the times of few checks from the beginning",
  [[1, 1], [4, 4], [5, 0]],
  ([count, open]) => {
    const page = parsePage(formatReportHtml(reportOn(Array.from({ length: count }, () => checkReport()))));
    assertEquals(find(page, "details").filter(({ attributes }) => attributes.has("open")).length, open);
  },
  { permissions: "none" },
);

testRows<[check: Partial<CheckReport>, text: string[]]>(
  "renderLastTimes() says when and why there were single failures, and when the check was degraded",
  [
    [{}, []],
    [{ state: "degraded", days: [day(3, { degraded: HOUR }, { cause: "slow" })] }, []],
    [
      {
        days: [
          day(2, { up: HOUR, down: HOUR }, { cause: "<first>" }),
          day(3, { up: 22 * HOUR, down: 2 * HOUR }, { cause: "<last>" }),
          day(4, { up: 23 * HOUR, degraded: HOUR }, { cause: "slow" }),
        ],
      },
      ["2026-03-03 UTC: down 2h, up 22h. <last>", "2026-03-04 UTC: degraded 1h, up 23h. slow"],
    ],
  ],
  ([check, text]) => {
    const lists = find(articleOf(check), "ul.outages");
    assertEquals(lists.flatMap((list) => find(list, "li")).map(textOf), text);
  },
  { permissions: "none" },
);

Deno.test("renderCheck() says that nothing was observed", { permissions: "none" }, () => {
  const check = articleOf({ observed: 0, uptime: null, days: [] });
  assertEquals(textOf(find(check, "p.soft")[1]!), "no outage · nothing observed");
  assertEquals(textOf(only(check, "strong")), "– up");
});
