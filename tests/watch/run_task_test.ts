import { gzipSync } from "node:zlib";
import { assertEquals, assertMatch } from "@std/assert";
import { runTask, type Verdict } from "../../lib/watch/run_task.ts";
import { describeRun } from "../../lib/watch/state/describe_run.ts";
import { parseTasks } from "../../lib/watch/tasks/parse_tasks.ts";
import { startPeer } from "../peer/peer.ts";
import { task } from "./_samples.ts";
import { stepRows } from "../_test_rows.ts";
import { skipWaits } from "../_skipped_waits.ts";

/** Nobody listens here. */
const REFUSING = "http://127.0.0.1:1/";

const NEVER = new AbortController().signal;

Deno.test("runTask() judges by expectations, predicates and warnings", async (test) => {
  using _clock = skipWaits();
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    return Response.json({ ok: true }, { status: new URL(request.url).pathname === "/down" ? 503 : 200 });
  });
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const rows: [definition: Record<string, unknown>, verdict: Verdict, cause: RegExp][] = [
    [{ url }, "up", /^status 200, everything holds$/],
    [{ url: `${url}down` }, "down", /^not status < 400 \(found 503\)$/],
    [{ url: `${url}down`, expect: ["status == 503"] }, "up", /./],
    [{ url, expect: ["json.ok == false"] }, "down", /^not json.ok == false \(found true\)$/],
    [{ url, degraded: ["timings.total < 0.0001ms"] }, "degraded", /^not timings.total < 0.0001ms \(found/],
    [{ url: `${url}down`, degraded: ["status == 1"] }, "down", /^not status < 400/],
    [{ url, test: { good: () => true, late: () => Promise.resolve(true) } }, "up", /./],
    [{ url, test: { "is small": () => false } }, "down", /^not is small \(found false\)$/],
    [{ url, test: { fine: () => "too big" } }, "down", /^not fine \(found "too big"\)$/],
    [{ url, test: { fine: () => Promise.reject(new Error("oh")) } }, "down", /^not fine \(found "oh"\)$/],
    [{ url, maxTime: "1s", test: { fine: () => new Promise(() => {}) } }, "down", /no answer within 1 s/],
    [
      { url, test: { body: (result: { body: { text: string } }) => result.body.text === '{"ok":true}' } },
      "up",
      /./,
    ],
    [{ url: "http://127.0.0.1:1/" }, "down", /^refused in connect: /],
    [{ url: REFUSING, expect: ["error.kind == refused"] }, "up", /^refused in connect, as expected$/],
    [{ url: REFUSING, expect: ["error"] }, "up", /^refused in connect, as expected$/],
    [{ url: REFUSING, expect: ["not ok"] }, "up", /^refused in connect, as expected$/],
    [{ url: REFUSING, expect: ["error.kind == refused", "timings.total < 1m"] }, "up", /as expected$/],
    [{ url: REFUSING, expect: ["error", "status == 200"] }, "down", /^refused in connect: /],
    [{ url: REFUSING, expect: ["error.kind == timeout"] }, "down", /^refused in connect: /],
    [{ url: REFUSING, expect: ["error.kind != timeout"] }, "down", /^refused in connect: /],
    [{ url: REFUSING, expect: [] }, "down", /^refused in connect: /],
    [
      { url: REFUSING, expect: ["error"], degraded: ["error.phase == tls"] },
      "degraded",
      /^not error.phase == tls/,
    ],
    [{ url: REFUSING, expect: ["error"], test: { fine: () => false } }, "down", /^refused in connect: /],
    [{ url, expect: ["error.kind == refused"] }, "down", /^not error.kind == refused \(found none\)$/],
    [
      { url: url.replace("127.0.0.1", "localhost"), expect: ["error"], denyPrivate: true },
      "unknown",
      /^permission in connect: /,
    ],
  ];
  await stepRows(test, rows, async ([definition, verdict, cause]) => {
    const run = await runTask(task(definition), NEVER);
    assertEquals(run.verdict, verdict, JSON.stringify(definition));
    assertMatch(describeRun(run), cause);
    assertEquals([run.result.body?.text, run.result.tag], [undefined, definition["url"]]);
  });
});

