import { gzipSync } from "node:zlib";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { ProbeResult } from "../../lib/result.ts";
import { run } from "./_run.ts";
import { stepRows, testRows } from "../_test_rows.ts";

function serve(): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => Response.json({ db: { state: "up" } }),
  );
}

testRows<[expects: string[], code: number, shown: string[]]>(
  "--expect decides the exit code and shows what was found",
  [
    [["status == 200"], 0, ["ok  status == 200"]],
    [["json.db.state == up", "not tls"], 0, ["ok  json.db.state == up", "ok  not tls"]],
    [["status == 200", "json.db.state == down"], 1, [
      "ok  status == 200",
      'NO  json.db.state == down, found "up"',
    ]],
    [["header.etag"], 1, ["NO  header.etag, found none"]],
    [["body.sha256 ~ /^[0-9a-f]{64}$/"], 0, []],
    [["body ~ /^(a+)+$/"], 1, []],
  ],
  async ([expects, code, shown]) => {
    await using server = serve();
    const url = `http://127.0.0.1:${server.addr.port}/`;
    const outcome = await run([...expects.flatMap((it) => ["-e", it]), url]);
    assertEquals(outcome.code, code, expects.join());
    for (const line of shown) assertStringIncludes(outcome.stdout, line);
    // The body was kept for the expectations only.
    assert(!outcome.stdout.includes('{"db"'), outcome.stdout);
  },
);

Deno.test("--expect leaves the body out of the result unless --body is given", async () => {
  await using server = serve();
  const args = ["--json", "-e", "json.db.state == up", `http://127.0.0.1:${server.addr.port}/`];
  const texts = [args, ["--body", ...args]].map(async (it) => {
    const { code, stdout } = await run(it);
    const result = JSON.parse(stdout) as ProbeResult;
    assertEquals([code, result.checks], [0, [{ expect: "json.db.state == up", ok: true, actual: "up" }]]);
    return result.body?.text;
  });
  assertEquals(await Promise.all(texts), [undefined, '{"db":{"state":"up"}}']);
});

Deno.test("--expect and --body decode content, and explain why a body cannot be decoded", async (test) => {
  const gzip = gzipSync('{"id":9007199254740993,"ratio":0.12345}') as Uint8Array<ArrayBuffer>;
  const html = gzipSync("<html>") as Uint8Array<ArrayBuffer>;
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, ({ url }) => {
    const { pathname } = new URL(url);
    const content = pathname === "/html" ? html : pathname === "/cut" ? gzip.slice(0, -2) : gzip;
    return new Response(content, { headers: { "Content-Encoding": pathname === "/zstd" ? "zstd" : "gzip" } });
  });
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const rows: [path: string, expect: string, code: number, shown: string][] = [
    ["", "json.id == 9007199254740993", 0, "ok  json.id == 9007199254740993"],
    ["", "json.id == 9007199254740992", 1, "NO  json.id == 9007199254740992, found 9007199254740993"],
    ["", "json.ratio > 0.12345", 1, "NO  json.ratio > 0.12345, found 0.12345"],
    ["", "body.bytes > 64KiB", 1, `found ${gzip.length}`],
    ["html", "json.id == 1", 1, "the body is HTML, not JSON: line 1, column 1"],
    ["cut", "body ~ /id/", 1, "the body could not be decoded: the gzip coding is truncated"],
    ["zstd", "not body", 1, 'its coding is "zstd"'],
  ];
  await stepRows(test, rows, async ([path, expect, code, shown]) => {
    const outcome = await run(["-e", expect, url + path]);
    assertEquals(outcome.code, code, outcome.stdout);
    assertStringIncludes(outcome.stdout.replaceAll(/\s+/g, " "), shown.replaceAll(/\s+/g, " "));
  });
  const whole = await run(["--body", url]);
  assertStringIncludes(whole.stdout, '{"id":9007199254740993,"ratio":0.12345}');
  const batch = await run(["batch", "-", "--json", "-e", "json.id == 1"], {
    stdin: ReadableStream.from([new TextEncoder().encode(url)]),
  });
  assertStringIncludes(batch.stdout, '"actual":9007199254740993}');
  assertEquals((JSON.parse(batch.stdout) as ProbeResult).body?.coding?.decodedBytes, 39);
});

testRows<[expect: string, message: string]>(
  "--expect refuses an unreadable expectation before anything is sent",
  [
    ["stauts == 200", 'at column 1, there is no fact "stauts", the nearest one is "status"'],
    ["stauts == 200", "; sonde probe --help lists all facts\n"],
    ["status = 200", "at column 8"],
    ["idle >= 65s", "a fact of sonde conn, not of sonde probe: write sonde conn -e 'idle >= 65s' URL\n"],
    ["", "--expect: "],
  ],
  async ([expect, message]) => {
    const { code, stdout, stderr } = await run(["-e", expect, "http://127.0.0.1:1/"]);
    assertEquals([code, stdout], [2, ""], expect);
    assertStringIncludes(stderr, message);
  },
);
