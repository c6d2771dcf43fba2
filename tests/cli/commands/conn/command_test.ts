import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CONN_FLAGS } from "../../../../lib/cli/commands/conn/flags.ts";
import { experimentNames } from "../../../../lib/conn/experiment_names.ts";
import { parseExpectation } from "../../../../lib/expect.ts";
import type { ConnectionProfile } from "../../../../lib/result.ts";
import { type Conduct, reply, startLiar } from "../../../conn/_liar.ts";
import { run } from "../../_run.ts";
import { stepRows } from "../../../_test_rows.ts";
import { skipWaits } from "../../../_skipped_waits.ts";

const honest: Conduct = async (connection) => {
  for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
    const close = /\r\nConnection: [^\r]*close/.test(head);
    const answer = reply("hi", ...(close ? ["Connection: close"] : []));
    connection.send(head.startsWith("HEAD") ? answer.slice(0, -2) : answer);
    if (close) return;
  }
};

/** Keeps connections for 0.3 s between two requests. */
const impatient: Conduct = async (connection) => {
  for (;;) {
    const head = await Promise.race([connection.request(), connection.pause(300).then(() => undefined)]);
    if (head === undefined) return;
    connection.send(reply("hi"));
  }
};

Deno.test("sonde conn shows a table, expectations and findings", async (test) => {
  using _clock = skipWaits();
  await using liar = await startLiar(impatient);
  const args = [
    "conn",
    "--only",
    "idle-timeout",
    "--behind",
    "60s",
    "--idle-limit",
    "3s",
    "-e",
    "idle >= 65s",
    liar.url,
  ];
  const { code, stdout, stderr } = await run(args);
  assertEquals(code, 1, stderr);
  await stepRows(test, [
    "idle-timeout  closes",
    "FIN after 0.",
    "NO",
    "idle >= 65s",
    "problem idle-shorter-than-proxy",
    "→ set the",
  ], (text) => {
    assertStringIncludes(stdout, text);
  });
  assert(stdout.split("\n").every((line) => line.length <= 80));
});

Deno.test("sonde conn --json prints one object, and its expectations decide the exit code", async () => {
  using _clock = skipWaits();
  await using liar = await startLiar(honest);
  const args = [
    "conn",
    "--json",
    "--only",
    "close,head",
    "-e",
    'experiments.close.outcome == "honoured"',
    liar.url,
  ];
  const { code, stdout, stderr } = await run(args);
  assertEquals([code, stderr], [0, ""]);
  const profile: ConnectionProfile = JSON.parse(stdout);
  assertEquals(Object.keys(profile.experiments), ["close", "head"]);
  assertEquals([profile.schema, profile.ok, profile.checks.map(({ ok }) => ok)], [1, true, [true]]);
  assert(profile.experiments["close"]!.evidence.some((line) => line.includes("Connection: close")));
});

Deno.test("sonde conn --dry-run shows the octets and opens no connection", async (test) => {
  using _clock = skipWaits();
  await using liar = await startLiar(honest);
  const { code, stdout } = await run([
    "conn",
    "--dry-run",
    "--intrusive",
    "--only",
    "close,leniency",
    liar.url,
  ]);
  assertEquals([code, liar.counts.total], [0, 0]);
  await stepRows(test, ["Connection: TE, close\\r\\n", "bare-lf", "X-Sonde : a\\r\\n"], (text) => {
    assertStringIncludes(stdout, text);
  });
});

Deno.test("sonde conn shows wire excerpts with -v and nothing with -q", async () => {
  using _clock = skipWaits();
  await using liar = await startLiar(honest);
  const verbose = await run(["conn", "-v", "--only", "close", liar.url]);
  assertStringIncludes(verbose.stdout, "> GET / HTTP/1.1\\r\\n");
  assertEquals((await run(["conn", "-q", "--only", "close", liar.url])).stdout, "");
});

Deno.test("sonde conn ends with 2 for an impossible command line and with 1 for an unreachable server", async (test) => {
  using _clock = skipWaits();
  const rows: readonly (readonly [args: string[], code: number, message: string])[] = [
    [[], 2, "no URL was given"],
    [["--dry-run", "--json", "http://127.0.0.1:9/"], 2, "--dry-run and --json contradict each other"],
    [["--only", "clos", "http://127.0.0.1:9/"], 2, "the nearest one is close"],
    [["--only", "desync", "http://127.0.0.1:9/"], 2, "--intrusive --own-host"],
    [["--own-host", "http://127.0.0.1:9/"], 2, "--intrusive"],
    [["--behind", "f5", "http://127.0.0.1:9/"], 2, "aws-alb"],
    [["--behind", "constructor", "http://127.0.0.1:9/"], 2, "aws-alb"],
    [["--pipeline", "1", "http://127.0.0.1:9/"], 2, "write 2 or more"],
    [["-e", "idel > 5s", "http://127.0.0.1:9/"], 2, "idel"],
    [
      ["--behind", "60s", "--only", "close", "http://127.0.0.1:9/"],
      2,
      "--behind needs the experiment idle-timeout",
    ],
    [["--behind", "60s", "--skip", "default", "http://127.0.0.1:9/"], 2, "remove it from --skip"],
    [["--skip", "all", "http://127.0.0.1:9/"], 2, "Cannot skip all experiments"],
    [["-e", "halfClose == answered", "http://127.0.0.1:9/"], 2, "write --only default,half-close"],
    [["-e", "idle > 5s", "--only", "close", "http://127.0.0.1:9/"], 2, "write --only close,idle-timeout"],
    [["-e", "idle > 5s", "--skip", "idle-timeout", "http://127.0.0.1:9/"], 2, "remove it from --skip"],
    [["--slow-target", "slow", "http://127.0.0.1:9/"], 2, "write a path"],
    [["--slow-target", "/slow", "http://127.0.0.1:9/"], 2, "--slow-target needs the experiment half-close"],
    [["--slow-target", "/slow", "--only", "head", "http://127.0.0.1:9/"], 2, "write --only half-close"],
  ];
  await stepRows(test, rows, async ([args, code, message]) => {
    const outcome = await run(["conn", ...args]);
    assertEquals(outcome.code, code, outcome.stderr);
    assertStringIncludes(outcome.stderr, message);
  });
  const unreachable = await run(["conn", `http://127.0.0.1:${closedPort()}/`]);
  assertEquals(unreachable.code, 1);
  assertStringIncludes(unreachable.stdout, "FAILED: refused");
});

