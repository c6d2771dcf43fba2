import { assert, assertEquals, assertLess, assertMatch, assertStringIncludes } from "@std/assert";
import { parseWireJson } from "../../../../lib/wire/wire_json.ts";
import type { ProbeResult } from "../../../../lib/result.ts";
import { TestFolder, withFolder } from "../../../_folder.ts";
import { startPeer } from "../../../peer/peer.ts";
import type { Script } from "../../../peer/peer.ts";
import { stepRows, testRows } from "../../../_test_rows.ts";

const CLI = new URL("../../../../cli.ts", import.meta.url).href;
const FIXTURES = new URL("../../../fixtures/", import.meta.url);
const CLIENT_CERT = fromFileUrl("client.pem");
const CLIENT_KEY = fromFileUrl("client.key");
const OTHER_KEY = fromFileUrl("good.key");
const REQUEST = { expect: "\r\n\r\n" };
const STALL = { stall: true } as const;
const OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi";
/** Answers many requests on one connection. */
const SERVE: Script = [{ repeat: 100, steps: [REQUEST, { send: OK }] }];

function fromFileUrl(name: string): string {
  return decodeURIComponent(new URL(name, FIXTURES).pathname);
}

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line with the permission to connect and those given, for a minute at most. */
async function sonde(
  args: readonly string[],
  permissions: readonly string[] = ["--allow-net"],
  stdin = "",
): Promise<Run> {
  await using child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions, CLI, ...args],
    env: { NO_COLOR: "" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(300_000),
  }).spawn();
  const input = new Response(stdin).body!.pipeTo(child.stdin).catch(() => "the child did not want it");
  const [stdout, stderr, { code }] = await Promise.all([
    child.stdout.text(),
    child.stderr.text(),
    child.status,
  ]);
  await input;
  return { code, stdout, stderr };
}

/** The results on stdout. */
function parseLines(stdout: string): ProbeResult[] {
  assert(stdout.endsWith("\n"), "the last line is whole");
  return stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
}

Deno.test("sonde URL ends with exit code 0, 1, 2 or 3", async (test) => {
  await using peer = await startPeer(SERVE);
  const good = `http://127.0.0.1:${peer.port}/`;
  const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const bad = `http://127.0.0.1:${closed.addr.port}/`;
  closed.close();
  const rows: readonly (readonly [args: string[], permissions: string[], code: number, stderr: string])[] = [
    [[good], ["--allow-net"], 0, ""],
    [[bad], ["--allow-net"], 1, ""],
    [[good, bad], ["--allow-net"], 1, ""],
    [["-q", bad], ["--allow-net"], 1, ""],
    [
      ["ftp://h/", good],
      ["--allow-net"],
      2,
      'Cannot probe "ftp://h/": sonde probes http and https; for other protocols write sonde raw h:21',
    ],
    [[good, "http://h:0/"], ["--allow-net"], 2, 'Cannot probe "http://h:0/"'],
    [["-X", "A B", good], ["--allow-net"], 2, 'method "A B"'],
    [["-H", "nothing", good], ["--allow-net"], 2, 'Cannot parse header "nothing"'],
    [["-m", "soon", good], ["--allow-net"], 2, '--max-time: Cannot parse duration "soon"'],
    [["-n", "0", good], ["--allow-net"], 2, "--count"],
    [["--listen-first", "15s", good], ["--allow-net"], 2, "within 10 s: add --max-time 25s"],
    [["--listen-first", "1s", "-m", "1s", good], ["--allow-net"], 2, "within 1 s: add --max-time 2s"],
    [["--reuse", "-L", "-n2", good], ["--allow-net"], 2, "--reuse"],
    [["-o", "/dev/null", good], ["--allow-net"], 3, "--allow-write=/dev/null"],
    [["--wire=/dev/null", good], ["--allow-net"], 3, "--allow-write=/dev/null"],
    [["-d", "@/etc/hostname", good], ["--allow-net"], 3, "--allow-read=/etc/hostname"],
    [
      ["-d", "@/none/such", good],
      ["--allow-net", "--allow-read"],
      3,
      "Cannot read /none/such: there is no such file",
    ],
    [["--cacert", "/etc/hostname", good], ["--allow-net", "--allow-read"], 2, "it is not a PEM file"],
    [
      ["--cacert", CLIENT_KEY, good],
      ["--allow-net", "--allow-read"],
      2,
      `--cacert ${CLIENT_KEY}: Cannot use the`,
    ],
    [
      ["--cert", CLIENT_CERT, good],
      ["--allow-net", "--allow-read"],
      2,
      `--cert ${CLIENT_CERT}: Cannot use the client's certificate: its key is missing; add --key FILE`,
    ],
    [
      ["--cert", CLIENT_CERT, "--key", OTHER_KEY, good],
      ["--allow-net", "--allow-read"],
      2,
      `--cert ${CLIENT_CERT} --key ${OTHER_KEY}: Cannot use the client's key: it does not belong`,
    ],
    [["-d", "@", good], ["--allow-net"], 2, "--data: write @FILE"],
    [["--raw-request", "-", good], ["--allow-net"], 2, "--raw-request: - is empty"],
    [["-b", "a=b", good], ["--allow-net"], 2, "Unknown flag -b: write -H 'Cookie: NAME=VALUE'"],
    [["--raw-request", "/none", "-I", good], ["--allow-net"], 2, "contradict each other"],
  ];
  await stepRows(test, rows, async ([args, permissions, code, message]) => {
    const { code: got, stdout, stderr } = await sonde(args, permissions);
    assertEquals(got, code, `${args.join(" ")}: ${stderr}${stdout}`);
    assertStringIncludes(stderr, message);
    if (message === "") assertEquals(stderr, "");
    else assertEquals(stdout, "");
  });
});

