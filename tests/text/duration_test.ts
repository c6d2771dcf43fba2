import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { formatDuration, formatSeconds, parseDuration } from "../../lib/text/duration.ts";
import { testRows } from "../_test_rows.ts";

type ErrorClass = typeof SyntaxError | typeof RangeError;

testRows<[text: string, ms: number]>(
  "parseDuration() reads numbers with units, and bare numbers as seconds",
  [
    ["300ms", 300],
    ["5s", 5_000],
    ["2m", 120_000],
    ["1h", 3_600_000],
    ["7d", 604_800_000],
    ["1.5s", 1_500],
    ["0.5ms", 0.5],
    ["1m30s", 90_000],
    ["1d2h3m4s5ms", 93_784_005],
    ["10", 10_000],
    ["0.25", 250],
    [".5", 500],
    [".5s", 500],
    ["0", 0],
    ["10000d", 864_000_000_000],
  ],
  ([text, ms]) => {
    assertEquals(parseDuration(text), ms, text);
  },
  { permissions: "none" },
);

testRows<[text: string, error: ErrorClass, message: string]>("parseDuration() names the input and the fix", [
  ["", SyntaxError, 'Cannot parse duration "": write a number with ms, s, m, h or d'],
  ["abc", SyntaxError, '"abc"'],
  ["-1s", SyntaxError, '"-1s"'],
  ["5 s", SyntaxError, '"5 s"'],
  ["5S", SyntaxError, '"5S"'],
  ["1e3", SyntaxError, '"1e3"'],
  ["1.s", SyntaxError, '"1.s"'],
  [".", SyntaxError, '"."'],
  ["5s\n", SyntaxError, "5s"],
  ["30s1m", SyntaxError, "larger units come first"],
  ["5m5m", SyntaxError, "each unit once"],
  ["10001d", RangeError, "over 10,000 days"],
  ["9".repeat(400), RangeError, "over 10,000 days"],
], ([text, error, message]) => {
  assertThrows(() => parseDuration(text), error, message, text);
}, { permissions: "none" });

testRows<[ms: number, text: string]>(
  "formatDuration() keeps three digits, or two units from a minute upwards",
  [
    [0, "0 ms"],
    [0.004, "0 ms"],
    [0.4213, "0.42 ms"],
    [9.994, "9.99 ms"],
    [9.996, "10 ms"],
    [12.34, "12.3 ms"],
    [99.94, "99.9 ms"],
    [99.96, "100 ms"],
    [300, "300 ms"],
    [999.4, "999 ms"],
    [999.6, "1 s"],
    [1_250, "1.25 s"],
    [59_940, "59.9 s"],
    [59_960, "1m"],
    [83_000, "1m 23s"],
    [125_000, "2m 5s"],
    [3_599_999, "1h"],
    [3_660_000, "1h 1m"],
    [86_340_000, "23h 59m"],
    [86_400_000, "1d"],
    [97_200_000, "1d 3h"],
    [8_636_400_000, "99d 23h"],
  ],
  ([ms, text]) => {
    assertEquals(formatDuration(ms), text);
  },
  { permissions: "none" },
);

Deno.test(
  "parseDuration() reads the output of formatDuration() without blanks",
  { permissions: "none" },
  () => {
    for (let ms = 0.1; ms < 5e8; ms *= 1.37) {
      const text = formatDuration(ms).replaceAll(" ", "");
      assertAlmostEquals(parseDuration(text), ms, ms * 0.051, text);
    }
  },
);

Deno.test("formatDuration() fits into seven characters below 100 days", { permissions: "none" }, () => {
  for (let ms = 0.01; ms < 8.6e9; ms *= 1.001) assertEquals(formatDuration(ms).length <= 7, true, String(ms));
});

Deno.test("formatSeconds() shows microseconds", { permissions: "none" }, () => {
  assertEquals([0, 1.5, 12_345.6789].map(formatSeconds), ["0.000000", "0.001500", "12.345679"]);
});
