import { assertEquals } from "@std/assert";
import { formatReportHtml } from "../../../../lib/watch/report/report_html.ts";
import { compareUrgency } from "../../../../lib/watch/report/report_figures.ts";
import type { CheckReport } from "../../../../lib/watch/report/uptime_report.ts";
import { testRows } from "../../../_test_rows.ts";
import { checkReport, type Element, find, only, parsePage, reportOn, textOf } from "./_page.ts";

function pageOf(checks: Partial<CheckReport>[]): Element {
  return parsePage(formatReportHtml(reportOn(checks.map((check) => checkReport(check)))));
}

/** Reads the titles of the groups and the names of their checks. */
function readGroups(page: Element): [title: string, checks: string[]][] {
  return find(page, "section.group").map((
    group,
  ) => [textOf(only(group, "h2")), find(group, "h3").map(textOf)]);
}

testRows<[checks: Partial<CheckReport>[], groups: [title: string, checks: string[]][]]>(
  "renderGroups() puts each check once into the group of its first tag, the worst group first",
  [
    [[{ name: "a" }, { name: "b" }], [["Checks 2 of 2 up", ["a", "b"]]]],
    [
      [
        { name: "a" },
        { name: "b", tags: ["web"] },
        { name: "c", tags: ["api", "web"] },
        { name: "d", tags: ["web"], state: "down" },
      ],
      [
        ["web 2 of 3 up", ["d", "b"]],
        ["api 1 of 1 up", ["c"]],
        ["Without a tag 1 of 1 up", ["a"]],
      ],
    ],
    [[{ name: "a", tags: ["<b>", "<b>"] }], [["<b> 1 of 1 up", ["a"]]]],
    [[{ name: "a", state: "removed" }], [["Checks 1 check", ["a"]]]],
    [
      [{ name: "a", tags: ["x", "prod"] }, { name: "b", tags: ["y", "prod"], state: "degraded" }],
      [["y 0 of 1 up", ["b"]], ["x 1 of 1 up", ["a"]], ["Other tags", []]],
    ],
  ],
  ([checks, groups]) => assertEquals(readGroups(pageOf(checks)), groups),
  { permissions: "none" },
);

Deno.test(
  "renderGroups() links to the checks that have the tag of a group as well",
  { permissions: "none" },
  () => {
    const page = pageOf([
      { name: "a", tags: ["web"] },
      { name: "b", tags: ["api", "web", "prod"], state: "down" },
      { name: "c", tags: ["api", "prod"] },
    ]);
    const [also] = find(page, "p.also");
    assertEquals(textOf(also!), "Also with this tag: ✕b");
    assertEquals(only(also!, "a").attributes.get("href"), "#check-1");
    assertEquals(textOf(only(page, "#other-tags")), "Other tagsprod 1 of 2 up✕b, ✓c");
  },
);

Deno.test("formatReportHtml() has a target for each of its links, and each target once", {
  permissions: "none",
}, () => {
  const many = Array.from({ length: 120 }, (_, index) => ({
    name: `service ${index}`,
    tags: [`team ${index % 30}`, "all"],
    certificate: { ends: null, daysLeft: index, soon: index < 14, seen: "2026-03-01T00:00:00.000Z" },
  }));
  const page = pageOf(many);
  const ids = find(page, "").flatMap(({ attributes }) => attributes.get("id") ?? []);
  assertEquals(ids.length, new Set(ids).size);
  const targets = find(page, "a").map(({ attributes }) => attributes.get("href")!.slice(1));
  assertEquals(targets.filter((target) => !ids.includes(target)), []);
  assertEquals(find(only(page, "nav"), "a").map(textOf), ["Incidents (0)", "Checks"]);
});

Deno.test("renderNavigation() leads to the groups if they are few", { permissions: "none" }, () => {
  const page = pageOf([{ tags: ["web"] }, { tags: ["api"], state: "down" }]);
  assertEquals(textOf(only(page, "nav")), "Incidents (0)api 0 of 1 upweb 1 of 1 up");
});

Deno.test("renderGroups() has the order of the text report", { permissions: "none" }, () => {
  const states = [
    "up",
    "new",
    "removed",
    "down",
    "maintenance",
    "failing",
    "degraded",
    "no-data",
    "unknown",
    "flapping",
  ];
  const checks = states.map((state) => checkReport({ state: state as CheckReport["state"], name: state }));
  const page = parsePage(formatReportHtml(reportOn(checks)));
  assertEquals(find(page, "h3").map(textOf), checks.toSorted(compareUrgency).map(({ name }) => name));
});
