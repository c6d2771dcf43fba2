import { assertEquals } from "@std/assert";
import { sayCount, sayHow, sayMs } from "../../../lib/conn/lab/say.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[ms: number, text: string]>(
  "sayMs() shows a tenth below ten milliseconds, and seconds from one on",
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
    assertEquals(sayMs(ms), text);
  },
  { permissions: "none" },
);

Deno.test("sayCount() has a plural for all but one", { permissions: "none" }, () => {
  assertEquals([0, 1, 2].map((count) => sayCount(count, "octet")), ["0 octets", "1 octet", "2 octets"]);
});

Deno.test("sayHow() names the end of a connection", { permissions: "none" }, () => {
  assertEquals(["fin", "rst", "tls-truncated"].map((how) => sayHow(how)), [
    "FIN",
    "RST",
    "a FIN without close_notify",
  ]);
});
