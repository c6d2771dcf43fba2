import { assertEquals, assertFalse } from "@std/assert";
import { formatJson } from "../../lib/report/json.ts";
import {
  degradedOutcome,
  goodResult,
  hostileOutcome,
  hostileResult,
  outcomeOf,
  refusedResult,
  truncatedResult,
} from "./_samples.ts";
import { testRows } from "../_test_rows.ts";

testRows("formatJson() is one line that JSON.parse reads back to an equal object", [
  goodResult(),
  refusedResult(),
  truncatedResult(),
  hostileResult(),
], (result) => {
  const line = formatJson(result);
  assertFalse(/[\r\n\u2028\u2029]/.test(line));
  // deno-lint-ignore no-control-regex -- control octets are what must not be there
  assertFalse(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/.test(line));
  assertEquals(JSON.parse(line), result);
}, { permissions: "none" });

Deno.test(
  "formatJson() equals JSON.stringify if nothing needs escaping",
  { permissions: "none" },
  () => {
    assertEquals(formatJson(goodResult()), JSON.stringify(goodResult()));
  },
);

testRows("formatJson() adds the outcome of a check", [
  outcomeOf("up", { tags: ["a"] }),
  degradedOutcome(),
  hostileOutcome(),
], (check) => {
  const line = formatJson(goodResult(), { check });
  assertFalse(/[\r\n\u2028\u2029]/.test(line));
  assertEquals(JSON.parse(line), { ...goodResult(), check });
}, { permissions: "none" });
