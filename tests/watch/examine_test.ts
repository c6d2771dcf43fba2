import { assertEquals, assertMatch } from "@std/assert";
import { runCheck } from "../../lib/watch/run_check.ts";
import { runTask } from "../../lib/watch/run_task.ts";
import { describeRun } from "../../lib/watch/state/describe_run.ts";
import { Watcher } from "../../lib/watch/watcher.ts";
import { task } from "./_samples.ts";

const NEVER = new AbortController().signal;

/** A server that counts requests, and may close after each answer. */
function serve() {
  const state = { status: 200, requests: 0, closes: false };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => {
    state.requests++;
    return new Response("hi", { status: state.status, headers: state.closes ? { Connection: "close" } : {} });
  });
  return { state, server, url: `http://127.0.0.1:${server.addr.port}/` };
}

Deno.test("runTask() judges by the experiments of an earlier run until they are due", async () => {
  const { state, server, url } = serve();
  await using _server = server;
  const check = task({ url, conn: ["keep-alive"], expect: ["keepAlive == yes"] });
  const first = await runTask(check, NEVER);
  assertEquals([first.verdict, first.result.experimentsAge], ["up", 0], describeRun(first));
  assertEquals(first.result.experiments?.["keep-alive"]?.evidence, []);
  const before = state.requests;
  const second = await runTask(check, NEVER, first.profile);
  assertEquals([second.verdict, state.requests - before], ["up", 1]);
  assertEquals(second.profile, first.profile);
  // An hour later the server has changed.
  state.closes = true;
  const old = { ...first.profile!, at: new Date(Date.now() - 3_600_000).toISOString() };
  const third = await runTask(check, NEVER, old);
  assertEquals([third.verdict, third.profile?.doubtful], ["down", true]);
  assertMatch(describeRun(third), /^not keepAlive == yes \(found "no"\)$/);
});

Deno.test("runTask() says how old the experiments are, and measures again soon in doubt", async () => {
  const { state, server, url } = serve();
  await using _server = server;
  state.closes = true;
  const check = task({ url, conn: ["keep-alive"], degraded: ["keepAlive == yes"] });
  const first = await runTask(check, NEVER);
  assertEquals([first.verdict, first.profile?.doubtful], ["degraded", true]);
  const profile = { ...first.profile!, at: new Date(Date.now() - 30_000).toISOString() };
  const second = await runTask(check, NEVER, profile);
  assertMatch(describeRun(second), /^not keepAlive == yes \(found "no", measured 3\d(?:\.\d)? s earlier\)$/);
  state.closes = false;
  const older = { ...profile, at: new Date(Date.now() - 60_000).toISOString() };
  const third = await runTask(check, NEVER, older);
  assertEquals([third.verdict, third.profile?.doubtful], ["up", undefined]);
});

Deno.test("runTask() leaves a server in trouble alone", async () => {
  const { state, server, url } = serve();
  await using _server = server;
  state.status = 503;
  const { verdict, profile } = await runTask(task({ url, conn: true }), NEVER);
  assertEquals([verdict, profile, state.requests], ["down", undefined, 1]);
});

Deno.test("runCheck() keeps the experiments in its state", async () => {
  const { state, server, url } = serve();
  await using _server = server;
  const check = { url, conn: ["close"], expect: ["experiments.close.outcome == honoured"] };
  const first = await runCheck(check);
  const before = state.requests;
  const second = await runCheck(check, { state: JSON.parse(JSON.stringify(first.state)) });
  assertEquals([first.verdict, second.verdict, state.requests - before], ["up", "up", 1]);
  // Another definition measures anew.
  const third = await runCheck({ ...check, conn: ["close", "head"] }, { state: second.state });
  assertEquals(Object.keys(third.state.profile?.experiments ?? {}).sort(), ["close", "head"]);
});

Deno.test("Watcher keeps the experiments from one run to the next", async () => {
  const { server, url } = serve();
  await using _server = server;
  const ages: (number | undefined)[] = [];
  const watcher = new Watcher([{ url, conn: ["close"], interval: "20ms" }], {
    onRun({ result }) {
      if (ages.push(result.experimentsAge) === 3) watcher.stop();
    },
  });
  await watcher.run();
  assertEquals(ages.map((age) => age === 0), [true, false, false]);
});
