import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { VERSION } from "../../lib/version.ts";
import { testRows } from "../_test_rows.ts";

const CLI = new URL("../../cli.ts", import.meta.url).href;

/** Runs the command line without any permission, for at most a minute. */
async function sonde(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", CLI, ...args],
    env: { NO_COLOR: "1" },
    signal: AbortSignal.timeout(300_000),
  });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

Deno.test("main() prints help and version on stdout without any permission", async () => {
  const help = await sonde("--help");
  assertEquals([help.code, help.stderr], [0, ""]);
  assertMatch(help.stdout, /^Usage: sonde \[FLAG…\] URL…\n/);
  assertEquals((await sonde("probe", "--help")).stdout, help.stdout);
  const version = await sonde("-V");
  assertEquals([version.code, version.stderr], [0, ""]);
  assertStringIncludes(version.stdout, `sonde ${VERSION} (deno ${Deno.version.deno}`);
});

testRows<[args: string[], last: string]>(
  "main() ends the message about a wrong command line with the help of the command that was typed",
  [
    [["h", "--none"], "Try sonde --help"],
    [["h", "--none", "--", "-h"], "Try sonde --help"],
    [["probe", "h", "--none"], "Try sonde probe --help"],
    [["report"], "Try sonde report --help"],
    [["batch", "--none"], "Try sonde batch --help"],
  ],
  async ([args, last]) => {
    const { code, stderr } = await sonde(...args);
    assertEquals([code, stderr.split("\n").at(-2)], [2, last]);
  },
);

testRows<[args: string[], message: string]>(
  "main() ends with 2 and one message on stderr if the command line is wrong",
  [
    [["--max-tim=1s", "h"], "sonde: Unknown flag --max-tim: the nearest one is --max-time\n"],
    [["prob", "h"], "sonde: Unknown command prob: the nearest one is probe"],
    [["-k", "probe", "h"], "sonde: Cannot take a command after flags: write sonde probe first"],
    [["--sni", "a", "--format=\x1b[2J", "h"], 'Cannot use "\\x1b[2J"'],
  ],
  async ([args, message]) => {
    const { code, stdout, stderr } = await sonde(...args);
    assertEquals([code, stdout], [2, ""], args.join(" "));
    assertStringIncludes(stderr, message);
    assert(stderr.endsWith("\nTry sonde --help\n"), stderr);
  },
);

Deno.test("main() shows the common tasks on one screen for -h, and on stderr without arguments", async () => {
  const asked = await sonde("-h");
  assertEquals([asked.code, asked.stderr], [0, ""]);
  assertStringIncludes(asked.stdout, "  sonde batch hosts.txt\n");
  assertEquals(await sonde(), { code: 2, stdout: "", stderr: asked.stdout });
});

testRows<[args: string[], beginning: string, text: string]>(
  "main() shows the help of the command that the arguments name",
  [
    [["conn", "-h"], "Usage: sonde conn [FLAG…] URL…\n", "\nCommon flags (all: sonde "],
    [["-h", "conn"], "Usage: sonde conn [FLAG…] URL…\n", "\nCommon flags (all: sonde "],
    [["conn", "--help"], "Usage: sonde conn [FLAG…] URL…\n", "\nRun by default:\n"],
    [["--help", "conn"], "Usage: sonde conn [FLAG…] URL…\n", "\nRun by default:\n"],
    [["help", "conn"], "Usage: sonde conn [FLAG…] URL…\n", "\nRun by default:\n"],
    [["probe", "-h"], "Usage: sonde [FLAG…] URL…\n", "\nCommon flags (all: sonde "],
    [["conn", "--only", "none", "-n", "3", "-h"], "Usage: sonde conn [FLAG…] URL…\n", "\nCommon flags"],
    [["batch", "-c", "--help"], "Usage: sonde batch [FLAG…] FILE…\n", "\nExit codes:\n"],
    [["-h", "--", "--help"], "sonde shows what a web server really does", "Common tasks"],
  ],
  async ([args, beginning, text]) => {
    const { code, stdout, stderr } = await sonde(...args);
    assertEquals([code, stderr], [0, ""]);
    assert(stdout.startsWith(beginning), stdout);
    assertStringIncludes(stdout, text);
  },
);

Deno.test("main() ends quietly when its reader is gone", async () => {
  // Descriptor 3 is a pipe whose reader is gone before the first octet is written: every write gives EPIPE.
  const script = 'exec 3> >(true); wait $!; "$1" run --no-prompt "$2" --help >&3; echo "$?"';
  const { stdout, stderr } = await new Deno.Command("bash", {
    args: ["-c", script, "bash", Deno.execPath(), CLI],
    signal: AbortSignal.timeout(300_000),
  }).output();
  assertEquals(new TextDecoder().decode(stderr), "");
  assertEquals(new TextDecoder().decode(stdout), "0\n");
});

Deno.test("main() ends with its usual code if stderr cannot be written", async () => {
  const { code } = await new Deno.Command("bash", {
    args: ["-c", 'exec "$1" run --no-prompt "$2" --none 2>/dev/full', "bash", Deno.execPath(), CLI],
    signal: AbortSignal.timeout(300_000),
  }).output();
  assertEquals(code, 2);
});

testRows<[args: string[], flag: string]>(
  "main() ends with 3 and names the flag if a permission is missing",
  [
    [["http://127.0.0.1:9/"], "--allow-net=127.0.0.1:9"],
    [["--cacert=ca.pem", "https://127.0.0.1:9/"], "--allow-read=ca.pem"],
    [["-o", "out.json", "http://127.0.0.1:9/"], "--allow-write=out.json"],
  ],
  async ([args, flag]) => {
    const { code, stdout, stderr } = await sonde(...args);
    assertEquals(code, 3, stderr);
    assertStringIncludes(stdout + stderr, flag);
  },
);

Deno.test("main() ends with 130 on the first Ctrl-C, after complete output", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${listener.addr.port}/`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-net=127.0.0.1", CLI, "--json", "-m", "60s", url],
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(300_000),
  }).spawn();
  using connection = await listener.accept();
  // The request has arrived, so the probe is waiting for an answer that never comes.
  await connection.read(new Uint8Array(1024));
  const before = performance.now();
  child.kill("SIGINT");
  const { code, stdout } = await child.output();
  assertEquals(code, 130);
  assert(performance.now() - before < 30_000, "it took half of its time limit to end");
  const lines = new TextDecoder().decode(stdout).split("\n");
  assertEquals(lines.pop(), "");
  for (const line of lines) assertEquals(JSON.parse(line).error.kind, "aborted");
});
