import { assertEquals } from "@std/assert";
import { isExpectedError } from "../../lib/expect/expected_error.ts";
import { parseExpectation } from "../../lib/expect/parse_expectation.ts";
import type { ProbeResult } from "../../lib/result.ts";
import { goodResult, refusedResult, truncatedResult } from "../report/_samples.ts";
import { testRows } from "../_test_rows.ts";

const LOCAL = refusedResult({
  error: { kind: "resource", phase: "connect", by: "local", message: "too many open files" },
});

testRows<[result: ProbeResult, expects: string[], expected: boolean]>(
  "isExpectedError() takes only an expectation that needs the error",
  [
    [refusedResult(), ["error.kind == refused"], true],
    [refusedResult(), ["error.phase == connect"], true],
    [refusedResult(), ["error.message ~ /refused/"], true],
    [refusedResult(), ["error"], true],
    [refusedResult(), ["not ok"], true],
    [refusedResult(), ["ok == false"], true],
    [refusedResult(), ["timings.total < 1s", "error"], true],
    [refusedResult(), ["error.kind == timeout"], false],
    [refusedResult(), ["error.kind != timeout"], false],
    [refusedResult(), ["error.kind !~ /timeout/"], false],
    [refusedResult(), ["not error"], false],
    [refusedResult(), ["timings.total < 1s"], false],
    [refusedResult(), ["status == 200"], false],
    [refusedResult(), [], false],
    [truncatedResult(), ["error.kind == truncated"], true],
    [truncatedResult(), ["body.complete == false"], false],
    [LOCAL, ["error.kind == resource"], false],
    [goodResult(), ["error.kind == refused"], false],
    [goodResult(), ["error.kind != refused"], false],
  ],
  ([result, expects, expected]) => {
    assertEquals(isExpectedError(result, expects.map((text) => parseExpectation(text))), expected);
  },
  { permissions: "none" },
);
