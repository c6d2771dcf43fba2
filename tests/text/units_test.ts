import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { formatDuration, formatSize, parseDuration, parseSize } from "../../lib/text/units.ts";
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

testRows<[ms: number, text: string]>("formatDuration() keeps three digits, or two units above a minute", [
  [0, "0ms"],
  [0.4213, "0.421ms"],
  [12.34, "12.3ms"],
  [300, "300ms"],
  [999.4, "999ms"],
  [999.6, "1s"],
  [1_250, "1.25s"],
  [59_960, "1m"],
  [125_000, "2m5s"],
  [3_599_999, "1h"],
  [3_660_000, "1h1m"],
  [86_400_000, "1d"],
  [97_200_000, "1d3h"],
], ([ms, text]) => {
  assertEquals(formatDuration(ms), text);
}, { permissions: "none" });

Deno.test("parseDuration() reads what formatDuration() wrote", { permissions: "none" }, () => {
  for (let ms = 0.01; ms < 5e8; ms *= 1.37) {
    assertAlmostEquals(parseDuration(formatDuration(ms)), ms, ms * 0.021, formatDuration(ms));
  }
});

testRows<[text: string, octets: number]>("parseSize() reads octets with decimal and binary units", [
  ["0", 0],
  ["512", 512],
  ["512B", 512],
  ["10KB", 10_000],
  ["10MB", 10_000_000],
  ["64KiB", 65_536],
  ["64 kib", 65_536],
  ["1.5KiB", 1_536],
  ["1.005MB", 1_005_000],
  ["2GiB", 2_147_483_648],
  ["1TB", 1_000_000_000_000],
], ([text, octets]) => {
  assertEquals(parseSize(text), octets, text);
}, { permissions: "none" });

testRows<[text: string, error: ErrorClass, message: string]>("parseSize() names the input and the fix", [
  ["", SyntaxError, 'Cannot parse size "": write octets with B, KB, MB, KiB, MiB or GiB'],
  ["1k", SyntaxError, '"1k"'],
  ["-1", SyntaxError, '"-1"'],
  ["64KiB ", SyntaxError, '"64KiB "'],
  ["0x10", SyntaxError, '"0x10"'],
  ["0.1KiB", RangeError, "not a whole number of octets"],
  ["9999999TB", RangeError, "below 2^53"],
], ([text, error, message]) => {
  assertThrows(() => parseSize(text), error, message, text);
}, { permissions: "none" });

testRows<[octets: number, text: string]>("formatSize() writes powers of 1,024, and parseSize() reads them", [
  [0, "0B"],
  [1_023, "1023B"],
  [1_024, "1KiB"],
  [1_536, "1.5KiB"],
  [65_536, "64KiB"],
  [1_048_575, "1MiB"],
  [1_300_000_000, "1.21GiB"],
  [5_000_000_000_000, "4.55TiB"],
], ([octets, text]) => {
  assertEquals(formatSize(octets), text);
  if (octets < 2 ** 20) assertAlmostEquals(parseSize(text), octets, octets / 100);
}, { permissions: "none" });

Deno.test(
  "formatSize() rounds what is no whole number of octets, as a rate is",
  { permissions: "none" },
  () => {
    assertEquals(formatSize(200.35165241187366), "200B");
    assertEquals(formatSize(1.23456), "1.23B");
  },
);
