import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parseRate, parseShard } from "../../../../lib/cli/commands/batch/flags.ts";
import { TestFolder } from "../../../_folder.ts";
import { startPeer } from "../../../peer/peer.ts";
import { inputsOf, listTargets, startServer } from "./_batch_process.ts";
import { run, type RunOutcome } from "../../_run.ts";
import { stepRows, testRows } from "../../../_test_rows.ts";

/** Runs a batch in this process with its list on stdin. */
function batch(list: string, ...args: string[]): Promise<RunOutcome> {
  return run(["batch", "-", ...args], { stdin: new Blob([list]).stream() });
}

Deno.test("sonde batch probes the readable part of a list, and says where reading stopped", async (test) => {
  await using server = startServer();
  const url = `http://127.0.0.1:${server.addr.port}/`;
  await stepRows(test, [[[], 0], [[`${url}a\n${url}b\n`], 2]] as const, async ([pieces, rows]) => {
    const left = [...pieces];
    const stdin = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = left.shift();
        if (piece === undefined) controller.error(new Deno.errors.IsADirectory());
        else controller.enqueue(new TextEncoder().encode(piece));
      },
    }, { highWaterMark: 0 });
    const { code, stdout, stderr } = await run(["batch", "-", "--json"], { stdin });
    assertEquals([code, stdout.split("\n").length - 1], [3, rows]);
    assertStringIncludes(
      stderr,
      "sonde: Cannot read stdin: it is a folder\n",
    );
  });
});

const OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

Deno.test("sonde batch gives one row for each line, whatever its outcome", async () => {
  await using server = startServer();
  await using faulty = await startPeer([
    [{ expect: "\r\n\r\n" }, { rst: true }],
    [{ expect: "\r\n\r\n" }, { stall: true }],
    [{ expect: "\r\n\r\n" }, { send: "HTTP/1.1 200 OK\r\nContent-Le" }],
    [{ expect: "\r\n\r\n" }, { send: "SSH-2.0-x\r\n" }],
    [{ expect: "\r\n\r\n" }, { send: OK }],
  ]);
  const { port } = server.addr;
  const list = [
    `http://127.0.0.1:${port}/`,
    "# comment",
    ...[1, 2, 3, 4, 5].map((n) => `http://127.0.0.1:${faulty.port}/${n}`),
    "http://127.0.0.1:1/",
    "nonsense host",
    `{"url":"http://nobody.invalid:${port}/","address":"127.0.0.9","tag":"t","expect":"status == 404"}`,
  ];
  const { code, stdout, stderr } = await batch(
    list.join("\n"),
    "--json",
    "--ordered",
    "-m",
    "400ms",
    "-c",
    "1",
  );
  const rows = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assertEquals(rows.map(({ error, status }) => error?.kind ?? status), [
    200,
    ...["reset", "timeout", "truncated", "syntax", 200],
    "refused",
    "usage",
    200,
  ]);
  assertEquals(rows.map(({ line }) => line), [1, 3, 4, 5, 6, 7, 8, 9, 10]);
  const last = rows.at(-1);
  assertEquals([last.tag, last.address, last.ok, last.connection.peer.address], [
    "t",
    "127.0.0.9",
    false,
    "127.0.0.9",
  ]);
  assertEquals(last.checks, [{ expect: "status == 404", ok: false, actual: 200 }]);
  assertStringIncludes(rows[7].error.message, "line 9: Cannot probe");
  assertEquals(code, 1);
  assertMatch(stderr, /^9 targets in .*: 2 ok, 6 failed, 1 not measured\n/);
});

