import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { checkProfile, parseExpectation } from "../../lib/expect.ts";
import { type CustomExperiment, experimentNames, planProfile, profileConnection } from "../../lib/conn.ts";
import { parseTarget, settleTarget } from "../../lib/target/target.ts";
import type { ExperimentLab } from "../../lib/conn/experiment_lab.ts";
import { skipWaits } from "../_skipped_waits.ts";
import { stepRows, testRows } from "../_test_rows.ts";
import { honest } from "./_honest.ts";
import { startLiar } from "./_liar.ts";

type Outcome = "good" | "bad";

/** An experiment with a given behaviour; the runner abandons it soon. */
function mine(
  run: CustomExperiment<Outcome>["run"],
  more: Partial<CustomExperiment<Outcome>> = {},
): CustomExperiment<Outcome> {
  return {
    name: "mine",
    question: "Is it good?",
    outcomes: {
      good: "it is good",
      bad: { means: "it is bad", finding: { code: "bad-thing", severity: "warning", advice: "mend it" } },
    },
    atMost: () => 100,
    ...more,
    run,
  };
}

/** A script without types may pass this. */
function nonsense(verdict: unknown): CustomExperiment<Outcome>["run"] {
  return () => Promise.resolve(verdict as Awaited<ReturnType<CustomExperiment<Outcome>["run"]>>);
}

const LIMITS = { maxTime: 300, connectTimeout: 300 };

async function ask(lab: ExperimentLab): Promise<number> {
  await using connection = await lab.open();
  return (await lab.mustAsk(connection)).response.status;
}

Deno.test("profileConnection() runs experiments of a script along with its own", async () => {
  await using liar = await startLiar((connection) => honest(connection));
  const experiment = mine(async (lab) => {
    const status = await ask(lab);
    return { outcome: "bad", summary: `answered with ${status}`, facts: { status } };
  }, { shortNames: { myStatus: "status" } });
  const profile = await profileConnection(liar.url, { experiments: [experiment], only: ["head", "mine"] });
  assertEquals(Object.keys(profile.experiments), ["head", "mine"]);
  const { outcome, summary, facts, evidence } = profile.experiments["mine"]!;
  assertEquals([outcome, summary, facts["status"]], ["bad", "answered with 200", 200]);
  assert(evidence.some((line) => line.includes("GET / HTTP/1.1")), JSON.stringify(evidence));
  assertEquals(profile.findings, [{
    code: "bad-thing",
    severity: "warning",
    experiment: "mine",
    message: "answered with 200",
    advice: "mend it",
  }]);
  const names = experimentNames([experiment]);
  const texts = ["experiments.mine.outcome == bad", "myStatus == 200", "findings.bad-thing == 1"];
  const checks = checkProfile(
    profile,
    texts.map((text) => parseExpectation(text, { names, subject: "profile" })),
  );
  assertEquals(checks.map(({ ok }) => ok), [true, true, true]);
});

Deno.test("profileConnection() continues if an experiment of a script fails", async (test) => {
  using _clock = skipWaits();
  await using liar = await startLiar((connection) => honest(connection));
  const rows: readonly (readonly [name: string, run: CustomExperiment<Outcome>["run"], summary: RegExp])[] = [
    ["throws", () => Promise.reject(new Error("boom")), /^could not tell: the experiment failed \(boom\)$/],
    [
      "throws before its first wait",
      () => {
        throw new Error("boom");
      },
      /^could not tell: the experiment failed \(boom\)$/,
    ],
    ["never ends", () => new Promise(() => {}), /^could not tell: it was not over after /],
    [
      "never ends and leaves connections open",
      async (lab) => {
        for (let opened = 0; opened < 2; opened++) await lab.mustAsk(await lab.open());
        return await new Promise(() => {});
      },
      /^could not tell: it was not over after /,
    ],
    [
      "leaves connections open",
      async (lab) => {
        await lab.mustAsk(await lab.open());
        return { outcome: "good", summary: "left open", facts: {} };
      },
      /^left open$/,
    ],
    ["gives nothing", nonsense(undefined), /the experiment failed \(its run\(\) gave no outcome\)/],
    [
      "gives another outcome",
      nonsense({ outcome: "best" }),
      /gave the outcome "best", which is not among its outcomes/,
    ],
    [
      "says that it cannot tell",
      () => Promise.resolve({ outcome: "unknown", summary: "could not tell: no idea", facts: {} }),
      /^could not tell: no idea$/,
    ],
  ];
  await stepRows(test, rows, async ([name, run, summary]) => {
    const profile = await profileConnection(liar.url, {
      ...LIMITS,
      experiments: [mine(run)],
      only: ["head", "mine"],
    });
    const report = profile.experiments["mine"]!;
    assert(summary.test(report.summary), `${name}: ${report.summary}`);
    assertEquals(report.outcome, name === "leaves connections open" ? "good" : "unknown");
    assertEquals(profile.experiments["head"]?.outcome, "consistent");
    await liar.idle();
  });
});

Deno.test("profileConnection() opens no connection for an abandoned experiment", async () => {
  using _clock = skipWaits();
  await using liar = await startLiar((connection) => honest(connection));
  const { promise: over, resolve } = Promise.withResolvers<unknown>();
  const { promise: started, resolve: start } = Promise.withResolvers<void>();
  await profileConnection(liar.url, {
    ...LIMITS,
    experiments: [mine(async (lab) => {
      await started;
      return await lab.open().then(() => resolve("opened"), resolve) as never;
    })],
    only: ["mine"],
  });
  const { total } = liar.counts;
  start();
  assert(await over instanceof Error, "no connection was opened");
  assertEquals(liar.counts.total, total);
});

Deno.test("profileConnection() ends an experiment of a script when the run ends", async () => {
  using _clock = skipWaits();
  await using liar = await startLiar((connection) => honest(connection));
  const profile = await profileConnection(liar.url, {
    totalTime: 500,
    experiments: [mine(() => new Promise(() => {}), { atMost: () => 600_000 })],
    only: ["mine"],
  });
  assertEquals(
    profile.experiments["mine"]?.summary,
    "could not tell: the 500 ms for the whole run were over",
  );
  await liar.idle();
});

testRows<[change: Partial<CustomExperiment>, message: string]>(
  "profileConnection() refuses an invalid experiment of a script",
  [
    [{ name: "close" }, 'Cannot use the experiment "close": another experiment has this name'],
    [{ name: "all" }, 'Cannot use the experiment "all": this name stands for several experiments'],
    [{ name: "My experiment" }, "use lower-case letters and digits, joined with -"],
    [{ run: undefined as never }, "it has no run() function"],
  ],
  async ([change, message]) => {
    const experiment = { ...mine(nonsense(undefined)), ...change };
    const options = { experiments: [experiment] };
    await assertRejects(() => profileConnection("http://127.0.0.1:1/", options), TypeError, message);
    const target = settleTarget(parseTarget("http://127.0.0.1:1/"), "http");
    assertThrows(() => planProfile(target, options), TypeError, message);
  },
);

Deno.test("planProfile() includes the experiments of a script", { permissions: "none" }, () => {
  const target = settleTarget(parseTarget("http://example.org/"), "http");
  const [plan] = planProfile(target, {
    experiments: [mine(nonsense(undefined), { sends: "one GET" })],
    only: ["mine"],
  });
  assertEquals([plan?.name, plan?.sends, plan?.answers], ["mine", "one GET", 1]);
});
