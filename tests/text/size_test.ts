import { assertEquals, assertThrows } from "@std/assert";
import { parseSize } from "../../lib/text/size.ts";
import { testRows } from "../_test_rows.ts";

type ErrorClass = typeof SyntaxError | typeof RangeError;

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
