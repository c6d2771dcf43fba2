import { assert, assertEquals } from "@std/assert";
import { ZONE_SCRIPT } from "../../../lib/report/html/zone_script.ts";
import { formatDuration } from "../../../lib/text/duration.ts";
import { formatUptime } from "../../../lib/watch/report/report_figures.ts";
import { formatReportHtml } from "../../../lib/watch/report/report_html.ts";
import { assertRunsOnly } from "../../report/html/_page_tree.ts";
import { HOSTILE } from "../../report/_samples.ts";
import { testRows } from "../../_test_rows.ts";
import { checkReport, day, find, march, only, parsePage, part, reportOn, textOf } from "./html/_page.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A check with everything that comes from elsewhere: its name, URL, tags and causes are the same text. */
function checkNamed(text: string) {
  return checkReport({
    name: text,
    url: text,
    tags: [text, `${text}!`],
    state: "down",
    since: march(20),
    cause: text,
    days: [day(20, { down: HOUR }, { cause: text, outages: 1 })],
    outages: [{ start: march(20), end: null, lastSeen: march(31, -60_000), ms: HOUR, cause: text }],
    changes: [{ at: march(3), kind: "behaviour", cause: text }],
    buckets: [part(0, { up: HOUR }, { medians: { wait: 5, total: 5 }, p90: 6 })],
    times: { total: { count: 1, min: 1, median: 1, p90: 1, p99: 1, max: 1 } },
  });
}

testRows(
  "formatReportHtml() gives one well-formed page without network access or foreign markup",
  [
    "shop",
    HOSTILE,
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "</title></style></script><!--",
    "שלום \u202eevil 🦕",
    "long ".repeat(60),
  ],
  (text) => {
    const html = formatReportHtml(reportOn([checkNamed(text), checkNamed("quiet")]));
    const page = parsePage(html);
    const names = new Set(find(page, "").map(({ name }) => name));
    assertEquals(["link", "img", "iframe", "object", "form"].filter((name) => names.has(name)), []);
    assertEquals(find(page, "script").length, 1);
    const attributes = find(page, "").flatMap((element) => [...element.attributes]);
    assertEquals(attributes.filter(([key]) => /^(?:on|src|action|poster|srcset)/.test(key)), []);
    assertEquals(attributes.filter(([key, value]) => key === "href" && !value.startsWith("#")), []);
    assertEquals(/url\(|@import|javascript:/i.test(html.slice(0, html.indexOf("</head>"))), false);
    // deno-lint-ignore no-control-regex -- control characters must not reach the page
    assert(!/[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u202e\u2066\ufeff]/.test(html));
  },
  { permissions: "none" },
);

Deno.test("formatReportHtml() lets its own script run, and no other", async () => {
  const html = formatReportHtml(reportOn([checkReport()]));
  assert(html.includes(`<script>${ZONE_SCRIPT.text}</script>`));
  await assertRunsOnly(html, ZONE_SCRIPT.text);
});

Deno.test(
  "formatReportHtml() labels each time as UTC, for readers without script",
  { permissions: "none" },
  () => {
    const page = parsePage(
      formatReportHtml(reportOn([checkNamed("shop"), checkReport({ lastRun: march(2) })])),
    );
    const times = find(page, "time");
    assertEquals(
      times.filter((time) => !/^2026-03-\d\d \d\d:\d\d(?::\d\d)? UTC$/.test(textOf(time))).map(textOf),
      [],
    );
    const stamps = times.map((time) => new Date(time.attributes.get("datetime")!).toISOString());
    assertEquals(
      stamps.map((stamp) => stamp.slice(0, 16).replace("T", " ")),
      times.map((time) => textOf(time).slice(0, 16)),
    );
    assertEquals(textOf(only(page, "#zone")), "Times and days are UTC.");
  },
);

Deno.test("formatReportHtml() says when the page was made, and when the last run was", {
  permissions: "none",
}, () => {
  const header = only(parsePage(formatReportHtml(reportOn([checkReport()]))), "header");
  assertEquals(
    find(header, "p").map(textOf).slice(0, 2),
    [
      "2026-03-01 00:00 UTC to 2026-03-31 00:00 UTC",
      "Made at 2026-03-31 00:00:00 UTC · last run 2026-03-30 23:59:00 UTC",
    ],
  );
  const silent = only(parsePage(formatReportHtml(reportOn([checkReport()], { lastRun: null }))), "header");
  assertEquals(textOf(find(silent, "p")[1]!), "Made at 2026-03-31 00:00:00 UTC · no run");
});

Deno.test("formatReportHtml() says that a history has no checks", { permissions: "none" }, () => {
  const page = parsePage(formatReportHtml(reportOn([], { lastRun: null })));
  assertEquals(textOf(only(page, "main")), "No checks in this history.");
});

Deno.test(
  "formatReportHtml() shows the figures of the report, and no others",
  { permissions: "none" },
  () => {
    const figures = {
      uptime: 0.987654,
      down: 9 * HOUR,
      downInOutages: 7 * HOUR,
      downInFailures: 2 * HOUR,
      failures: 5,
      degraded: 3 * HOUR,
      maintenance: 4 * HOUR,
      observed: 20 * DAY,
      outages: [{
        start: march(9),
        end: march(9, 7 * HOUR),
        lastSeen: march(9, HOUR),
        ms: 7 * HOUR,
        cause: "gone",
      }],
    };
    const page = parsePage(formatReportHtml(reportOn([checkReport(figures)])));
    const check = only(page, "article");
    assertEquals(textOf(only(check, "strong")), `${formatUptime(figures.uptime)} up`);
    assertEquals(
      find(check, "p.soft").map(textOf)[1],
      "1 outage (7h) · 5 single failures (2h) · degraded 3h · in maintenance 4h · observed 20d of 30d",
    );
    assertEquals(
      textOf(only(page, "p.totals")),
      `${formatUptime(1 - 9 / 480)} of the observed time up · 1 outage (${formatDuration(7 * HOUR)}) · ` +
        `5 single failures (${formatDuration(2 * HOUR)})`,
    );
  },
);

/** A check whose 96 parts and 30 days all differ, as under a load that comes and goes. */
function variedCheck() {
  const buckets = Array.from({ length: 96 }, (_, index) => {
    const wait = 100 + 80 * Math.sin(index / 7) + index % 5;
    const medians = {
      dns: 1 + index % 3,
      connect: 8 + index % 4,
      tls: 20 + index % 7,
      send: 0.05,
      wait,
      receive: 4,
    };
    return part(450 * index, { up: 450 * 60_000 }, {
      medians: { ...medians, total: wait + 40 },
      p90: wait + 60 + index % 6,
    });
  });
  const spread = { count: 9, min: 1, median: 12.5, p90: 20.25, p99: 300, max: 1234 };
  const days = Array.from(
    { length: 30 },
    (_, index) =>
      index % 5 === 0
        ? day(index + 1, { up: 23 * HOUR, down: HOUR }, { cause: "not status == 200 (found 503)" })
        : day(index + 1, { up: DAY }),
  );
  return checkReport({
    buckets,
    days,
    failures: 6,
    times: {
      dns: spread,
      connect: spread,
      tls: spread,
      send: spread,
      wait: spread,
      receive: spread,
      total: spread,
    },
  });
}

Deno.test("formatReportHtml() needs less than 5 kB for a check", { permissions: "none" }, () => {
  const sizeOf = (count: number) =>
    formatReportHtml(reportOn(Array.from({ length: count }, variedCheck))).length;
  const each = (sizeOf(11) - sizeOf(1)) / 10;
  assert(each < 5000, `${each} octets`);
});
