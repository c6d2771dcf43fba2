/**
 * Tests the duration of a run: its limit and its prediction, with slow servers and servers that serve one connection at
 * a time.
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { longestOf } from "../../lib/conn/estimate.ts";
import { EXPERIMENTS } from "../../lib/conn/experiments.ts";
import type { ProfileEstimate, ProfileOptions } from "../../lib/conn/options.ts";
import { planDuration } from "../../lib/conn/plan.ts";
import { profileConnection } from "../../lib/conn/profile.ts";
import { estimateSideBySide } from "../../lib/conn/schedule.ts";
import { settleOptions } from "../../lib/conn/settle_options.ts";
import { parseTarget, settleTarget } from "../../lib/target/target.ts";
import { formatPlan } from "../../lib/report/profile/plan_text.ts";
import { testSideBySide } from "../_side_by_side.ts";
import { answerTo, honest, wantsClose } from "./_honest.ts";
import { type Conduct, startLiar } from "./_liar.ts";
import { stepRows, testRows } from "../_test_rows.ts";
import { skipWaits } from "../_skipped_waits.ts";

/** Answers slowly, and optionally serves one connection at a time. */
function slow(ms: number, { alone, closes = false }: { alone: boolean; closes?: boolean }): Conduct {
  let before: Promise<void> = Promise.resolve();
  return async (connection) => {
    const turn = before;
    const { promise, resolve } = Promise.withResolvers<void>();
    before = promise;
    if (alone) await Promise.race([turn, connection.gone()]);
    for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
      await connection.pause(ms);
      connection.send(answerTo(head, ...(closes && !wantsClose(head) ? ["Connection: close"] : [])));
      if (closes || wantsClose(head)) break;
    }
    resolve();
  };
}

const OPTIONS: ProfileOptions = {
  only: ["keep-alive", "close", "head", "conditional", "idle-timeout"],
  idleLimit: 1_500,
};

/** Answers the first request on each connection, and no other one. */
const once: Conduct = async (connection) => {
  const head = await connection.request();
  if (head !== undefined) connection.send(answerTo(head));
  await connection.gone();
};

Deno.test("profileConnection() does not mistake a lost second request for a server that serves one connection at a time", async () => {
  using _clock = skipWaits();
  await using liar = await startLiar(once);
  const paces: boolean[] = [];
  await profileConnection(liar.url, {
    only: ["head", "streaming"],
    maxTime: 500,
    onEstimate: ({ oneAtATime }) => paces.push(oneAtATime),
  });
  assertEquals(new Set(paces), new Set([false]));
});

const silent: Conduct = async (connection) => {
  await connection.gone();
};

testRows<[options: ProfileOptions, limit: string]>(
  "profileConnection() names the shorter limit if the first request gets no answer",
  [
    [{ totalTime: 500, maxTime: 900 }, "the whole run took longer than 500 ms"],
    [{ totalTime: 500 }, "the whole run took longer than 500 ms"],
    [{ totalTime: 900, maxTime: 500 }, "the whole exchange took longer than 500 ms"],
    [{ maxTime: 500 }, "the whole exchange took longer than 500 ms"],
  ],
  async ([options, limit]) => {
    using _clock = skipWaits();
    await using liar = await startLiar(silent);
    const { error, url } = await profileConnection(liar.url, { only: ["head"], ...options });
    assertEquals(error?.message, `Cannot get an answer to GET ${url}: ${limit}`);
  },
);

const SERVERS: readonly (readonly [server: string, conduct: Conduct, oneAtATime: boolean])[] = [
  ["one that answers at once", honest, false],
  ["one that takes 200 ms an answer", slow(200, { alone: false }), false],
  ["one that takes 200 ms an answer, one connection at a time", slow(200, { alone: true }), true],
  ["one that does so and closes after each", slow(200, { alone: true, closes: true }), true],
  ["one that answers at once, one connection at a time", slow(0, { alone: true }), true],
];