Deno.test("runTask() retries before a run counts as failed", async (test) => {
  using _clock = skipWaits();
  let requests = 0;
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => {
    return new Response(null, { status: ++requests % 3 === 0 ? 200 : 503 });
  });
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const rows: [retries: number, verdict: Verdict, tries: number][] = [[2, "up", 2], [0, "down", 0], [
    1,
    "up",
    1,
  ]];
  await stepRows(test, rows, async ([retries, verdict, tries]) => {
    const run = await runTask(task({ url, retries, interval: "100ms" }), NEVER);
    assertEquals([run.verdict, run.retries], [verdict, tries]);
  });
});

Deno.test("runTask() keeps the failed try over https along with the earlier tries", async () => {
  using _clock = skipWaits();
  const request = { expect: "\r\n\r\n" };
  const answer = { send: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" };
  const refusal = [{ expect: 1 }, { rst: true } as const];
  await using peer = await startPeer([refusal, [request, { rst: true }], refusal, [request, answer]]);
  const host = `127.0.0.1:${peer.port}`;
  const { result, retries } = await runTask(task({ url: host, retries: 1, interval: "100ms" }), NEVER);
  assertEquals([result.status, retries], [200, 1]);
  assertEquals(result.attempts?.map(({ error, url }) => [error.phase, url]), [
    ["wait", undefined],
    ["tls", `https://${host}/`],
  ]);
});

Deno.test("runTask() decodes content, keeps numbers as written, and explains an unreadable body", async (test) => {
  using _clock = skipWaits();
  const gzip = { "Content-Encoding": "gzip" };
  const content = gzipSync('{"id":9007199254740993}') as Uint8Array<ArrayBuffer>;
  const rows: [content: Uint8Array<ArrayBuffer>, ok: boolean, actual: string | undefined, reason?: string][] =
    [
      [content, true, "9007199254740993"],
      [content.slice(0, -3), false, undefined, "the gzip coding is truncated after 23 decoded octets"],
    ];
  await stepRows(test, rows, async ([body, ok, actual, reason]) => {
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () => new Response(body, { headers: gzip }),
    );
    const url = `http://127.0.0.1:${server.addr.port}/`;
    const { result, verdict } = await runTask(task({ url, expect: ["json.id == 9007199254740993"] }), NEVER);
    const [check] = result.checks;
    assertEquals([check?.ok, verdict], [ok, ok ? "up" : "down"]);
    assertEquals(JSON.stringify(check?.actual), actual);
    assertEquals(check?.reason, reason && `the body could not be decoded: ${reason}`);
    assertEquals([result.body?.text, result.body?.bytes], [undefined, body.length]);
  });
});

Deno.test("runTask() redacts secrets in an answer, and gives plain data to predicates", async (test) => {
  using _clock = skipWaits();
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const token = request.headers.get("token") ?? "";
    return new Response(JSON.stringify(token), { status: 503, headers: { Token: token } });
  });
  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const rows: [secret: string, actual: unknown][] = [
    ['a "quoted" one', "***"],
    ["zwölf|<&", "***"],
    ["1234", "***"],
    ["5033", "***"],
  ];
  await stepRows(test, rows, async ([secret, actual]) => {
    const definition = {
      url: `${url}?\${env:S}`,
      headers: { token: "${env:S}" },
      expect: ["header.token == x"],
      test: { cyclic: () => cyclic, big: () => 5n, none: () => undefined, long: () => "y".repeat(5000) },
    };
    const source = { env: () => secret, file: () => "" };
    const { result } = await runTask(parseTasks([definition], { file: "test", source }).tasks[0]!, NEVER);
    assertEquals(result.headers?.find(([name]) => name === "Token"), ["Token", "***"], secret);
    assertEquals(
      result.checks.map((check) => check.actual),
      [actual, "[object Object]", "[object BigInt]", "undefined", "y".repeat(200) + "…"],
      secret,
    );
    assertEquals([result.url, result.status], [`${url}?***`, 503]);
  });
});

