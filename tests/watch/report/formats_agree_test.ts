import { assert, assertEquals } from "@std/assert";
import { formatDuration } from "../../../lib/text/duration.ts";
import { formatReportCsv } from "../../../lib/watch/report/report_csv.ts";
import { formatUptime } from "../../../lib/watch/report/report_figures.ts";
import { formatReportHtml } from "../../../lib/watch/report/report_html.ts";
import { formatReportJson } from "../../../lib/watch/report/report_json.ts";
import { formatReportText } from "../../../lib/watch/report/report_text.ts";
import type { UptimeReport } from "../../../lib/watch/report/uptime_report.ts";
import { testRows } from "../../_test_rows.ts";
import { change, MINUTE, report, summary } from "./_samples.ts";
import { find, only, parsePage, textOf } from "./html/_page.ts";

/** Outages of some letters: from one letter to another. */
const outage = (from: number, to: number) => [
  change("down", "up", from * MINUTE),
  change("up", "down", to * MINUTE),
];

testRows<[letters: string, changes: ReturnType<typeof outage>]>(
  "text, CSV, JSON and HTML give the same uptime and the same time down",
  [
    ["uuuuuuuuuu", []],
    ["uuddduugux", outage(2, 5)],
    ["ududududud", []],
    ["uddduududu", outage(1, 4)],
    ["dd", []],
    ["xxxx", []],
    ["mmmuud", []],
    ["uu     duu", []],
  ],
  ([letters, changes]) => {
    const check = summary(letters, changes);
    const whole: UptimeReport = { ...report(), checks: [check] };
    const json = (JSON.parse(formatReportJson(whole)) as UptimeReport).checks[0]!;

    const [head, row] = formatReportCsv(whole).split("\n").map((line) => line.split(","));
    const cell = (name: string) => row![head!.indexOf(name)];
    assertEquals(
      [cell("uptime_percent"), cell("down_s"), cell("outages"), cell("failures")],
      [
        json.uptime === null ? "" : String(Number((json.uptime * 100).toFixed(6))),
        String(json.down / 1000),
        String(json.outages.length),
        String(json.failures),
      ],
    );

    const uptime = formatUptime(json.uptime);
    const text = formatReportText(whole, { width: 200 });
    assert(text.includes(json.uptime === null ? "nothing observed" : `${uptime} up`), text);

    const article = only(parsePage(formatReportHtml(whole)), "article");
    assertEquals(textOf(only(article, "strong")), `${uptime} up`);
    const facts = find(article, "p.soft").map(textOf).join("\n");
    const figures = [
      json.outages.length === 0 ? "no outage" : `1 outage (${formatDuration(json.downInOutages)})`,
      json.failures === 0
        ? ""
        : `single failure${json.failures === 1 ? "" : "s"} (${formatDuration(json.downInFailures)})`,
      json.observed === 0 ? "nothing observed" : `observed ${formatDuration(json.observed)} of`,
    ];
    assertEquals(figures.filter((figure) => !facts.includes(figure)), [], facts);
  },
  { permissions: "none" },
);
