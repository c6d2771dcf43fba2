import { assertEquals } from "@std/assert";
import { currentCertificate, describeCertificate } from "../../../lib/watch/report/current_certificate.ts";
import { testRows } from "../../_test_rows.ts";

const DAY = 86_400_000;

testRows<[title: string, ends: (number | null)[], found: [ends: number | null, at: number] | undefined]>(
  "currentCertificate() finds the certificate in use that ends first:",
  [
    ["no certificate", [], undefined],
    ["one certificate", [80, 80, 80], [80, 2]],
    ["two servers, the last run saw the later end", [5, 80, 5, 80], [5, 2]],
    ["two servers, the last run saw the earlier end", [80, 5, 80, 5], [5, 3]],
    ["two servers, one of them rarely", [80, 5, ...Array<number>(40).fill(80)], [5, 1]],
    ["two servers, no turn yet", [5, 80, 80, 80], [5, 0]],
    ["a renewal", [5, 5, 5, 90, 90], [5, 2]],
    ["a renewal that five runs confirmed", [5, 5, 5, 90, 90, 90, 90, 90], [90, 7]],
    ["a renewal by a shorter one", [80, 80, 30], [30, 2]],
    ["runs of an older version", [null, null], [null, 1]],
    ["runs of an older version before the last ones", [null, 80, 80], [80, 2]],
  ],
  ([_title, ends, found]) => {
    const rows = ends.map((days, at) => ({ at, days: days ?? 1, ends: days === null ? null : days * DAY }));
    const row = currentCertificate(rows.reverse());
    assertEquals(row && [row.ends === null ? null : row.ends / DAY, row.at], found);
  },
  { permissions: "none" },
);

testRows<[title: string, daysLeft: number, soonDays: number, soon: boolean]>(
  "describeCertificate() follows the highest number of certificateDays:",
  [
    ["fewer days left", 20, 30, true],
    ["as many days left", 30, 30, false],
    ["more days left", 10, 7, false],
    ["an end in the past", -1, 0, true],
  ],
  ([_title, daysLeft, soonDays, soon]) => {
    const row = { at: 0, days: daysLeft, ends: daysLeft * DAY };
    const described = describeCertificate(row, { now: 0, soonDays });
    assertEquals([described.daysLeft, described.soon], [daysLeft, soon]);
  },
  { permissions: "none" },
);