testSideBySide(
  "profileConnection() predicts the maximum duration of a run",
  SERVERS.map(([server, conduct, oneAtATime]) =>
    [server, async () => {
      await using liar = await startLiar(conduct);
      const estimates: (ProfileEstimate & { readonly due: number })[] = [];
      const { experiments } = await profileConnection(liar.url, {
        ...OPTIONS,
        onEstimate: (estimate) => estimates.push({ ...estimate, due: performance.now() + estimate.atMost }),
      });
      const endedAt = performance.now();
      const last = estimates.at(-1)!;
      assertEquals([estimates[0]!.oneAtATime, estimates[0]!.repeated], [oneAtATime, []]);
      assert(endedAt <= last.due, `${endedAt - last.due} ms later than ${JSON.stringify(estimates)}`);
      const unknown = Object.entries(experiments).filter(([, { outcome }]) => outcome === "unknown");
      assertEquals(unknown.map(([name, { summary }]) => `${name}: ${summary}`), []);
    }] as const
  ),
);

Deno.test("profileConnection() ends everything after totalTime, and keeps the results so far", async (test) => {
  using _clock = skipWaits();
  await using liar = await startLiar(honest);
  const startedAt = performance.now();
  const { ok, error, experiments, findings } = await profileConnection(liar.url, {
    only: ["head", "idle-timeout", "first-byte-silence"],
    idleLimit: 60_000,
    totalTime: 1_500,
  });
  const elapsed = performance.now() - startedAt;
  assert(elapsed > 1_400 && elapsed < 30_000, `${elapsed} ms`);
  assertEquals([ok, error], [true, undefined]);
  assertEquals(experiments["head"]?.outcome, "consistent");
  await stepRows(test, ["idle-timeout", "first-byte-silence"], (name) => {
    assertEquals(experiments[name]?.outcome, "unknown");
    assertStringIncludes(experiments[name]!.summary, "the 1.5 s for the whole run were over");
  });
  assertEquals(findings.map(({ code, severity }) => [code, severity]), [["out-of-time", "info"]]);
  assertStringIncludes(findings[0]!.message, "idle-timeout, first-byte-silence could not tell");
});

Deno.test("profileConnection() limits the first contact to totalTime", async () => {
  using _clock = skipWaits();
  await using liar = await startLiar(async (connection) => await connection.gone());
  const startedAt = performance.now();
  const { error } = await profileConnection(liar.url, { totalTime: 300, maxTime: 60_000 });
  assertEquals(error?.kind, "timeout");
  assert(performance.now() - startedAt < 30_000);
});

Deno.test("planDuration() and formatPlan() name the limit for the whole run", () => {
  const target = settleTarget(parseTarget("http://example.org/"), "http");
  const whole = planDuration(target, { only: ["idle-timeout"], totalTime: 30_000 });
  assertEquals(whole, { atMost: 11_370, totalTime: 30_000 });
  assertStringIncludes(
    formatPlan([], { whole, width: 300 }),
    "sonde ends everything after 30 s (--total-time)",
  );
});

Deno.test("estimateSideBySide() adds up the durations of experiments that wait for a free connection", async (test) => {
  using _clock = skipWaits();
  const job = (connections: number, atMost: number) => ({ connections, atMost });
  const rows: readonly [jobs: ReturnType<typeof job>[], limit: number, atMost: number][] = [
    [[], 4, 0],
    [[job(1, 10)], 4, 10],
    [[job(1, 10), job(1, 20), job(2, 5)], 4, 20],
    [[job(2, 10), job(2, 20), job(2, 30)], 4, 30],
    [[job(1, 10), job(1, 20), job(1, 30)], 1, 60],
    [[job(4, 10), job(4, 20)], 2, 30],
  ];
  await stepRows(test, rows, ([jobs, limit, atMost]) => {
    assertEquals(estimateSideBySide(jobs, limit), atMost, JSON.stringify(jobs));
  });
});

testRows(
  "longestOf() grows with the time of an answer, and if connections take turns",
  EXPERIMENTS,
  (experiment) => {
    const settings = settleOptions({});
    const quick = longestOf(experiment, settings, { answerMs: 1, oneAtATime: false });
    const late = longestOf(experiment, settings, { answerMs: 2_000, oneAtATime: false });
    const turns = longestOf(experiment, settings, { answerMs: 2_000, oneAtATime: true });
    assert(quick >= experiment.atMost(settings), experiment.name);
    assertEquals(late > quick, experiment.answers(settings) > 0, experiment.name);
    assert(turns >= late, experiment.name);
  },
);