testRows<[args: string[], lines: number, code: number]>(
  "sonde batch counts all rows and prints the selected ones",
  [
    [[], 11, 1],
    [["--only", "failed"], 1, 1],
    [["--only", "ok"], 10, 1],
    [["--only", "ok", "-e", "status == 404"], 0, 1],
    [["-q"], 0, 1],
  ],
  async ([args, lines, code]) => {
    await using server = startServer();
    const list = [...listTargets(server.addr.port, 10), "http://127.0.0.1:1/"].join("\n");
    const outcome = await batch(list, "--json", ...args);
    assertEquals([outcome.stdout.split("\n").length - 1, outcome.code], [lines, code], args.join(" "));
    assertEquals(outcome.stderr.startsWith("11 targets"), args[0] !== "-q");
  },
);

Deno.test("sonde batch prints every format, with its header once", async (test) => {
  await using server = startServer();
  const list = listTargets(server.addr.port, 3).join("\n");
  const rows: [format: string, header: RegExp, lines: number][] = [
    ["text", /^status +time address +server/, 4],
    ["csv", /^input,url,method,/, 4],
    ["md", /^\| input \| status \|/, 5],
    ["json", /^\{"schema":1,"input":/, 3],
  ];
  await stepRows(test, rows, async ([format, header, lines]) => {
    const { stdout, code } = await batch(list, "--format", format);
    assertMatch(stdout, header);
    assertEquals([stdout.trimEnd().split("\n").length, code], [lines, 0], format);
  });
  assertEquals((await batch("", "--format", "csv")).stdout.split("\n").length, 2);
});

Deno.test("sonde batch reads ports, paths, ranges and every address of a name", async () => {
  await using server = startServer();
  const { port } = server.addr;
  const { stdout } = await batch("127.0.0.2/31", "--json", "--ports", `${port}`, "--paths", "/a,/b");
  const inputs = ["127.0.0.2", "127.0.0.3"].flatMap((host) => [`${host}:${port}/a`, `${host}:${port}/b`]);
  assertEquals(inputsOf(stdout), inputs);
  const names = await batch(`http://localhost:${port}/\nhttp://127.0.0.7:${port}/`, "--json", "--all-ips");
  const rows = names.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  const addresses = rows.filter(({ input }) => input.includes("localhost")).map(({ address }) => address);
  assertEquals(addresses.includes("127.0.0.1"), true, `${addresses}`);
  assertEquals(new Set(addresses).size, addresses.length);
});

Deno.test("sonde batch --all-ips --resume does not probe finished addresses again", async () => {
  const held = Promise.withResolvers<void>();
  let holding = false;
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async ({ url }) => {
    if (holding && url.endsWith("/held")) await held.promise;
    return new Response("hi");
  });
  const folder = await Deno.makeTempDir();
  const [list, out] = [`${folder}/list`, `${folder}/out`];
  const args = ["batch", list, "--all-ips", "--json", "--resume", out];
  try {
    const urls = ["a", "b", "held"].map((path) => `http://localhost:${server.addr.port}/${path}\n`);
    await Deno.writeTextFile(list, urls.slice(0, 2).join(""));
    assertEquals((await run(args)).stdout, "");
    await Deno.writeTextFile(list, urls.join(""));
    holding = true;
    // The share of the list that is done, while one address of one of three targets is left.
    const done = (await Deno.readTextFile(out)).trimEnd().split("\n").map((row) => JSON.parse(row).address);
    const addresses = new Set(done).size;
    const share = Math.floor(100 * (3 * addresses - 1) / (3 * addresses));
    const giveUp = setTimeout(() => held.resolve(), 5_000);
    let shown = "";
    const stderr = {
      terminal: true,
      broken: false,
      write: (text: string): Promise<void> => {
        shown += text;
        if (shown.includes(`(${share} %)`)) held.resolve();
        return Promise.resolve();
      },
    };
    await run(args, { stderr });
    clearTimeout(giveUp);
    assertStringIncludes(shown, `(${share} %)`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("sonde batch --resume finds the row of every line again, even if the line cannot be probed", async () => {
  using folder = new TestFolder();
  const [list, out] = [folder.file("list"), folder.file("out")];
  const url = "http://127.0.0.1:1/";
  const lines = [
    url,
    url,
    "bad host",
    `bad ${"x".repeat(70_000)}`,
    "bad \u{1f600}".repeat(300),
    "http://[bad/",
    "127.0.0.0/33",
    ...[
      { url, address: "nowhere" },
      { url, address: "" },
      { url, address: "127.0.0.2", method: "NO GOOD" },
      { url, address: "127.0.0.2", tag: "\ud800" },
      { url, headers: { "a b": "c" } },
      { url, expect: "nothing" },
      { url: "" },
      { url: 5 },
      {},
    ].map((line) => JSON.stringify(line)),
  ];
  Deno.writeTextFileSync(list, lines.join("\n"));
  for (let round = 0; round < 2; round++) {
    await run(["batch", list, "--json", "--resume", out]);
    const rows = Deno.readTextFileSync(out).trimEnd().split("\n").map((row) => JSON.parse(row).line);
    assertEquals(rows.sort((a, b) => a - b), lines.map((_, index) => index + 1));
  }
});

Deno.test("sonde batch --resume ends with the exit code of the whole list, and says how many rows it found", async (test) => {
  await using server = startServer();
  const good = `http://127.0.0.1:${server.addr.port}/`;
  const refused = "http://127.0.0.1:1/";
  const bad = "bad host";
  const unmet = JSON.stringify({ url: good, expect: "status == 404" });
  const rows: [first: string[], more: string[], args: string[], code: number, resumed: string][] = [
    [[good], [], [], 0, "1 target had a row already: 1 ok, 0 failed"],
    [[good, refused], [good], [], 1, "2 targets had a row already: 1 ok, 1 failed"],
    [[good, unmet], [], [], 1, "2 targets had a row already: 1 ok, 1 failed"],
    [
      [good, bad, "10.0.0.0/99"],
      [good],
      [],
      3,
      "3 targets had a row already: 1 ok, 0 failed, 2 not measured",
    ],
    [[bad, refused], [good], [], 1, "2 targets had a row already: 0 ok, 1 failed, 1 not measured"],
    [[refused, refused], [], [], 1, "2 targets had a row already: 0 ok, 2 failed"],
    [[good], [refused], [], 1, "1 target had a row already: 1 ok, 0 failed"],
    [[good], [bad], [], 3, "1 target had a row already: 1 ok, 0 failed"],
    [[], [good], [], 0, "0 targets had a row already: 0 ok, 0 failed"],
    [[good], [], ["-e", "status == 404"], 1, "1 target had a row already: 0 ok, 1 failed"],
    [[good, bad], [], ["--shard", "1/1"], 3, "2 targets had a row already: 1 ok, 0 failed, 1 not measured"],
    [[good, refused], [], ["--all-ips"], 1, "2 targets had a row already: 1 ok, 1 failed"],
  ];
  await stepRows(test, rows, async ([first, more, args, code, resumed]) => {
    using folder = new TestFolder();
    const out = folder.file("out");
    await batch(first.join("\n"), "--json", "-o", out, ...args);
    const again = await batch([...first, ...more].join("\n"), "--json", "--resume", out, ...args);
    assertEquals(again.code, code, again.stderr);
    assertStringIncludes(again.stderr.replace(/\s+/g, " "), `resumed ${resumed}`);
    const third = await batch([...first, ...more].join("\n"), "--json", "--resume", out, ...args);
    assertEquals(third.code, code, "and so does each run after it");
    assertEquals(Deno.readTextFileSync(out).split("\n").length - 1, first.length + more.length);
    const quiet = await batch([...first, ...more].join("\n"), "--json", "-q", "--resume", out, ...args);
    assertEquals([quiet.code, quiet.stderr], [code, ""]);
  });
});

Deno.test("sonde batch --resume ignores rows of targets that are not in the list, and counts one row for each target that is", async () => {
  await using server = startServer();
  const good = `http://127.0.0.1:${server.addr.port}/`;
  using folder = new TestFolder();
  const out = folder.file("out");
  await batch(`${good}\nhttp://127.0.0.1:1/\nhttp://127.0.0.1:1/\nbad host`, "--json", "-o", out);
  assertEquals((await batch(good, "--json", "--resume", out)).code, 0);
  const { code, stderr } = await batch(`${good}\nhttp://127.0.0.1:1/`, "--json", "--resume", out);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "2 targets had a row already: 1 ok, 1 failed");
});

Deno.test("sonde batch writes many rows with content in portions that fit into a string", async () => {
  const others = Promise.withResolvers<void>();
  let answered = 0;
  const content = "x".repeat(400_000);
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async ({ url }) => {
    if (url.endsWith("/0")) await others.promise;
    else if (++answered === 19) others.resolve();
    return new Response(content);
  });
  const lengths: number[] = [];
  const stdout = {
    terminal: false,
    broken: false,
    write: (text: string): Promise<void> => {
      lengths.push(text.length);
      return Promise.resolve();
    },
  };
  const list = Array.from({ length: 20 }, (_, index) => `http://127.0.0.1:${server.addr.port}/${index}`);
  const stdin = new Blob([list.join("\n")]).stream();
  const { code } = await run(["batch", "-", "--json", "--body", "--ordered"], { stdin, stdout });
  assertEquals(code, 0);
  assert(lengths.reduce((sum, length) => sum + length, 0) > 20 * content.length);
  assert(Math.max(...lengths) < 2_000_000, `${lengths}`);
});

Deno.test("sonde batch --shard probes each line of a list in exactly one shard", async () => {
  await using server = startServer();
  const targets = [...listTargets(server.addr.port, 60), "bad host"];
  const parts = await Promise.all(
    ["1/3", "2/3", "3/3"].map((shard) => batch(targets.join("\n"), "--json", "--shard", shard)),
  );
  assertEquals(parts.flatMap(({ stdout }) => inputsOf(stdout)).sort(), targets.sort());
});

Deno.test("sonde batch refuses contradictory command lines", async (test) => {
  const rows: [args: string[], message: string][] = [
    [[], "no list was given"],
    [["http://127.0.0.1:9/"], "for one URL write sonde http://127.0.0.1:9/"],
    [["-", "--json", "--resume", "-"], '--resume: Cannot use "-"'],
    [["-", "-"], "more than once"],
    [["-", "--resume", "x"], "add --json"],
    [["-", "--resume", "x", "-o", "y", "--json"], "contradict"],
    [["-", "-e", "statsu == 200"], "--expect"],
    [["-", "-X", "G ET"], "method"],
    [["-", "--shard", "5/4"], "--shard"],
    [["-", "--rate", "0"], "--rate"],
  ];
  await stepRows(test, rows, async ([args, message]) => {
    const { code, stdout, stderr } = await run(["batch", ...args]);
    assertEquals([code, stdout], [2, ""], args.join(" "));
    assertStringIncludes(stderr, message);
  });
  assertEquals((await run(["batch", "/nowhere/list"])).code, 3);
});

Deno.test("sonde batch does not touch files that contain anything but rows", async (test) => {
  using folder = new TestFolder();
  const [list, link, other] = [folder.file("list"), folder.file("link"), folder.file("other")];
  const text = "http://127.0.0.1:1/\nhttp://127.0.0.1:2/";
  for (const file of [list, other]) Deno.writeTextFileSync(file, text);
  Deno.linkSync(list, link);
  const rows: [args: string[], message: string][] = [
    [[list, "-o", list], `Cannot write to ${list}: it is one of the lists`],
    [["-", list, "-o", link], `Cannot write to ${link}: it is one of the lists`],
    [[link, "--json", "--resume", list], `Cannot write to ${list}: it is one of the lists`],
    [[list, "--json", "--resume", other], `Cannot continue ${other}: it does not hold rows`],
  ];
  await stepRows(test, rows, async ([args, message]) => {
    const { code, stdout, stderr } = await run(["batch", ...args]);
    assertEquals([code, stdout], [2, ""], args.join(" "));
    assertStringIncludes(stderr, message);
    assertEquals([list, other].map((file) => Deno.readTextFileSync(file)), [text, text]);
  });
});

Deno.test("parseRate() and parseShard() read all usual spellings", { permissions: "none" }, () => {
  assertEquals(["100/s", "30", "30/m", "0.5", "36/h"].map(parseRate), [100, 30, 0.5, 0.5, 0.01]);
  assertEquals([parseShard("0/3"), parseShard("3/3")], [{ index: 0, count: 3 }, { index: 3, count: 3 }]);
});

Deno.test("sonde batch --conn adds quick experiments to each row that has an answer", async () => {
  await using server = startServer();
  const good = `http://127.0.0.1:${server.addr.port}/`;
  const { code, stdout } = await batch(
    `${good}\nhttp://127.0.0.1:1/`,
    ...["--json", "--ordered", "--conn", "keep-alive,close", "-e", 'keepAlive == "yes"'],
  );
  const [row, refused] = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assertEquals(Object.keys(row.experiments), ["keep-alive", "close"]);
  assertEquals([row.ok, row.experiments.close.outcome], [true, "honoured"]);
  assertEquals([refused.ok, refused.error.kind, refused.experiments], [false, "refused", undefined]);
  assertEquals(code, 1);

  const unseen = await batch(good, "--conn", "close");
  assertEquals([unseen.code, unseen.stdout], [2, ""]);
  assertStringIncludes(unseen.stderr, "add --json or --expect");

  const unknown = await batch(good, "--json", "--conn", "idle-timeout");
  assertEquals(unknown.code, 2);
  assertStringIncludes(unknown.stderr, "idle-timeout");
});

testRows<[list: string, args: string[], code: number]>(
  "sonde batch ends with exit code 2 if a list has no target, so that a gate does not pass",
  [
    ["", [], 2],
    ["\n \n# nothing\n", ["--json"], 2],
    ["", ["-q"], 2],
    ["# nothing\n", ["--dry-run"], 2],
    ["", ["--shard=1/2"], 0],
    ["", ["--shard=1/2", "--dry-run"], 0],
    ["nonsense host\n", [], 3],
  ],
  async ([list, args, expected]) => {
    const { code, stderr } = await batch(list, ...args);
    const message =
      "sonde: Cannot probe: stdin has no target; write one host or URL a line (lines that begin with # do not count)\n";
    assertEquals([code, stderr.includes(message)], [expected, expected === 2], stderr);
  },
);

testRows<[line: string, cause: string]>(
  "sonde batch does not probe a number or a mistyped URL",
  [
    ["9610", "as a host the address 0.0.37.138; write that address, or HOST:9610 for the port"],
    ["http:/h.test/", "write http://h.test/"],
  ],
  async ([line, cause]) => {
    const { code, stdout } = await batch(`${line}\n`, "--json", "--ports=1");
    const { error, input } = JSON.parse(stdout);
    assertEquals([code, input, error.kind], [3, line, "usage"]);
    assertStringIncludes(error.message, cause);
  },
);

Deno.test("sonde batch names the command for a target in place of a list", async () => {
  const { code, stderr } = await run(["batch", "h.test:8080"]);
  assertEquals(code, 3);
  assertStringIncludes(
    stderr,
    "for one target write sonde h.test:8080, for several echo h.test:8080 | sonde batch -",
  );
});

Deno.test("sonde batch leaves the file of -o alone if the list cannot be read", async () => {
  using folder = new TestFolder();
  const path = folder.file("rows");
  await Deno.writeTextFile(path, "old\n");
  assertEquals((await run(["batch", folder.file("none"), "-o", path])).code, 3);
  assertEquals(await Deno.readTextFile(path), "old\n");
});