Deno.test("sonde URL ends with 3 and the command that has the permission if one is missing", async (test) => {
  await using peer = await startPeer(SERVE);
  const [good, other] = [`127.0.0.1:${peer.port}`, "127.0.0.1:9"];
  const rows: readonly (readonly [args: string[], permissions: string[], flag: string])[] = [
    [[`http://${good}/`], [], good],
    [[`http://${good}/`, `http://${other}/`], [`--allow-net=${good}`], `${good},${other}`],
  ];
  await stepRows(test, rows, async ([args, permissions, hosts]) => {
    const { code, stderr } = await sonde(args, permissions);
    assertEquals([code, stderr.replace(/ \S*cli\.ts /, " cli.ts ")], [
      3,
      `Start it with:\n  deno run --allow-net=${hosts} cli.ts ${args.join(" ")}\n`,
    ]);
    const quiet = await sonde(["-q", ...args], permissions);
    assertEquals([quiet.code, quiet.stderr], [3, ""]);
  });
});

Deno.test("sonde --format prom -o needs to read and write the folder, and says so before it probes", async () => {
  await using peer = await startPeer(SERVE);
  using folder = new TestFolder();
  const path = folder.file("web.prom");
  const args = ["--format", "prom", "-o", path, `http://127.0.0.1:${peer.port}/`];
  const refused = await sonde(args, ["--allow-net", `--allow-write=${folder.path}`]);
  assertEquals([refused.code, peer.connections.length], [3, 0]);
  assertStringIncludes(refused.stderr, `this needs --allow-read=${folder.path}\n`);
  const [, read, write] = /--allow-net (--allow-read=\S+) (--allow-write=\S+) /.exec(refused.stderr) ?? [];
  assert(read !== undefined && write !== undefined, refused.stderr);
  const done = await sonde(args, ["--allow-net", read, write]);
  assertEquals([done.code, done.stderr], [0, ""]);
  assertStringIncludes(await Deno.readTextFile(path), "probe_success");
});

Deno.test("sonde URL names the flag for a missing permission", async () => {
  const { code, stdout } = await sonde(["--json", "http://127.0.0.1:9/", "http://[::1]:9/"], []);
  const results = parseLines(stdout);
  assertEquals(code, 3);
  assertEquals(results.map(({ error }) => [error?.kind, error?.by]), [["permission", "local"], [
    "permission",
    "local",
  ]]);
  assertStringIncludes(results[0]?.error?.message ?? "", "--allow-net=127.0.0.1:9");
  assertStringIncludes(results[1]?.error?.message ?? "", "--allow-net=[::1]:9");
});

