import { assertEquals } from "@std/assert";
import { renderPlot } from "../../../../lib/watch/report/html/plot.ts";
import type { ReportBucket } from "../../../../lib/watch/report/report_parts.ts";
import { testRows } from "../../../_test_rows.ts";
import { checkReport, find, only, parsePage, part, reportOn, textOf } from "./_page.ts";

function bucket(wait: number | undefined, p90?: number): ReportBucket {
  return part(0, { up: 1 }, {
    medians: wait === undefined ? {} : { connect: 25, send: 0.001, wait, receive: 0.3 },
    ...(p90 !== undefined && { p90 }),
  });
}

testRows<[buckets: ReportBucket[], paths: [phase: string, path: string][]]>(
  "renderPlot() draws each phase from the bottom, with one step for equal neighbours",
  [
    // 72 units are 100 ms: 25 ms are 18 of them, 50 ms 36.
    [[bucket(50, 100), bucket(50, 75), bucket(undefined), bucket(25, 75), bucket(25, 75)], [
      ["receive", "M0 72V18h2V72h1V36h2V72"],
      ["wait", "M0 72V18h2V72h1V36h2V72"],
      ["connect", "M0 72V54h2V72h1V54h2V72"],
      ["p90", "M0 0h1m0 18h1m1 0h2"],
    ]],
    [[bucket(12, 100), bucket(10, 100)], [
      ["receive", "M0 72V45h1v2h1V72"],
      ["wait", "M0 72V45h1v2h1V72"],
      ["connect", "M0 72V54h2V72"],
      ["p90", "M0 0h2"],
    ]],
    [[bucket(undefined), bucket(undefined)], []],
  ],
  ([buckets, paths]) => {
    const page = parsePage(renderPlot(checkReport({ buckets }), reportOn([])));
    const drawn = find(page, "path").map(({ attributes }) => [attributes.get("class"), attributes.get("d")]);
    assertEquals(drawn, paths);
  },
  { permissions: "none" },
);

Deno.test("renderPlot() shades the parts in which the check was down", { permissions: "none" }, () => {
  const down = part(0, { up: 1, down: 1 });
  const buckets = [bucket(50), down, down, bucket(50), down];
  const page = parsePage(renderPlot(checkReport({ buckets }), reportOn([])));
  assertEquals(only(page, "path.shade").attributes.get("d"), "M1 0h2v72h-2M4 0h1v72h-1");
  assertEquals(find(only(page, "div.axis"), "span").map(textOf)[1], "shaded: down");
});
