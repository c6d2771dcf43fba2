import { assertEquals } from "@std/assert";
import { recentFailure, rememberFailure } from "../../lib/cli/registry_failure.ts";
import { testRows } from "../_test_rows.ts";

const MINUTE = 60_000;
const FAILED = Date.UTC(2026, 0, 1);

testRows(
  "recentFailure() gives a failure of the last ten minutes",
  [["at once", 0, true], ["after nine minutes", 9 * MINUTE, true], ["after eleven", 11 * MINUTE, false], [
    "with a clock set back",
    -MINUTE,
    false,
  ]] as [name: string, after: number, recent: boolean][],
  ([, after, recent]) => {
    rememberFailure(FAILED);
    assertEquals(recentFailure(FAILED + after), recent ? new Date(FAILED) : undefined);
    localStorage.clear();
  },
);

Deno.test("recentFailure() gives nothing if no download has failed", () => {
  localStorage.clear();
  assertEquals(recentFailure(), undefined);
});
