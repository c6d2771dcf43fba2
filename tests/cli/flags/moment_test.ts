import { assertEquals, assertThrows } from "@std/assert";
import { parseMoment } from "../../../lib/cli/flags/moment.ts";

const NOW = Date.UTC(2026, 2, 8, 12);

Deno.test("parseMoment() reads dates, times with and without a zone, and how long ago", {
  permissions: "none",
}, () => {
  const rows: [text: string, at: number][] = [
    ["now", NOW],
    ["7d", Date.UTC(2026, 2, 1, 12)],
    ["90m", Date.UTC(2026, 2, 8, 10, 30)],
    ["2026-03-01", Date.UTC(2026, 2, 1)],
    ["2026-03-01T12:00", Date.UTC(2026, 2, 1, 12)],
    ["2026-03-01 12:00:05", Date.UTC(2026, 2, 1, 12, 0, 5)],
    ["2026-03-01T12:00Z", Date.UTC(2026, 2, 1, 12)],
    ["2026-03-01T12:00+01:00", Date.UTC(2026, 2, 1, 11)],
    ["2026-03-01T12:00-05:30", Date.UTC(2026, 2, 1, 17, 30)],
  ];
  for (const [text, at] of rows) assertEquals(parseMoment(text)(NOW), at, text);
});

Deno.test("parseMoment() refuses what is no moment", { permissions: "none" }, () => {
  for (const text of ["yesterday", "", "2026-13-01", "2026-03-01T25:00", "7 weeks"]) {
    assertThrows(() => parseMoment(text), SyntaxError, "Cannot ", text);
  }
});
