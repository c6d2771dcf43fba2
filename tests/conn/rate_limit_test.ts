import { assertEquals } from "@std/assert";
import { formatLimited, limitFacts, parseRetryAfter, readLimit } from "../../lib/conn/rate_limit.ts";
import type { FieldLine } from "../../lib/http/field_line.ts";
import { stepRows, testRows } from "../_test_rows.ts";

const NOW = Date.UTC(2026, 2, 1, 12);

function retryAfter(value: string): FieldLine[] {
  return [["Retry-After", value]];
}

testRows<[status: number, headers: FieldLine[], contact: number | undefined, limit: unknown]>(
  "readLimit() takes a 429, and a 503 with Retry-After, for a rate limit",
  [
    [429, [], 200, { status: 429 }],
    [429, retryAfter("2"), 200, { status: 429, retryAfter: 2_000 }],
    [429, [], 429, { status: 429 }],
    [503, retryAfter("2"), 200, { status: 503, retryAfter: 2_000 }],
    [503, retryAfter("2"), undefined, { status: 503, retryAfter: 2_000 }],
    [503, [], 200, undefined],
    [503, retryAfter("soon"), 200, undefined],
    // The server has answered like this from the beginning.
    [503, retryAfter("2"), 503, undefined],
    [500, retryAfter("2"), 200, undefined],
    [200, retryAfter("2"), 200, undefined],
  ],
  ([status, headers, contact, limit]) => {
    assertEquals(readLimit({ status, headers }, contact, NOW), limit, `${status} after ${contact}`);
  },
  {
    permissions: "none",
  },
);

Deno.test("parseRetryAfter() reads seconds and dates", { permissions: "none" }, async (test) => {
  const rows: [value: string, ms: number | undefined][] = [
    ["0", 0],
    ["120", 120_000],
    [" 5 ", 5_000],
    ["Sun, 01 Mar 2026 12:00:30 GMT", 30_000],
    ["Sunday, 01-Mar-26 12:00:30 GMT", 30_000],
    ["Sun, 01 Mar 2026 11:00:00 GMT", 0],
    ["1.5", undefined],
    ["-1", undefined],
    ["2026-03-01", undefined],
    ["", undefined],
  ];
  await stepRows(test, rows, ([value, ms]) => {
    assertEquals(parseRetryAfter(retryAfter(value), NOW), ms, value);
  });
  assertEquals(parseRetryAfter([], NOW), undefined);
});

Deno.test(
  "formatLimited() and limitFacts() round the wait up to whole seconds",
  { permissions: "none" },
  () => {
    const limited = { status: 429, retryAfter: 1_200 };
    assertEquals(
      [formatLimited(limited), limitFacts(limited)],
      ["the server limits requests, it answered with 429 and asks to wait 2 s", {
        limitedBy: 429,
        retryAfter: 2,
      }],
    );
    assertEquals(limitFacts({ status: 503 }), { limitedBy: 503 });
  },
);
