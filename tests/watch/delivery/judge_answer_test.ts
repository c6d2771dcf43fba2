import { assertEquals } from "@std/assert";
import {
  judgeAnswer,
  type JudgedAnswer,
  type NotifyFailure,
} from "../../../lib/watch/delivery/judge_answer.ts";
import { testRows } from "../../_test_rows.ts";

function judge(answer: Partial<JudgedAnswer>): NotifyFailure | undefined {
  return judgeAnswer({ status: 200, headers: [], text: "", ...answer });
}

testRows<[status: number, kind: NotifyFailure["kind"] | undefined]>(
  "judgeAnswer() tells a refusal from a failure that may pass",
  [
    [200, undefined],
    [299, undefined],
    [301, "refused"],
    [302, "failed"],
    [307, "failed"],
    [308, "refused"],
    [400, "refused"],
    [401, "refused"],
    [404, "refused"],
    [408, "failed"],
    [410, "refused"],
    [425, "failed"],
    [429, "limited"],
    [499, "refused"],
    [500, "failed"],
    [503, "failed"],
  ],
  ([status, kind]) => assertEquals(judge({ status })?.kind, kind),
  { permissions: "none" },
);

testRows<[status: number, value: string, kind: NotifyFailure["kind"], retryAfter: number | undefined]>(
  "judgeAnswer() reads Retry-After",
  [
    [429, "34", "limited", 34_000],
    [503, "120", "limited", 120_000],
    [503, "Thu, 01 Jan 1970 00:00:00 GMT", "limited", 0],
    [429, "soon", "limited", undefined],
    [429, "1.5", "limited", undefined],
    [429, "9".repeat(400), "limited", 999_999_999_000],
    [429, "0x10", "limited", undefined],
    [429, "-5", "limited", undefined],
    [404, "10", "refused", 10_000],
  ],
  ([status, value, kind, retryAfter]) => {
    const failure = judge({ status, headers: [["Retry-After", value]] });
    assertEquals([failure?.kind, failure?.retryAfter], [kind, retryAfter]);
  },
  { permissions: "none" },
);

Deno.test("judgeAnswer() reads the wait that the content names", { permissions: "none" }, () => {
  const text = '{"message": "You are being rate limited.", "retry_after": 0.5, "global": false}';
  assertEquals(judge({ status: 429, text }), {
    kind: "limited",
    error: "the answer was 429: You are being rate limited.",
    retryAfter: 500,
  });
});

testRows<[answer: Partial<JudgedAnswer>, error: string]>(
  "judgeAnswer() says what the receiver said, in one short line",
  [
    [{ status: 404, text: "no_service" }, "the answer was 404: no_service"],
    [{ status: 500, text: "<html>oh" }, "the answer was 500"],
    [{ status: 400, text: '{"errors": ["a", "b"]}' }, 'the answer was 400: ["a","b"]'],
    [{ status: 400, text: "a\r\n\tb" }, "the answer was 400: a b"],
    [{ status: 400, text: "x".repeat(500) }, `the answer was 400: ${"x".repeat(199)}…`],
    [{ status: 200, fault: { status: 403, cause: "blocked" } }, "the answer 200 says: blocked"],
    [
      { status: 301, headers: [["Location", "https://b.test/"]] },
      "the answer was 301, which leads to https://b.test/; sonde does not follow it",
    ],
  ],
  ([answer, error]) => assertEquals(judge(answer)?.error, error),
  { permissions: "none" },
);
