import { assertEquals, assertStringIncludes } from "@std/assert";
import { startPeer } from "../peer/peer.ts";
import { TestFolder } from "../_folder.ts";
import { stepRows, testRows } from "../_test_rows.ts";
import { run } from "./_run.ts";

const CLI = new URL("../../cli.ts", import.meta.url).href;

/** Runs sonde with these permissions alone. */
async function sonde(permissions: readonly string[], args: readonly string[], cwd: string) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...permissions, CLI, ...args],
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(120_000),
  }).output();
  return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

Deno.test("--dry-run sends nothing and looks up no name, and writes no file", async (test) => {
  await using peer = await startPeer([{ stall: true }]);
  using folder = new TestFolder();
  await Deno.writeTextFile(folder.file("hosts.txt"), `http://127.0.0.1:${peer.port}/\n`);
  await Deno.writeTextFile(folder.file("kept.txt"), "kept");
  const url = `http://127.0.0.1:${peer.port}/`;
  const rows = [["probe", url], ["batch", folder.file("hosts.txt")], ["conn", url]];
  await stepRows(test, rows, async ([command, operand]) => {
    const { code, stdout, stderr } = await run([
      command!,
      "--dry-run",
      "-o",
      folder.file("kept.txt"),
      operand!,
    ]);
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "It needs:\n");
    assertStringIncludes(stdout, `--allow-write=${folder.file("kept.txt")}  the output\n`);
  });
  // The name would not be found, with a message of its own.
  const named = await run(["--dry-run", "http://no.such.name.invalid/"]);
  assertEquals([named.code, named.stderr], [0, ""]);
  assertEquals(peer.connections.length, 0);
  assertEquals(await Deno.readTextFile(folder.file("kept.txt")), "kept");
});

Deno.test("--dry-run shows each request, the way to its server, and the permissions", async () => {
  const { code, stdout } = await run(["--dry-run", "-n3", "-i", "1s", "-L", "-d", "a=1", "192.0.2.1"]);
  assertEquals(code, 0);
  const lines = stdout.split("\n");
  const start = lines.indexOf("Start it with:");
  assertEquals(lines.slice(0, start).map((line) => line.replace(/sonde\/\S+\\r/, "sonde\\r")), [
    "POST https://192.0.2.1/ to 192.0.2.1:443",
    "  or http://192.0.2.1/ to 192.0.2.1:80 if that has no TLS",
    "  POST / HTTP/1.1\\r\\n",
    "  Host: 192.0.2.1\\r\\n",
    "  User-Agent: sonde\\r\\n",
    "  Accept: */*\\r\\n",
    "  Content-Length: 3\\r\\n",
    "  Content-Type: application/x-www-form-urlencoded\\r\\n",
    "  \\r\\n",
    "  a=1",
    "",
    "Nothing was sent; each URL would get 3 requests, one each 1 s; for redirects add",
    "  the hosts that they lead to, or grant --allow-net alone",
    "It needs:",
    "  --allow-net=192.0.2.1:443  https://192.0.2.1/",
    "  --allow-net=192.0.2.1:80   https://192.0.2.1/",
  ]);
  assertStringIncludes(lines[start + 1]!, " run --allow-net=192.0.2.1:443,192.0.2.1:80 ");
  assertStringIncludes(lines[start + 1]!, " -n3 -i 1s -L -d a=1 192.0.2.1");
});

testRows<[name: string, args: string[], to: string]>("--dry-run shows where a request would go", [
  ["--connect-to", ["--connect-to=::192.0.2.7:81", "http://a.test/"], "192.0.2.7:81"],
  ["--resolve", ["--resolve=a.test:80:192.0.2.8", "http://a.test/"], "192.0.2.8:80"],
  ["--unix-socket", ["--unix-socket=/run/a.sock", "http://a.test/"], "/run/a.sock"],
  ["IPv6", ["http://[::1]:81/"], "[::1]:81"],
], async ([, args, to]) => {
  const { stdout } = await run(["--dry-run", ...args]);
  assertEquals(stdout.split("\n")[0], `GET ${args.at(-1)} to ${to}`);
});

