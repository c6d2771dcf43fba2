import { assertEquals } from "@std/assert";
import { renderBars, renderKey } from "../../../../lib/watch/report/html/bars.ts";
import { cutFrames } from "../../../../lib/watch/report/html/frames.ts";
import { readBars } from "../../../../lib/watch/report/html/read_bars.ts";
import type { CheckReport, UptimeReport } from "../../../../lib/watch/report/uptime_report.ts";
import { testRows } from "../../../_test_rows.ts";
import { checkReport, day, find, march, only, parsePage, part, reportOn, textOf } from "./_page.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Draws the bars of a check, and reads their looks, their numbers and their titles. */
function draw(check: Partial<CheckReport>, report: Partial<UptimeReport> = {}) {
  const made = checkReport(check);
  const page = parsePage(renderBars(readBars(made, cutFrames(reportOn([made], report)))));
  const bars = find(only(page, "div.bars"), "i");
  return {
    page,
    looks: bars.map(({ attributes }) => {
      const count = Number(/--n:(\d+)/.exec(attributes.get("style") ?? "--n:1")![1]);
      return `${attributes.get("class")}${count === 1 ? "" : count}`;
    }),
    titles: bars.map(({ attributes }) => attributes.get("title")),
    label: only(page, "div.bars").attributes.get("aria-label"),
  };
}

const outage = (start: string, end: string | null, lastSeen = end ?? start) => ({
  start,
  end,
  lastSeen,
  ms: 60_000,
  cause: "gone",
});

testRows<[check: Partial<CheckReport>, looks: string[], report?: Partial<UptimeReport>]>(
  "renderBars() draws a bar for each day, with the look of the worst state",
  [
    [{}, ["u30"]],
    [{ days: [] }, ["n30"]],
    // An outage of a minute decides about the whole day.
    [{
      days: [day(1, { up: DAY }), day(2, { up: DAY - 60_000, down: 60_000 }), day(3, { up: DAY })],
      outages: [
        outage(march(2, HOUR), march(2, HOUR + 60_000)),
      ],
    }, ["u", "d", "u", "n27"]],
    // The same minute without an outage is a single failure.
    [{ days: [day(1, { up: DAY }), day(2, { up: DAY - 60_000, down: 60_000 })] }, ["u", "f", "n28"]],
    [{ days: [day(29, { up: HOUR, degraded: HOUR }), day(30, { up: HOUR, degraded: HOUR, down: 1 })] }, [
      "n28",
      "g",
      "f",
    ]],
    [{
      days: [
        day(1, { maintenance: DAY }),
        day(2, { maintenance: HOUR, up: DAY - HOUR }),
        day(3, { unknown: DAY }),
        day(4, { maintenance: HOUR, up: HOUR }),
        day(5, { maintenance: 600_000, up: DAY - 600_000 }),
      ],
    }, ["m", "q", "k", "p", "u", "n25"]],
    // What could not be measured does not hide what was measured.
    [{ days: [day(1, { up: DAY - HOUR, unknown: HOUR }), day(2, { up: HOUR })] }, ["p", "p", "n28"]],
    // A gap of a few minutes is not worth a look of its own.
    [{ days: [day(1, { up: DAY - 600_000 })] }, ["u", "n29"]],
    // The day goes on: its rest is not without data.
    [{ days: [day(30, { up: HOUR })] }, ["n29", "u"], { madeAt: march(30, HOUR), to: march(31) }],
    // An outage without an end reaches as far as the last run that saw it stands.
    [{
      days: [day(1, { down: DAY }), day(2, { down: HOUR }), day(3, { down: 1 }), day(4, { up: 1 })],
      outages: [outage(march(1), null, march(2, 1))],
    }, [
      "d",
      "d",
      "d",
      "p",
      "n26",
    ]],
  ],
  ([check, looks, report]) => assertEquals(draw(check, report).looks, looks),
  { permissions: "none" },
);

Deno.test("renderBars() says in the title of each bar when and why", { permissions: "none" }, () => {
  const long = "x".repeat(200);
  const { titles, label } = draw({
    days: [
      day(1, { up: DAY }),
      day(2, { up: DAY }),
      day(3, { up: 22 * HOUR, down: HOUR, degraded: HOUR }, { cause: "not status == 200 (found 503)" }),
      day(4, { up: 12 * HOUR, maintenance: HOUR }),
      day(5, { up: DAY - HOUR, down: HOUR }, { cause: `"><b>${long}` }),
    ],
    outages: [outage(march(3, HOUR), march(3, 2 * HOUR)), outage(march(3, 5 * HOUR), march(3, 6 * HOUR))],
  });
  assertEquals(titles, [
    "2026-03-01 to 2026-03-02 UTC: up",
    "2026-03-03 UTC: 2 outages, down 1h, degraded 1h, up 22h. not status == 200 (found 503)",
    "2026-03-04 UTC: maintenance 1h, no data 11h, up 12h",
    `2026-03-05 UTC: down 1h, up 23h. "><b>${"x".repeat(85)}…`,
    "2026-03-06 to 2026-03-30 UTC: no data",
  ]);
  assertEquals(
    label,
    "30 bars: 1 outage, 1 single failures, 2 up, 1 up, in part without data, 25 no data",
  );
});