Deno.test("runTask() redacts secrets that a server writes as numbers", async () => {
  using _clock = skipWaits();
  const content =
    '{"pin":48213,"long":86753091,"list":[48213,1],"digits":867530918675309186753091,"port":4821}';
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => {
    return new Response(content);
  });
  const definition = {
    url: `http://127.0.0.1:${server.addr.port}/`,
    headers: { pin: "${env:PIN}", long: "${env:LONG}", digits: "${env:DIGITS}" },
    expect: ["pin", "long", "list[*]", "list", "digits", "port"].map((it) => `json.${it} == 2`),
    test: { pins: () => ({ 86753091: [86753091, 7] }) },
  };
  const secrets: Record<string, string> = {
    PIN: "48213",
    LONG: "86753091",
    DIGITS: "867530918675309186753091",
  };
  const source = { env: (name: string) => secrets[name], file: () => "" };
  const { result } = await runTask(parseTasks([definition], { file: "test", source }).tasks[0]!, NEVER);
  assertEquals(
    result.checks.map(({ actual }) => actual),
    ["***", "***", ["***", 1], "[***,1]", "***", 4821, { "***": ["***", 7] }],
  );
});

Deno.test("runTask() leaves no part of a secret in a text that it cuts", async () => {
  using _clock = skipWaits();
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const token = request.headers.get("token") ?? "";
    const text = "x".repeat(190) + token;
    return Response.json({ text, object: { [token]: 1 }, list: [text, [text]] }, { headers: { Echo: text } });
  });
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const definition = {
    url,
    headers: { token: "${env:TOKEN}" },
    expect: ["header.echo == x", "json.text == x", "json.object == x", "json.list[*] == x", "body == x"],
    degraded: ["header.echo == x", "json == x"],
  };
  const { result, warnings } = await runTask(task(definition), NEVER);
  assertEquals(JSON.stringify([result, warnings]).match(/s3cr.{0,9}/), null);
  assertEquals(result.checks[0]?.actual, "x".repeat(190) + "***");
  assertEquals(result.checks[2]?.actual, '{"***":1}');
});

Deno.test("runTask() does not call a target down because this process lost time", async () => {
  using _clock = skipWaits();
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => {
    // Nothing else runs in this process meanwhile, the timers of the probe included.
    for (const end = performance.now() + 300; performance.now() < end;);
    const { promise, resolve } = Promise.withResolvers<Response>();
    setTimeout(() => resolve(new Response()), 1_000);
    return promise;
  });
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const run = await runTask(task({ url, maxTime: "250ms", retries: 1 }), NEVER);
  assertEquals([run.verdict, run.retries], ["unknown", 0]);
  assertMatch(
    describeRun(run),
    /^timeout in .*this process was stopped or busy for [\d.]+ m?s of the time until now$/,
  );
});

Deno.test({
  name: "runTask() treats a missing permission as a local fault",
  permissions: "none",
  fn: async () => {
    using _clock = skipWaits();
    const { verdict } = await runTask(task({ url: "http://127.0.0.1:1/", retries: 3 }), NEVER);
    assertEquals(verdict, "unknown");
  },
});

Deno.test("runTask() judges a stream that never ends by its head", async () => {
  const send = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n";
  await using peer = await startPeer([{ expect: "\r\n\r\n" }, { send }, { stall: true }]);
  const expect = ["status == 200", "header.content-type ~ /event-stream/", "timings.total < 20s"];
  const url = `http://127.0.0.1:${peer.port}/events`;
  const { verdict, result } = await runTask(task({ url, expect, judge: "head", maxTime: "20s" }), NEVER);
  assertEquals([verdict, result.body?.unread, result.connection?.end.how], ["up", "stopped", "closed"]);
});

Deno.test("runTask() reaches a server by address, name and certificates of the check", async () => {
  const answer = { send: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" };
  await using peer = await startPeer([{ expect: "Host: localhost\r\n" }, { expect: "\r\n\r\n" }, answer], {
    tls: { certificate: "good", askClient: true },
  });
  const fixtures = new URL("../fixtures/", import.meta.url).pathname;
  const run = await runTask(
    task({
      url: "https://localhost/",
      address: `127.0.0.1:${peer.port}`,
      cacert: `${fixtures}ca.pem`,
      cert: `${fixtures}client.pem`,
      key: `${fixtures}client.key`,
      expect: ["tls.verified", "tls.sni == localhost", "status == 200"],
    }),
    NEVER,
  );
  assertEquals([run.verdict, run.result.error], ["up", undefined]);
});
