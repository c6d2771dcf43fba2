import { assertEquals, assertThrows } from "@std/assert";
import { runScript } from "../../../_process.ts";
import { parseMoment } from "../../../../lib/cli/commands/report/moment.ts";
import { testRows } from "../../../_test_rows.ts";

const NOW = Date.UTC(2026, 2, 8, 12);

testRows<[text: string, at: number]>(
  "parseMoment() reads dates, times with and without a zone, and durations before now",
  [
    ["now", NOW],
    ["7d", Date.UTC(2026, 2, 1, 12)],
    ["90m", Date.UTC(2026, 2, 8, 10, 30)],
    ["2026-03-01", Date.UTC(2026, 2, 1)],
    ["2026-03-01T12:00", Date.UTC(2026, 2, 1, 12)],
    ["2026-03-01 12:00:05", Date.UTC(2026, 2, 1, 12, 0, 5)],
    ["2026-03-01T12:00Z", Date.UTC(2026, 2, 1, 12)],
    ["2026-03-01T12:00+01:00", Date.UTC(2026, 2, 1, 11)],
    ["2026-03-01T12:00-05:30", Date.UTC(2026, 2, 1, 17, 30)],
  ],
  ([text, at]) => {
    assertEquals(parseMoment(text)(NOW), at, text);
  },
  {
    permissions: "none",
  },
);

testRows("parseMoment() refuses text that is not a moment", [
  "yesterday",
  "",
  "2026-13-01",
  "2026-02-30",
  "2026-02-30T12:00",
  "2026-03-01T25:00",
  "7 weeks",
  "7",
], (text) => {
  assertThrows(() => parseMoment(text), SyntaxError, "Cannot ", text);
}, { permissions: "none" });

const NOON = Date.UTC(2026, 2, 1, 12);
const MOMENTS: readonly (readonly [text: string, at: number])[] = [
  ["2026-03-01T12:00", NOON],
  ["2026-03-01 12:00", NOON],
  ["2026-03-01T12:00:00", NOON],
  ["2026-03-01T12:00Z", NOON],
  ["2026-03-01T12:00+02:00", NOON - 7_200_000],
  ["2026-03-01", Date.UTC(2026, 2, 1)],
];

Deno.test("parseMoment() reads a time without a zone as UTC, in every local time zone", async () => {
  const texts = JSON.stringify(MOMENTS.map(([text]) => text));
  const script = `
    const local = new Date("2026-03-01T12:00").getUTCHours();
    console.log(JSON.stringify([local, ...${texts}.map((text) => it.parseMoment(text)(0))]));`;
  const { stdout, stderr } = await runScript("lib/cli/commands/report/moment.ts", script, {
    TZ: "America/New_York",
  });
  assertEquals(stderr, "");
  const [local, ...moments] = JSON.parse(stdout);
  assertEquals(local, 17, "the zone of that process is another one");
  assertEquals(moments, MOMENTS.map(([, at]) => at));
});
