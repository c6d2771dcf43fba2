import { assertEquals, assertNotEquals } from "@std/assert";
import { testRows } from "../_test_rows.ts";
import { compareOutput, mask } from "./_mask.ts";

testRows("mask() makes two runs equal", [
  ["total 0.72 ms", "total\n  13.1 ms"],
  ["timing ███▌ ▐", "timing █"],
  ["FIN after 2 s of silence", "FIN after 2.001 to 2.43 s of silence"],
  ["2026-11-21 10:56:53  DOWN", "2027-01-02 03:04:05  DOWN"],
  ['{"timings":{"total":0.7}}', '{"timings":{"total":12}}'],
  ["rate 1.34GiB/s", "rate 708MiB/s"],
], ([one, other]) => assertEquals(mask(one!), mask(other!)));

testRows("mask() keeps real differences", [
  ["status 200", "status 503"],
  ["6 octets", "7 octets"],
  ["HTTP/1.1 200 OK", "HTTP/1.0 200 OK"],
  ["at octet 36", "at octet 79"],
  ["127.0.0.1:8080", "127.0.0.1:8081"],
  ["3 of 3 answered", "2 of 3 answered"],
], ([one, other]) => assertNotEquals(mask(one!), mask(other!)));

testRows(
  "compareOutput() accepts any text for … at the end of a line",
  [
    [["a", "…", "d"], "a\nb\nc\nd\n", true],
    [["a …"], "a b\nc\n", true],
    [["a", "…", "e"], "a\nb\nc\nd\n", false],
    [["b", "…"], "a\nb\nc\n", false],
    [["a", "c"], "a\nb\nc\n", false],
  ] as const,
  ([shown, printed, agrees]) => {
    const compared = compareOutput(shown, printed);
    assertEquals(compared.shown === compared.printed, agrees);
  },
);
