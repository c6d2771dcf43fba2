import { assertEquals } from "@std/assert";
import type { NotifyFailure } from "../../../lib/watch/delivery/judge_answer.ts";
import { followUp } from "../../../lib/watch/delivery/retry.ts";
import { testRows } from "../../_test_rows.ts";

const HOUR = 3_600_000;

testRows<
  [kind: NotifyFailure["kind"], tries: number, retryAfter: number | undefined, wait: number | undefined]
>(
  "followUp() waits longer after each try, and at least as long as the receiver asks for",
  [
    ["failed", 0, undefined, 1000],
    ["failed", 1, undefined, 2000],
    ["unreachable", 8, undefined, 256_000],
    ["unreachable", 9, undefined, 300_000],
    ["failed", 60, undefined, 300_000],
    ["limited", 0, 5000, 5000],
    ["limited", 3, 5000, 8000],
    // A receiver that always names a short time is not asked every second for a day.
    ["limited", 60, 0, 60_000],
    ["limited", 60, 90_000, 90_000],
    ["limited", 0, 0, 1000],
    ["limited", 0, 1e12, HOUR],
    ["refused", 0, undefined, undefined],
    ["refused", 0, 5000, undefined],
  ],
  ([kind, tries, retryAfter, wait]) => {
    const outcome = followUp({ kind, error: "no", retryAfter }, { tries, queued: 0 }, { now: 0 });
    assertEquals(outcome.type === "failed" ? outcome.due : undefined, wait);
  },
  { permissions: "none" },
);

testRows<[kind: NotifyFailure["kind"], waiting: string]>(
  "followUp() holds back the notices that would fail, too",
  [["failed", "check"], ["unreachable", "unreachable"], ["limited", "limited"]],
  ([kind, waiting]) => {
    const outcome = followUp({ kind, error: "no" }, { tries: 0, queued: 0 }, { now: 0 });
    assertEquals(outcome.type === "failed" && outcome.waiting, waiting as "check");
  },
  { permissions: "none" },
);

Deno.test("followUp() gives a notice up after a day", { permissions: "none" }, () => {
  const after = (now: number) =>
    followUp({ kind: "failed", error: "no" }, { tries: 0, queued: 0 }, { now }).type;
  assertEquals([after(24 * HOUR - 1000), after(24 * HOUR - 999)], ["failed", "given-up"]);
});
