import { assertEquals } from "@std/assert";
import { formatCount, formatPace, formatQuantity, formatShare } from "../../lib/text/count.ts";
import { stepRows, testRows } from "../_test_rows.ts";

Deno.test(
  "formatCount() separates thousands, formatQuantity() adds the noun",
  { permissions: "none" },
  async (test) => {
    const rows: [count: number, text: string][] = [[0, "0"], [999, "999"], [1204, "1,204"], [
      1234567,
      "1,234,567",
    ]];
    await stepRows(test, rows, ([count, text]) => {
      assertEquals(formatCount(count), text);
    });
    assertEquals(formatQuantity(1, "octet"), "1 octet");
    assertEquals(formatQuantity(5000, "octet"), "5,000 octets");
    assertEquals(formatQuantity(0, "reply", "replies"), "0 replies");
  },
);

testRows<[share: number, text: string]>("formatShare() never rounds to 0 % or to 100 %", [
  [0, "0 %"],
  [1, "100 %"],
  [0.4, "40 %"],
  [1 / 3, "33.33 %"],
  [0.125, "12.5 %"],
  [0.9997, "99.97 %"],
  [0.99999, "99.999 %"],
  [0.00004, "0.004 %"],
  [0.000001, "0.0001 %"],
  [0.9999999, "> 99.9999 %"],
  [0.0000001, "< 0.0001 %"],
], ([share, text]) => {
  assertEquals(formatShare(share), text);
}, { permissions: "none" });

testRows<[perSecond: number, text: string]>("formatPace() shows slow runs too", [
  [1_234.4, "1,234/s"],
  [10, "10/s"],
  [2.52, "2.5/s"],
  [0.31, "18.6/min"],
  [0, "0/min"],
], ([perSecond, text]) => {
  assertEquals(formatPace(perSecond / 1000), text);
}, { permissions: "none" });
