import { assertEquals } from "@std/assert";
import {
  isInMaintenance,
  type MaintenanceWindow,
} from "../../../lib/watch/maintenance/maintenance_window.ts";
import { task } from "../_samples.ts";
import { testRows } from "../../_test_rows.ts";

function windowOf(definition: Record<string, unknown>): readonly MaintenanceWindow[] {
  return task({ url: "http://a.test/", maintenance: [definition] }).maintenance;
}

/** Lists the hours and minutes, in UTC, between which a window lasts on a day. */
function lasts(definition: Record<string, unknown>, day: string): string {
  const windows = windowOf(definition);
  const midnight = Date.parse(`${day}T00:00Z`);
  const spans: string[] = [];
  let begun: string | undefined;
  for (let minute = 0; minute <= 1440; minute++) {
    const at = midnight + minute * 60_000;
    const time = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${
      String(minute % 60).padStart(2, "0")
    }`;
    const isIn = isInMaintenance(windows, { from: at, to: at });
    if (isIn && begun === undefined) begun = time;
    if (begun !== undefined && (!isIn || minute === 1440)) {
      spans.push(`${begun}-${time}`);
      begun = undefined;
    }
  }
  return spans.join(" ");
}

// In 2026 the clocks of Berlin go from 02:00 to 03:00 on 29 March, and from 03:00 to 02:00 on 25 October, at 01:00 UTC.
const berlin = { zone: "Europe/Berlin" };
const SUNDAY = { days: ["sun"], from: "02:00", to: "04:00", ...berlin };
const GAP = "2026-03-29";
const OVERLAP = "2026-10-25";

testRows(
  "isInMaintenance() follows the clocks of a zone",
  [
    ["a Sunday in winter", SUNDAY, "2026-02-01", "01:00-03:00"],
    ["a Sunday in summer", SUNDAY, "2026-07-05", "00:00-02:00"],
    ["a Monday", SUNDAY, "2026-07-06", ""],
    ["a full name of a day", { ...SUNDAY, days: ["Sunday"] }, "2026-02-01", "01:00-03:00"],
    ["no zone is UTC", { days: ["sun"], from: "02:00", to: "04:00" }, "2026-02-01", "02:00-04:00"],
    ["no days is every day", { from: "2:00", to: "04:00" }, "2026-02-04", "02:00-04:00"],
    [
      "over midnight, the first day",
      { days: ["sat"], from: "23:00", to: "01:00" },
      "2026-02-07",
      "23:00-24:00",
    ],
    [
      "over midnight, the second day",
      { days: ["sat"], from: "23:00", to: "01:00" },
      "2026-02-08",
      "00:00-01:00",
    ],
    ["over midnight, no third day", { days: ["sat"], from: "23:00", to: "01:00" }, "2026-02-09", ""],
    ["over midnight, every day", { from: "23:00", to: "01:00" }, "2026-02-09", "00:00-01:00 23:00-24:00"],
    ["until midnight", { days: ["sat"], from: "23:00", to: "24:00" }, "2026-02-07", "23:00-24:00"],
    ["until midnight as 00:00", { days: ["sat"], from: "23:00", to: "00:00" }, "2026-02-08", ""],
    ["a whole day", { days: ["sat"], from: "00:00", to: "24:00" }, "2026-02-07", "00:00-24:00"],
    [
      "a day of another zone",
      { days: ["mon"], from: "08:00", to: "09:00", zone: "Asia/Tokyo" },
      "2026-02-01",
      "23:00-24:00",
    ],
    [
      "an offset as a zone",
      { days: ["sun"], from: "02:00", to: "04:00", zone: "+02:00" },
      "2026-02-01",
      "00:00-02:00",
    ],
    ["gap inside", { ...SUNDAY, from: "01:00" }, GAP, "00:00-02:00"],
    ["gap at the start", SUNDAY, GAP, "01:00-02:00"],
    ["start in the gap", { ...SUNDAY, from: "02:30" }, GAP, "01:00-02:00"],
    ["end in the gap", { ...SUNDAY, from: "01:00", to: "02:30" }, GAP, "00:00-01:30"],
    ["all in the gap", { ...SUNDAY, from: "02:15", to: "02:45" }, GAP, "01:00-01:45"],
    ["the whole gap", { ...SUNDAY, to: "03:00" }, GAP, "01:00-02:00"],
    ["overlap inside", SUNDAY, OVERLAP, "00:00-03:00"],
    ["all in the overlap", { ...SUNDAY, from: "02:10", to: "02:20" }, OVERLAP, "00:10-01:20"],
    ["end in the overlap", { ...SUNDAY, from: "01:00", to: "02:30" }, OVERLAP, "00:00-01:30"],
    ["start in the overlap", { ...SUNDAY, from: "02:30" }, OVERLAP, "00:30-03:00"],
    [
      "over midnight into the gap",
      { days: ["sat"], from: "23:00", to: "02:30", ...berlin },
      GAP,
      "00:00-01:30",
    ],
    ["once, with Z", { from: "2026-03-01T22:00Z", to: "2026-03-01T23:30:00Z" }, "2026-03-01", "22:00-23:30"],
    [
      "once, with an offset",
      { from: "2026-03-01T22:00+01:00", to: "2026-03-01T23:30+0100" },
      "2026-03-01",
      "21:00-22:30",
    ],
    [
      "once, without an offset",
      { from: "2026-03-01T22:00", to: "2026-03-01 23:30" },
      "2026-03-01",
      "22:00-23:30",
    ],
    [
      "once, in a zone",
      { from: "2026-07-01T22:00", to: "2026-07-01T23:30", ...berlin },
      "2026-07-01",
      "20:00-21:30",
    ],
    [
      "once, an offset wins over the zone",
      { from: "2026-07-01T22:00Z", to: "2026-07-02T00:30", ...berlin },
      "2026-07-01",
      "22:00-22:30",
    ],
    ["once, dates", { from: "2026-03-01", to: "2026-03-02" }, "2026-03-01", "00:00-24:00"],
    ["once, a date later", { from: "2026-03-01", to: "2026-03-02" }, "2026-03-03", ""],
    ["once, in the gap", { from: "2026-03-29T02:15", to: "2026-03-29T02:45", ...berlin }, GAP, "01:00-01:45"],
    [
      "once, over the overlap",
      { from: "2026-10-25T02:00", to: "2026-10-25T03:00", ...berlin },
      OVERLAP,
      "00:00-02:00",
    ],
  ] as const,
  ([, definition, day, expected]) => assertEquals(lasts(definition, day), expected),
  { permissions: "none" },
);

const HOUR = windowOf({ from: "2026-03-01T02:00Z", to: "2026-03-01T03:00Z" });

testRows(
  "isInMaintenance() takes every run that overlaps a window",
  [
    ["before", "01:59:40", "01:59:59", false],
    ["begins before it", "01:59:55", "02:00:05", true],
    ["within", "02:30:00", "02:30:01", true],
    ["ends after it", "02:59:59", "03:00:09", true],
    ["begins at its end", "03:00:00", "03:00:01", false],
    ["from before to after", "01:00:00", "04:00:00", true],
  ] as const,
  ([, from, to, expected]) => {
    const span = { from: Date.parse(`2026-03-01T${from}Z`), to: Date.parse(`2026-03-01T${to}Z`) };
    assertEquals(isInMaintenance(HOUR, span), expected);
  },
  { permissions: "none" },
);

Deno.test(
  "isInMaintenance() finds a weekly window inside a run of several days",
  { permissions: "none" },
  () => {
    const from = Date.parse("2026-03-02T00:00Z");
    const windows = windowOf({ days: ["thu"], from: "02:00", to: "03:00" });
    assertEquals(isInMaintenance(windows, { from, to: from + 4 * 86_400_000 }), true);
    assertEquals(isInMaintenance(windows, { from, to: from + 2 * 86_400_000 }), false);
  },
);
