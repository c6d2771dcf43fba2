import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { run } from "./_run.ts";
import { stepRows, testRows } from "../_test_rows.ts";

const CLI = new URL("../../cli.ts", import.meta.url).href;

function serve(): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    return new Response("hi", { status: new URL(request.url).pathname === "/down" ? 503 : 200 });
  });
}

Deno.test("--format makes one document of all results", async (test) => {
  await using server = serve();
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const rows: [args: string[], code: number, text: RegExp][] = [
    [["--format", "har", url, url], 0, /^\{"log":.*\n\{.*,\n\{.*\n\]\}\}\n$/],
    [["--format", "har", "-n", "3", url], 0, /^\{"log":.*\n\{.*,\n\{.*,\n\{.*\n\]\}\}\n$/],
    [["--format", "junit", "-e", "status == 201", url], 1, /^<\?xml [^]*<failure [^]*<\/testsuites>\n$/],
    [["--format", "prom", url], 0, /^# HELP probe_success [^]*\nprobe_timeout_seconds\{target=".*"\} 10\n/],
    [["--format", "prom", "-m", "2s", url], 0, /\nprobe_timeout_seconds\{target=".*"\} 2\n/],
    [["--format", "nagios", url], 0, /^HTTP OK - 200 in .*\n$/],
    [["--format", "nagios", `${url}down`], 2, /^HTTP CRITICAL - 503 in .*\n$/],
    [["--format", "nagios", "-q", `${url}down`], 2, /^$/],
    [["--format", "nagios", "-e", "status == 503", `${url}down`], 0, /^HTTP OK - 503 in .*\n$/],
    [
      ["--format", "nagios", url, `${url}down`],
      2,
      /^HTTP CRITICAL - 1 of 2 ok \| .*\n.*: CRITICAL - 503 in .*\n$/,
    ],
  ];
  await stepRows(test, rows, async ([args, code, text]) => {
    const outcome = await run(args);
    assertEquals([outcome.code, outcome.stderr], [code, ""], args.join(" "));
    assertMatch(outcome.stdout, text);
  });
});

testRows<[args: string[], stdout: RegExp]>(
  "--format nagios prints UNKNOWN on stdout if nothing can be measured",
  [
    [["--format=nagios", "--nope"], /^HTTP UNKNOWN - Unknown flag --nope/],
    [["--format", "nagios"], /^HTTP UNKNOWN - Cannot probe: no URL was given\b.*\n$/],
    [
      ["watch", "--once", "--format", "nagios", "no.json"],
      /^HTTP UNKNOWN - no\.json: it may not be read: this needs --allow-read=no\.json\n$/,
    ],
    [["--format", "nagios", "http://127.0.0.1:1/"], /^HTTP UNKNOWN - permission in connect: /],
  ],
  async ([args, text]) => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", CLI, ...args],
      env: { NO_COLOR: "1" },
      signal: AbortSignal.timeout(300_000),
    }).output();
    const decoder = new TextDecoder();
    assertEquals([code, decoder.decode(stderr)], [3, ""], args.join(" "));
    assertMatch(decoder.decode(stdout), text);
  },
);

Deno.test("--format prom moves a file into place once it is complete", async () => {
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  try {
    const path = `${folder}/web.prom`;
    await Deno.writeTextFile(path, "old");
    const read: string[] = [];
    const slow = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async () => {
      read.push(await Deno.readTextFile(path));
      return new Response("hi");
    });
    const { code, stdout } = await run([
      "--format",
      "prom",
      "-o",
      path,
      `http://127.0.0.1:${slow.addr.port}/`,
    ]);
    await slow.shutdown();
    assertEquals([code, stdout, read], [0, "", ["old"]]);
    assertStringIncludes(await Deno.readTextFile(path), "probe_success");
    assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["web.prom"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("sonde batch --format makes one document of all rows", async (test) => {
  await using server = serve();
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  try {
    const list = `${folder}/list`;
    await Deno.writeTextFile(list, `${url}\n${url}down\nhttp://127.0.0.1:1/\n`);
    const rows: [args: string[], code: number, text: RegExp][] = [
      [["har"], 1, /^\{"log":.*\n\{.*,\n\{.*,\n\{.*\n\]\}\}\n$/],
      [["junit", "-e", "status == 200"], 1, /^<\?xml (?:[^]*<testsuite ){3}[^]*<\/testsuites>\n$/],
      [["junit", "--only", "failed"], 1, /^<\?xml [^]*<failure type="refused in connect, by target"/],
      [["prom"], 1, /(?:\nprobe_http_status_code\{target="[^"]*"\} \d+){3}\n/],
      [["nagios"], 2, /^HTTP CRITICAL - 1 of 3 ok \| ok=1;;;0;3\n(?:.*: CRITICAL - .*\n){2}$/],
      [["nagios", "-q"], 2, /^$/],
      [["csv"], 1, /^input,(?:.*\n){4}$/],
      [["md"], 1, /^\| input (?:.*\n){5}$/],
    ];
    await stepRows(test, rows, async ([args, code, text]) => {
      const outcome = await run(["batch", list, "--format", ...args]);
      assertEquals(outcome.code, code, args.join(" "));
      assertMatch(outcome.stdout, text);
    });
    const path = `${folder}/web.prom`;
    assertEquals((await run(["batch", list, "--format", "prom", "-o", path])).code, 1);
    assertStringIncludes(await Deno.readTextFile(path), "probe_timeout_seconds");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

testRows<[args: string[], code: number, text: RegExp]>(
  "sonde conn --format writes profiles in the formats of other tools",
  [
    [["md"], 0, /^## Connections of [^]*\n\| keep-alive \| yes \| /],
    [
      ["junit", "-e", "keepAlive == no"],
      1,
      /^<\?xml [^]*<failure type="expectation" message="found &quot;yes&quot;"/,
    ],
    [["prom"], 0, /\nprobe_http_keepalive\{target=".*"\} 1\n/],
    [
      ["nagios", "-e", "keepAlive == no"],
      2,
      /^CONN CRITICAL - .*: not keepAlive == no \(found "yes"\) \| time=/,
    ],
    [["nagios", "-q"], 0, /^$/],
  ],
  async ([args, code, text]) => {
    await using server = serve();
    const url = `http://127.0.0.1:${server.addr.port}/`;
    const outcome = await run(["conn", "--only", "keep-alive", "--format", ...args, url]);
    assertEquals(outcome.code, code, args.join(" "));
    assertMatch(outcome.stdout, text);
  },
);
