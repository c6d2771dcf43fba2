import { assertEquals } from "@std/assert";
import { formatCount, formatMilliseconds, formatQuantity } from "../../lib/text/figures.ts";
import { stepRows, testRows } from "../_test_rows.ts";

testRows<[ms: number, text: string]>("formatMilliseconds() shows three figures", [
  [0, "0.00 ms"],
  [0.4213, "0.42 ms"],
  [9.994, "9.99 ms"],
  [9.996, "10.0 ms"],
  [12.34, "12.3 ms"],
  [99.94, "99.9 ms"],
  [99.96, "100 ms"],
  [457.4, "457 ms"],
  [999.4, "999 ms"],
  [999.6, "1.00 s"],
  [1250, "1.25 s"],
  [9996, "10.0 s"],
  [83_040, "83.0 s"],
  [99_960, "100 s"],
  [250_000, "250 s"],
], ([ms, text]) => {
  assertEquals(formatMilliseconds(ms), text, String(ms));
}, { permissions: "none" });

Deno.test(
  "formatCount() sets thousands apart, formatQuantity() adds the noun",
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