Deno.test("batch --dry-run shows ten targets, counts the others, and names mistakes", async () => {
  using folder = new TestFolder();
  const hosts = Array.from({ length: 1200 }, (_, index) => `http://h${index}.test/`);
  await Deno.writeTextFile(folder.file("hosts.txt"), ["ftp://x/", ...hosts].join("\n"));
  const { code, stdout } = await run(["batch", "--dry-run", folder.file("hosts.txt")]);
  assertEquals(code, 0);
  const lines = stdout.split("\n");
  assertEquals(lines[0], 'ftp://x/: Cannot probe "ftp://x/": the scheme ftp is not http or https');
  assertEquals(lines.filter((line) => line.startsWith("GET ")).length, 9);
  assertStringIncludes(stdout, "\n… 1,191 more targets\n");
  assertStringIncludes(stdout, "  --allow-net  ");
});

Deno.test("batch --dry-run does not read stdin to its end", async () => {
  const hosts = new TextEncoder().encode("http://a.test/\n".repeat(11));
  // The stream never ends.
  const stdin = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(hosts) });
  const { code, stdout } = await run(["batch", "--dry-run", "-"], { stdin });
  assertEquals(code, 0);
  assertStringIncludes(stdout, "\n… more targets\n");
});

Deno.test("--dry-run --json prints one object for each target and one for the run", async () => {
  const { code, stdout } = await run(["--dry-run", "--json", "http://a.test/", "b.test:81"]);
  assertEquals(code, 0);
  const [first, second, last] = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assertEquals([first.kind, first.urls], ["plan", [{ url: "http://a.test/", to: "a.test:80" }]]);
  assertEquals(second.urls.map(({ url }: { url: string }) => url), [
    "https://b.test:81/",
    "http://b.test:81/",
  ]);
  assertEquals([last.kind, last.shown, last.more], ["plan-summary", 2, 0]);
  assertEquals(last.permissions.map(({ value }: { value: string }) => value), ["a.test:80", "b.test:81"]);
});

testRows<[name: string, args: string[]]>("--dry-run refuses flags that it cannot follow", [
  ["csv", ["--dry-run", "--format", "csv", "http://a.test/"]],
  ["-q", ["--dry-run", "-q", "http://a.test/"]],
], async ([, args]) => {
  const { code, stdout } = await run(args);
  assertEquals([code, stdout], [2, ""]);
});

Deno.test("--dry-run ends with 3 if a permission is missing, and its start line has them all", async (test) => {
  using folder = new TestFolder();
  await Deno.writeTextFile(folder.file("hosts.txt"), "http://a.test/\n");
  const rows = [
    ["-o", "x.txt", "http://a.test/"],
    ["batch", "hosts.txt"],
    ["conn", "http://a.test/"],
  ];
  await stepRows(test, rows, async (args) => {
    const asked = await sonde(
      ["--allow-read=hosts.txt"],
      ["--dry-run", ...args].sort(commandFirst),
      folder.path,
    );
    assertEquals([asked.code, asked.stderr], [3, ""]);
    assertStringIncludes(asked.stdout, "--allow-net=a.test:80");
    const line = asked.stdout.split("\n").find((it) => it.startsWith("  deno run "))!;
    const flags = line.split(" ").filter((word) => word.startsWith("--allow-"));
    const again = await sonde(flags, ["--dry-run", ...args].sort(commandFirst), folder.path);
    assertEquals([again.code, again.stderr], [0, ""]);
  });
});

/** Puts the name of a command before the flags. */
function commandFirst(one: string, other: string): number {
  const isCommand = (word: string): number => Number(["batch", "conn"].includes(word));
  return isCommand(other) - isCommand(one);
}
