import { assert, assertEquals } from "@std/assert";
import { ConcurrencyLimit } from "../../lib/batch/concurrency_limit.ts";
import { RetryPolicy, type RetryState } from "../../lib/batch/retry_policy.ts";
import type { ErrorKind, Fault, ProbeError } from "../../lib/result.ts";
import { testRows } from "../_test_rows.ts";

const fail = (kind: ErrorKind, by: Fault): ProbeError => ({
  kind,
  by,
  phase: "connect",
  message: "it failed",
});
const newJob = (): RetryState => ({ attempts: [], localFaults: 0, measuredBefore: 0, starvedTries: 0 });

/** Counts the retries of a job that always fails in this way, up to a hundred. */
function countTries(error: ProbeError, retries: number): number {
  const concurrency = new ConcurrencyLimit(10);
  const tries = new RetryPolicy(concurrency, { retries });
  const job = newJob();
  for (let count = 0; count < 100; count++) {
    const ended = { error, total: 1, epoch: concurrency.epoch, active: 1 };
    if (tries.delayBeforeNextTry(ended, job) === undefined) return count;
  }
  return 100;
}

testRows<[kind: ErrorKind, by: Fault, again: number]>(
  "RetryPolicy repeats temporary failures as often as configured, and nothing else",
  [
    ["reset", "target", 3],
    ["refused", "target", 3],
    ["closed", "target", 3],
    ["truncated", "target", 3],
    ["timeout", "target", 3],
    ["timeout", "network", 3],
    ["unreachable", "network", 3],
    ["resolve", "network", 3],
    ["tls", "target", 3],
    ["resolve", "target", 0],
    ["unreachable", "local", 0],
    ["reset", "local", 0],
    ["certificate", "target", 0],
    ["syntax", "target", 0],
    ["limit", "target", 0],
    ["usage", "local", 0],
    ["permission", "local", 0],
    ["internal", "local", 0],
    ["timeout", "local", 5],
  ],
  ([kind, by, again]) => {
    assertEquals(countTries(fail(kind, by), 3), again, `${kind} by ${by}`);
    const late = kind === "timeout" && by === "local";
    assertEquals(countTries(fail(kind, by), 0), late ? again : 0, `${kind} by ${by}, without --retry`);
  },
  {
    permissions: "none",
  },
);

testRows(
  "RetryPolicy repeats probes for which this machine lacked resources or time, without --retry and without listing the tries",
  [["resource", 4], ["timeout", 6]] as const,
  ([kind, limit]) => {
    const concurrency = new ConcurrencyLimit(8);
    const lowered: number[] = [];
    const tries = new RetryPolicy(concurrency, { onConcurrencyLowered: (limit) => lowered.push(limit) });
    const job = newJob();
    const ended = { error: fail(kind, "local"), total: 1, epoch: concurrency.epoch, active: 8 };
    assert((tries.delayBeforeNextTry(ended, job) ?? 0) > 0, kind);
    assertEquals([job.attempts, concurrency.limit, lowered], [[], limit, [limit]], kind);
    // It began before the limit was lowered, so it says nothing about the lower one.
    assert((tries.delayBeforeNextTry({ ...ended, active: 7 }, newJob()) ?? 0) > 0, kind);
    assertEquals([concurrency.limit, lowered], [limit, [limit]], kind);
  },
  {
    permissions: "none",
  },
);

Deno.test("RetryPolicy waits longer for resources while other targets are still measured", {
  permissions: "none",
}, () => {
  const concurrency = new ConcurrencyLimit(10);
  const tries = new RetryPolicy(concurrency, {});
  const fault = () => ({ error: fail("resource", "local"), total: 1, epoch: concurrency.epoch, active: 1 });
  const measure = () => tries.delayBeforeNextTry({ total: 1, epoch: concurrency.epoch, active: 1 }, newJob());
  const countWaits = (job: RetryState, between: () => void): number => {
    let waits = 0;
    while (waits < 100 && tries.delayBeforeNextTry(fault(), job) !== undefined) {
      waits++;
      between();
    }
    return waits;
  };
  const alone = countWaits(newJob(), () => {});
  measure();
  const beside = countWaits(newJob(), measure);
  assert(alone >= 10 && beside > 2 * alone && beside < 100, `${alone} and ${beside} waits`);
  // After one job has waited in vain, others do not wait again until a target was measured.
  assertEquals(countWaits(newJob(), () => {}), 0, "nothing measured since");
  measure();
  assertEquals(countWaits(newJob(), () => {}), alone, "measured again");
});
