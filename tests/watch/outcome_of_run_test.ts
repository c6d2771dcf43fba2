import { assertEquals } from "@std/assert";
import type { CheckOutcome } from "../../lib/report/check_outcome.ts";
import type { CheckRun } from "../../lib/watch/check_run.ts";
import { checkOutcome } from "../../lib/watch/outcome_of_run.ts";
import type { TaskRun } from "../../lib/watch/run_task.ts";
import { goodResult, goodTls } from "../report/_samples.ts";
import { testRows } from "../_test_rows.ts";
import { runAt, task } from "./_samples.ts";

const SINCE = "2026-03-01T11:00:00.000Z";

/** The outcome of a run of a check that warns 21, 7 and 1 days before a certificate ends. */
function outcomeOf(run: TaskRun, tags: readonly string[] = []): CheckOutcome {
  const definition = {
    name: "shop",
    url: "https://shop.example.test/",
    certificateDays: [21, 7, 1],
    headers: { "X-Key": "${env:TOKEN}" },
    tags,
  };
  const checked: CheckRun = {
    ...run,
    check: "shop",
    skipped: 0,
    state: { condition: "up", since: SINCE, certificateSoon: false },
    changes: [],
  };
  return checkOutcome(task(definition), checked);
}

testRows<[title: string, run: TaskRun, facts: Partial<CheckOutcome>]>(
  "checkOutcome() gives the verdict and its cause:",
  [
    ["up", runAt(0, "up"), {
      verdict: "up",
      cause: null,
      condition: "up",
      since: SINCE,
      excluded: undefined,
    }],
    ["degraded", runAt(0, "degraded"), {
      verdict: "degraded",
      cause: "not timings.total < 1ms (found 5 ms)",
      warnings: [{ expect: "timings.total < 1ms", ok: false, actual: 5 }],
    }],
    ["down", runAt(0, "down"), { verdict: "down", cause: "refused in connect: nobody there" }],
    ["unknown", runAt(0, "unknown"), { verdict: "unknown", cause: "resource in connect: nobody there" }],
    ["unknown, since another check is down", { ...runAt(0, "unknown"), reason: "gateway is down" }, {
      cause: "gateway is down",
    }],
    ["in maintenance", { ...runAt(0, "down"), excluded: "maintenance" }, { excluded: "maintenance" }],
  ],
  ([, run, facts]) => {
    const outcome = outcomeOf(run);
    const found = (Object.keys(facts) as (keyof CheckOutcome)[]).map((name) => [name, outcome[name]]);
    assertEquals(Object.fromEntries(found), facts);
  },
);

testRows<[daysLeft: number, threshold: number | undefined]>(
  "checkOutcome() names the least number of days that the first certificate to end falls below",
  [[21, undefined], [20, 21], [7, 21], [6, 7], [0, 1], [-9, 1]],
  ([daysLeft, threshold]) => {
    const tls = goodTls({}, daysLeft);
    const notAfter = new Date(Date.UTC(2026, 2, 1) + daysLeft * 86_400_000).toISOString();
    Object.assign(tls.certificate!, { notAfter });
    // The last hop is fine.
    const redirects = [goodResult({ url: "https://first.test/", tls })];
    const { certificate } = outcomeOf(runAt(0, "up", { redirects }));
    assertEquals([certificate?.threshold, certificate?.url], [
      threshold,
      threshold === undefined ? undefined : "https://first.test/",
    ]);
  },
);

Deno.test("checkOutcome() takes secrets out of tags", () => {
  assertEquals(outcomeOf(runAt(0, "up"), ["a s3cr3t/+token b"]).tags, ["a *** b"]);
});
