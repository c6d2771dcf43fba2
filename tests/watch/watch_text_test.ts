import { assertEquals } from "@std/assert";
import type { ChangeNotice } from "../../lib/watch/delivery/change_notice.ts";
import { formatChange, formatCheckRun } from "../../lib/watch/watch_text.ts";
import { runAt } from "./_samples.ts";
import { testRows } from "../_test_rows.ts";

const VIEW = { width: 100 };

function change(changes: Partial<ChangeNotice>): ChangeNotice {
  return {
    schema: 1,
    check: "shop",
    url: "http://a.test/",
    tags: [],
    title: "shop is down: refused",
    kind: "down",
    at: "2026-03-01T12:05:00.000Z",
    from: "up",
    to: "down",
    since: "2026-03-01T12:05:00.000Z",
    cause: "refused",
    status: null,
    total: 5,
    ...changes,
  };
}

testRows<[changes: Partial<ChangeNotice>, line: string]>(
  "formatChange() shows the start of a condition if it began before it was confirmed",
  [
    [{}, "2026-03-01 12:05:00  DOWN  shop"],
    [
      { since: "2026-03-01T12:02:30.000Z" },
      "2026-03-01 12:05:00  DOWN  shop, since 2026-03-01 12:02:30 (2m 30s)",
    ],
    // A change that leaves the older condition as it is.
    [
      { kind: "certificate-soon", from: "up", to: "up", since: "2026-03-01T11:00:00.000Z" },
      "2026-03-01 12:05:00  CERTIFICATE  shop",
    ],
    // The clock was set back.
    [{ since: "2026-03-01T12:09:00.000Z" }, "2026-03-01 12:05:00  DOWN  shop"],
  ],
  ([changes, line]) => {
    assertEquals(formatChange(change(changes), VIEW).split("\n"), [line, `${" ".repeat(21)}refused`]);
  },
  {
    permissions: "none",
  },
);

Deno.test("formatCheckRun() shows the number of retries, and the cause of a failure", {
  permissions: "none",
}, () => {
  const lines = (retries: number, verdict: "up" | "down" | "degraded" | "unknown") =>
    formatCheckRun({ ...runAt(0, verdict), check: "shop", retries }, VIEW).split("\n");
  assertEquals(lines(0, "up"), ["up       200   150 ms  shop"]);
  assertEquals(lines(1, "up")[0]?.endsWith("shop (after 1 more try)"), true);
  assertEquals(lines(2, "up")[0]?.endsWith("shop (after 2 more tries)"), true);
  assertEquals([lines(0, "down").length, lines(0, "down")[0]?.slice(0, 9)], [2, "DOWN     "]);
  assertEquals(lines(0, "down")[1]?.trim(), "refused in connect: nobody there");
  assertEquals(lines(0, "degraded")[1]?.trim(), "not timings.total < 1ms (found 5)");
  assertEquals(lines(0, "unknown")[1]?.trim(), "resource in connect: nobody there");
});
