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

Deno.test("parseMoment() takes a time without a zone for UTC, wherever it is read", () => {
  const zone = Deno.env.get("TZ");
  Deno.env.set("TZ", "America/New_York");
  try {
    assertEquals(new Date("2026-03-01T12:00").getUTCHours(), 17, "the zone of this machine is another one");
    const noon = Date.UTC(2026, 2, 1, 12);
    for (const text of ["2026-03-01T12:00", "2026-03-01 12:00", "2026-03-01T12:00:00", "2026-03-01T12:00Z"]) {
      assertEquals(parseMoment(text)(0), noon, text);
    }
    assertEquals(parseMoment("2026-03-01T12:00+02:00")(0), noon - 7_200_000);
    assertEquals(parseMoment("2026-03-01")(0), Date.UTC(2026, 2, 1));
  } finally {
    if (zone === undefined) Deno.env.delete("TZ");
    else Deno.env.set("TZ", zone);
  }
});