Deno.test("sonde URL shows one result in full, and several with one line each", async (test) => {
  await using peer = await startPeer(SERVE);
  const urls = ["/a", "/b"].map((path) => `http://127.0.0.1:${peer.port}${path}`);
  const one = await sonde([urls[0]!]);
  assertMatch(one.stdout, /HTTP\/1\.1 200 OK/);
  assertStringIncludes(one.stdout, "Content-Type: text/plain");
  assert(!one.stdout.includes("\x1b"), "no colour in a pipe");
  assert(one.stdout.split("\n").every((line) => line.length <= 80), one.stdout);
  const two = await sonde(urls);
  assertEquals(two.stdout.trimEnd().split("\n").length, 3, "a header and two lines");
  await stepRows(test, urls, (url) => {
    assertStringIncludes(two.stdout, url);
  });
  const verbose = await sonde(["-v", ...urls]);
  assertEquals(verbose.stdout.split("HTTP/1.1 200 OK").length, 3);
  const quiet = await sonde(["-q", ...urls]);
  assertEquals([quiet.code, quiet.stdout, quiet.stderr], [0, "", ""]);
});

Deno.test("sonde --json prints one complete result per line", async (test) => {
  await using peer = await startPeer(SERVE);
  const urls = ["/a", "/b"].map((path) => `http://127.0.0.1:${peer.port}${path}`);
  await stepRows(test, [["--json"], ["--format", "json"]], async (flags) => {
    const { code, stdout, stderr } = await sonde([...flags, "--body", ...urls]);
    assertEquals([code, stderr], [0, ""]);
    const results = parseLines(stdout);
    assertEquals(
      results.map(({ input, ok, status, body }) => [input, ok, status, body?.text]),
      urls.map((url) => [url, true, 200, "hi"]),
    );
    for (const result of results) {
      const { connection } = result;
      assertEquals(Object.keys(result), [
        "schema",
        "input",
        "url",
        "method",
        "startedAt",
        "request",
        "ok",
        "status",
        "reason",
        "version",
        "headers",
        "interim",
        "body",
        "deviations",
        "timings",
        "connection",
        "redirects",
        "checks",
        "chain",
      ]);
      assertEquals(result.schema, 1);
      assertMatch(result.startedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      assertEquals(connection?.announced, { persistent: true });
      for (const [phase, ms] of Object.entries(result.timings)) {
        assert(ms >= 0 && ms < 10_000, `${phase} ${ms}`);
      }
    }
  });
  const plain = parseLines((await sonde(["--json", urls[0]!])).stdout);
  assertEquals(plain[0]?.body?.text, undefined, "no body that was not asked for");
});

testRows<readonly [args: string[], stdin: string, request: RegExp]>(
  "sonde URL sends the request that its flags describe",
  [
    [
      ["-I"],
      "",
      /^HEAD \/x HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\nUser-Agent: sonde\/[\d.]+\r\nAccept: \*\/\*\r\n\r\n$/,
    ],
    [
      ["-H", "Host:", "-H", "user-agent: A", "-H", "Accept;", "-H", "X: é"],
      "",
      /^GET \/x HTTP\/1\.1\r\nuser-agent: A\r\nAccept:\r\nX: \xc3\xa9\r\n\r\n$/,
    ],
    [
      ["-d", "a=1", "-d", "b=é"],
      "",
      /^POST .*\r\nContent-Length: 8\r\nContent-Type: application\/x-www-form-urlencoded\r\n\r\na=1&b=\xc3\xa9$/s,
    ],
    [
      ["-d", "{}", "-H", "content-type: application/json", "-X", "PUT"],
      "",
      /^PUT .*\r\ncontent-type: application\/json\r\n\r\n\{\}$/s,
    ],
    [["-d", "@-"], "from\nstdin\0", /\r\nContent-Length: 11\r\n.*\r\n\r\nfrom\nstdin\0$/s],
    [
      ["-A", "me", "-u", "Aladdin:open sesame"],
      "",
      /\r\nUser-Agent: me\r\n.*\r\nAuthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n/s,
    ],
    [["-u", "a:b:c"], "", /\r\nAuthorization: Basic YTpiOmM=\r\n/],
    [["--http1.0", "--request-target", "*", "-X", "OPTIONS"], "", /^OPTIONS \* HTTP\/1\.0\r\n/],
    [["--request-target", "/é?€"], "", /^GET \/\xc3\xa9\?\xe2\x82\xac HTTP\/1\.1\r\n/],
    [["--raw-request", "-"], "GET /raw\nX\r\n\r\n", /^GET \/raw\nX\r\n\r\n$/],
  ],
  async ([args, stdin, request]) => {
    // The answer closes, so that the peer has read all that came.
    await using peer = await startPeer([REQUEST, { pause: 50 }, {
      send: "HTTP/1.1 204 N\r\nConnection: close\r\n\r\n",
    }]);
    const { code, stderr } = await sonde([...args, `http://127.0.0.1:${peer.port}/x`], undefined, stdin);
    assertEquals([code, stderr], [0, ""]);
    assertMatch(peer.connections[0]?.received ?? "", request);
  },
);

Deno.test("sonde --body shows the content with escaped control characters", async () => {
  const content = "line\n\x1b[31mred\x07";
  await using peer = await startPeer([REQUEST, {
    send: `HTTP/1.1 200 OK\r\nX: \x1b[2J\r\nContent-Length: ${content.length}\r\n\r\n${content}`,
  }, STALL]);
  const { code, stdout } = await sonde(["--body", `http://127.0.0.1:${peer.port}/`]);
  assertEquals(code, 0);
  assertStringIncludes(stdout, "line\n");
  assertStringIncludes(stdout, "red");
  // deno-lint-ignore no-control-regex -- what must not be there
  assert(!/[\x00-\x09\x0b-\x1f\x7f]/.test(stdout), JSON.stringify(stdout));
});

Deno.test("sonde --wire shows every octet, on stderr or as JSON lines in a file", async () => {
  await using peer = await startPeer(SERVE);
  const url = `http://127.0.0.1:${peer.port}/`;
  const shown = await sonde(["--wire", url]);
  assertEquals(shown.code, 0);
  assertStringIncludes(shown.stderr, "GET / HTTP/1.1");
  assertStringIncludes(shown.stderr, "Content-Length: 2");
  assert(!shown.stdout.includes("GET / HTTP/1.1\\r\\n"));
  await withFolder(async (folder) => {
    const path = `${folder}/wire`;
    const { code, stderr } = await sonde([`--wire=${path}`, url], ["--allow-net", `--allow-write=${path}`]);
    assertEquals([code, stderr], [0, ""]);
    const lines = (await Deno.readTextFile(path)).trimEnd().split("\n");
    let received = "";
    for (const line of lines) {
      const event = parseWireJson(line);
      if (event.type === "received") received += String.fromCharCode(...event.bytes);
    }
    assertEquals(received, OK);
  });
});

Deno.test("sonde --wire=FILE writes a capture of several probes that sonde parse reads", async () => {
  await using peer = await startPeer(SERVE);
  const urls = ["a", "b"].map((path) => `http://127.0.0.1:${peer.port}/${path}`);
  await withFolder(async (folder) => {
    const path = `${folder}/wire`;
    await sonde([`--wire=${path}`, "-q", "-n2", ...urls], ["--allow-net", `--allow-write=${path}`]);
    const { code, stdout, stderr } = await sonde(["parse", "--json", path], [`--allow-read=${path}`]);
    assertEquals([code, stderr], [0, ""]);
    assertEquals(parseLines(stdout).map(({ status }) => status), [200, 200, 200, 200]);
  });
});

Deno.test("sonde -o writes the results to a file", async () => {
  await using peer = await startPeer(SERVE);
  await withFolder(async (folder) => {
    const path = `${folder}/out`;
    const { code, stdout, stderr } = await sonde(["--json", "-o", path, `http://127.0.0.1:${peer.port}/`], [
      "--allow-net",
      `--allow-write=${path}`,
    ]);
    assertEquals([code, stdout, stderr], [0, "", ""]);
    assertEquals(parseLines(await Deno.readTextFile(path)).map(({ status }) => status), [200]);
  });
});

Deno.test("sonde -n shows each request and a summary", async (test) => {
  await using peer = await startPeer(SERVE);
  const url = `http://127.0.0.1:${peer.port}/`;
  const text = await sonde(["-n", "4", "--reuse", url]);
  assertEquals([text.code, text.stderr, peer.connections.length], [0, "", 1]);
  await stepRows(test, ["median", "p90", "p99", "min"], (word) => {
    assertStringIncludes(text.stdout, word);
  });
  assertMatch(text.stdout, /cold/);
  assertMatch(text.stdout, /warm/);
  const json = parseLines((await sonde(["-n3", "-i", "1ms", "--json", url])).stdout);
  assertEquals(json.slice(0, 3).map(({ connection }) => [connection?.reused, connection?.requestNumber]), [
    [false, 1],
    [false, 1],
    [false, 1],
  ]);
});

Deno.test("sonde -n --json ends each series with its summary", async () => {
  await using peer = await startPeer(SERVE);
  const good = `http://127.0.0.1:${peer.port}/`;
  const bad = "http://127.0.0.1:1/";
  const lines = (await sonde(["-n2", "-i", "1ms", "--json", good, bad])).stdout.trimEnd().split("\n");
  const rows = lines.map((line) => JSON.parse(line));
  assertEquals(rows.map(({ kind, input }) => [kind, input]), [
    [undefined, good],
    [undefined, good],
    ["summary", good],
    [undefined, bad],
    [undefined, bad],
    ["summary", bad],
  ]);
  const { schema, url, sent, answered, lost, lostShare, cold } = rows[2];
  assertEquals([schema, url, sent, answered, lost, lostShare], [1, good, 2, 2, 0, 0]);
  assertEquals([cold.total.count, "p90" in cold.total], [2, false]);
  assertEquals([rows[5].lost, rows[5].lostShare, rows[5].cold], [2, 1, {}]);
  assertEquals((await sonde(["-n2", "-q", "--json", good])).stdout, "");
  assertEquals((await sonde(["--json", good])).stdout.includes('"summary"'), false);
});

Deno.test("sonde -L shows every hop", async (test) => {
  await using peer = await startPeer([
    [REQUEST, { send: "HTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n" }, STALL],
    SERVE,
  ]);
  const { code, stdout } = await sonde(["-L", `http://127.0.0.1:${peer.port}/a`]);
  assertEquals(code, 0);
  await stepRows(test, ["301 Moved", "200 OK", "/b"], (text) => {
    assertStringIncludes(stdout, text);
  });
});

testRows(
  "sonde ends immediately on Ctrl-C, with 130 and complete lines",
  ["SIGINT", "SIGTERM"] as const,
  async (signal) => {
    await using peer = await startPeer([SERVE, SERVE, [REQUEST, STALL]]);
    const url = `http://127.0.0.1:${peer.port}/`;
    await using child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--allow-net", CLI, "--json", "-m", "60s", url, url, url, url],
      stdout: "piped",
      stderr: "piped",
      signal: AbortSignal.timeout(300_000),
    }).spawn();
    const output = Promise.all([child.stdout.text(), child.stderr.text()]);
    const third = await peer.connection(2);
    while (!third.received.includes("\r\n\r\n")) await new Promise((resolve) => setTimeout(resolve, 5));
    const begin = performance.now();
    child.kill(signal);
    const { code } = await child.status;
    assertLess(performance.now() - begin, 30_000);
    const [stdout, stderr] = await output;
    assertEquals([code, stderr], [130, ""]);
    const results = parseLines(stdout);
    assertEquals(results.map(({ ok, error }) => [ok, error?.kind]), [[true, undefined], [true, undefined], [
      false,
      "aborted",
    ]]);
  },
  { ignore: Deno.build.os === "windows" },
);

Deno.test("sonde ends quietly when its reader is gone", { ignore: Deno.build.os === "windows" }, async () => {
  await using peer = await startPeer(SERVE);
  const url = `http://127.0.0.1:${peer.port}/`;
  const script = '"$1" run --no-prompt --allow-net "$2" --json -n 200 -i 5ms --reuse "$3" | head -1';
  const begin = performance.now();
  const { stdout, stderr } = await new Deno.Command("bash", {
    args: ["-c", script, "bash", Deno.execPath(), CLI, url],
    signal: AbortSignal.timeout(300_000),
  }).output();
  assertEquals(new TextDecoder().decode(stderr), "");
  assertEquals(parseLines(new TextDecoder().decode(stdout)).length, 1);
  assert(performance.now() - begin < 50_000);
});