Deno.test("sonde conn -e watches as long as the expectation requires, and names the facts that it could not establish", async () => {
  using _clock = skipWaits();
  await using liar = await startLiar(honest);
  const only = ["--only", "idle-timeout,max-requests", "--samples", "1"];
  const plan = await run([
    "conn",
    "--dry-run",
    ...only,
    "-e",
    "idle >= 65s",
    "-e",
    "maxRequests >= 2000",
    liar.url,
  ]);
  const planned = plan.stdout.replace(/\s+/g, " ");
  assertStringIncludes(planned, "1m 6s at most");
  assertStringIncludes(planned, "up to 2001 times");
  const cut = await run(["conn", ...only, "--idle-limit", "0.3", "-e", "idle >= 65s", liar.url]);
  assertEquals(cut.code, 1);
  const shown = cut.stdout.replace(/\s+/g, " ");
  assertStringIncludes(
    shown,
    "?? idle >= 65s, could not be decided: at least 0.3 s; watch for longer: --idle-limit 66s",
  );
});

/** Gives a port on which nobody listens. */
function closedPort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

Deno.test("sonde conn --total-time ends the run, and the plan names it", async () => {
  using _clock = skipWaits();
  await using liar = await startLiar(honest);
  const args = ["conn", "--only", "idle-timeout,head", "--total-time", "2s", "--idle-limit", "50s", liar.url];
  const plan = await run([...args, "--dry-run"]);
  assertStringIncludes(plan.stdout.replace(/\s+/g, " "), "sonde ends everything after 2 s (--total-time)");
  const { code, stdout, stderr } = await run(args);
  assertEquals(code, 0, stderr);
  const shown = stdout.replace(/\s+/g, " ");
  assertStringIncludes(shown, "idle-timeout unknown the 2 s for the whole run were over");
  assertStringIncludes(shown, "head consistent");
  assertStringIncludes(shown, "info out-of-time (idle-timeout)");
  const none = await run(["conn", "--total-time", "0", liar.url]);
  assertEquals(none.code, 2, none.stderr);
});

Deno.test("sonde conn prints the maximum duration of a long run on stderr", async () => {
  using _clock = skipWaits();
  await using liar = await startLiar(honest);
  const args = ["conn", "--only", "idle-timeout,head", "--total-time", "9s", "--idle-limit", "50s", liar.url];
  const { stderr } = await run(args, { signal: AbortSignal.timeout(2_500) });
  assertStringIncludes(stderr, "sonde: up to ");
  const [, seconds] = /up to ([0-9.]+) s more until the profile is complete/.exec(stderr) ?? [];
  assert(Number(seconds) > 1 && Number(seconds) < 9, stderr);
});

Deno.test("sonde conn ends immediately when it is interrupted, and prints the results so far", async () => {
  using _clock = skipWaits();
  await using liar = await startLiar(honest);
  const interrupt = new AbortController();
  const running = run(["conn", "--json", "--only", "idle-timeout", "--idle-limit", "60s", liar.url], {
    signal: interrupt.signal,
  });
  const timer = setTimeout(() => interrupt.abort(), 300);
  const startedAt = performance.now();
  const { code, stdout } = await running;
  clearTimeout(timer);
  assertEquals(code, 130);
  assert(performance.now() - startedAt < 30_000);
  const profile: ConnectionProfile = JSON.parse(stdout);
  assertEquals([profile.error?.kind, profile.experiments["idle-timeout"]?.outcome], ["aborted", "unknown"]);
});

Deno.test("sonde conn --help shows expectations about profiles", { permissions: "none" }, () => {
  const { help } = CONN_FLAGS["Expectations"].expect;
  const shown = [...help.matchAll(/'([^']+)'/g)].map(([, text = ""]) => text);
  assertEquals(shown.length, 3, help);
  for (const text of shown) parseExpectation(text, { subject: "profile", names: experimentNames() });
});
