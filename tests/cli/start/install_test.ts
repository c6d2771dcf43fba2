import { assertEquals, assertStringIncludes } from "@std/assert";
import { TestFolder } from "../../_folder.ts";
import { type Script, startPeer } from "../../peer/peer.ts";

const CLI = new URL("../../../cli.ts", import.meta.url);
const SAYS_HI: Script = [{ expect: "\r\n\r\n" }, {
  send: "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi\n",
}];

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(program: string, args: readonly string[], cwd: string): Promise<Ended> {
  const command = new Deno.Command(program, {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(120_000),
  });
  const { code, stdout, stderr } = await command.output();
  return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

/** Installs sonde from this clone into the folder, and gives the path of the command. */
async function install(folder: TestFolder, flags: readonly string[]): Promise<string> {
  const args = ["install", "--global", "--force", "--root", folder.path, "--name", "sonde", ...flags];
  const { code, stderr } = await run(Deno.execPath(), [...args, CLI.pathname], folder.path);
  assertEquals(code, 0, stderr);
  return folder.file("bin/sonde");
}

/** Runs the line of an advice after the one that says what it is for. */
async function follow(advice: string, label: string, cwd: string): Promise<Ended> {
  const lines = advice.split("\n");
  const line = lines[lines.findIndex((it) => it.startsWith(label)) + 1]!.trim();
  return await run("/bin/sh", ["-c", line], cwd);
}

Deno.test("The command installed for this folder reads a list and writes a file in it", async () => {
  await using peer = await startPeer(SAYS_HI);
  using folder = new TestFolder();
  const sonde = await install(folder, ["--allow-net", "--allow-read=.", "--allow-write=."]);
  await Deno.writeTextFile(folder.file("hosts.txt"), `http://127.0.0.1:${peer.port}/\n`);
  const { code, stderr } = await run(
    sonde,
    ["batch", "--json", "-o", "rows.jsonl", "hosts.txt"],
    folder.path,
  );
  assertEquals(code, 0, stderr);
  assertStringIncludes(await Deno.readTextFile(folder.file("rows.jsonl")), '"status":200');
});

Deno.test("The advice of a command installed for probes works as it is written", async () => {
  await using peer = await startPeer(SAYS_HI);
  using folder = new TestFolder();
  const sonde = await install(folder, ["--allow-net"]);
  await Deno.writeTextFile(folder.file("hosts.txt"), `http://127.0.0.1:${peer.port}/\n`);
  const refused = await run(sonde, ["batch", "--json", "hosts.txt"], folder.path);
  assertEquals(refused.code, 3);
  assertStringIncludes(
    refused.stderr,
    "Cannot read hosts.txt: this needs --allow-read=hosts.txt\nInstall it",
  );
  const followed = await follow(refused.stderr, "Or run it once", folder.path);
  assertEquals(followed.code, 0, followed.stderr);
  assertStringIncludes(followed.stdout, '"status":200');
});

Deno.test("A flag of Deno after the command is answered with the line that has it in its place", async () => {
  await using peer = await startPeer(SAYS_HI);
  using folder = new TestFolder();
  const sonde = await install(folder, ["--allow-net"]);
  await Deno.writeTextFile(folder.file("hosts.txt"), `http://127.0.0.1:${peer.port}/\n`);
  const refused = await run(sonde, ["batch", "--allow-read=.", "--json", "hosts.txt"], folder.path);
  assertEquals(refused.code, 2);
  assertStringIncludes(refused.stderr, "Cannot take --allow-read=. here: flags of Deno go before the script");
  const followed = await follow(refused.stderr, "Or run it once", folder.path);
  assertEquals(followed.code, 0, followed.stderr);
});