Deno.test(
  "renderBars() writes the day and the time down below the bars of a week",
  { permissions: "none" },
  () => {
    const { page, looks } = draw({
      days: [day(2, { up: DAY }), day(3, { up: DAY - HOUR, down: HOUR })],
      outages: [outage(march(3), march(3, HOUR))],
    }, { from: march(1, 12 * HOUR), to: march(4, HOUR), madeAt: march(4, HOUR) });
    assertEquals(looks, ["n", "u", "d", "n"]);
    assertEquals(find(only(page, "div.days"), "span").map(textOf), ["Sun 1", "Mon 2", "Tue 31h", "Wed 4"]);
    assertEquals(find(only(page, "div.days"), "b").map(textOf), ["1h"]);
  },
);

Deno.test(
  "renderBars() draws a bar for each part of a window of at most two days",
  { permissions: "none" },
  () => {
    const buckets = [
      part(0, { up: HOUR }),
      part(60, { up: HOUR }),
      part(120, { up: HOUR / 2, down: HOUR / 2 }, { cause: "timeout in wait" }),
      part(180, { maintenance: HOUR }),
      part(240, {}),
    ];
    const window = { from: march(1), to: march(1, 5 * HOUR), madeAt: march(1, 5 * HOUR) };
    const { page, looks, titles } = draw({ buckets }, window);
    assertEquals(looks, ["u2", "f", "m", "n"]);
    assertEquals(titles, [
      "2026-03-01 00:00 to 02:00 UTC: up",
      "2026-03-01 02:00 to 03:00 UTC: down 30m, up 30m. timeout in wait",
      "2026-03-01 03:00 to 04:00 UTC: maintenance",
      "2026-03-01 04:00 to 05:00 UTC: no data",
    ]);
    assertEquals(find(page, "time").map(textOf), ["2026-03-01 00:00 UTC", "2026-03-01 05:00 UTC"]);
    assertEquals(renderBars([]), "");
  },
);

Deno.test("renderBars() gives the times of parts of a minute with seconds", { permissions: "none" }, () => {
  const buckets = [part(0, { up: 30_000 }), part(0.5, { down: 30_000 }), part(1, { up: 30_000 })];
  const end = march(1, 90_000);
  const { looks, titles } = draw({ buckets, outages: [outage(march(1), null)] }, { to: end, madeAt: end });
  assertEquals([looks, titles[1]], [
    ["u", "d", "u"],
    "2026-03-01 00:00:30 to 00:01:00 UTC: 1 outage, down 30 s",
  ]);
});

Deno.test("renderBars() does not call the time to come a time without data", { permissions: "none" }, () => {
  const { titles } = draw({ days: [day(27, { up: DAY }), day(28, { up: HOUR })] }, {
    madeAt: march(28, HOUR),
  });
  assertEquals(titles, [
    "2026-03-01 to 2026-03-26 UTC: no data",
    "2026-03-27 to 2026-03-28 UTC: up",
    "2026-03-29 to 2026-03-30 UTC: still to come",
  ]);
});

Deno.test("renderBars() joins the days of a long window, and the worst one of them wins", {
  permissions: "none",
}, () => {
  const check = {
    days: [
      day(1, { up: DAY }),
      day(2, { up: DAY }),
      day(3, { up: DAY - 1, down: 1 }, { cause: "gone" }),
      day(4, { up: DAY }),
    ],
  };
  const { looks, titles } = draw(check, { to: march(366), madeAt: march(366) });
  assertEquals(looks, ["f", "n91"]);
  assertEquals(titles[0], "2026-03-01 to 2026-03-04 UTC: down 1 ms, up 4d. gone");
});

testRows<[to: string, unit: string]>(
  "renderKey() says for which time a bar stands",
  [
    [march(2), "One bar is 8h."],
    [march(31), "One bar is one day."],
    [march(366), "One bar is 4 days."],
  ],
  ([to, unit]) => {
    const buckets = [part(0, {}), part(480, {}), part(960, {})];
    const key = parsePage(renderKey(cutFrames(reportOn([checkReport({ buckets })], { to }))));
    assertEquals(textOf(find(key, "li")[0]!), `${unit} The worst state decides its look:`);
    assertEquals(find(key, "i").map(({ attributes }) => attributes.get("class")), [..."dfgupqkmn"]);
  },
  { permissions: "none" },
);
