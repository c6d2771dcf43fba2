import { assertEquals } from "@std/assert";
import { formatHow } from "../../../lib/conn/lab/format_end.ts";
import { formatCount, formatMs } from "../../../lib/conn/lab/format_figures.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[ms: number, text: string]>(
  "formatMs() shows a tenth below ten milliseconds, and seconds from one on",
  [
    [0, "0.0 ms"],
    [9.94, "9.9 ms"],
    [10, "10 ms"],
    [999.4, "999 ms"],
    [1_000, "1 s"],
    [1_234, "1.23 s"],
    [60_500, "60.5 s"],
  ],
  ([ms, text]) => {
    assertEquals(formatMs(ms), text);
  },
  { permissions: "none" },
);

Deno.test("formatCount() has a plural for all but one", { permissions: "none" }, () => {
  assertEquals([0, 1, 2].map((count) => formatCount(count, "octet")), ["0 octets", "1 octet", "2 octets"]);
});

Deno.test("formatHow() names the end of a connection", { permissions: "none" }, () => {
  assertEquals(["fin", "rst", "tls-truncated"].map((how) => formatHow(how)), [
    "FIN",
    "RST",
    "a FIN without close_notify",
  ]);
});
