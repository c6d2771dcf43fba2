import { assertEquals, assertInstanceOf, assertStringIncludes, assertThrows } from "@std/assert";
import type { Command } from "../../../lib/cli/command.ts";
import { COMMANDS } from "../../../lib/cli/commands.ts";
import { explainFlag } from "../../../lib/cli/flags/explain_flag.ts";
import { FLAGS_ELSEWHERE } from "../../../lib/cli/flags/flags_elsewhere.ts";
import { FOREIGN_FLAGS } from "../../../lib/cli/flags/foreign_flags.ts";
import { parseFlags } from "../../../lib/cli/flags/parse_flags.ts";
import { UnknownFlagError, UsageError } from "../../../lib/cli/usage_error.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

function commandOf(name: string): Command {
  return COMMANDS.find((command) => command.name === name)!;
}

/** Gives the error message for invalid arguments. */
async function explain(name: string, args: readonly string[]): Promise<string> {
  const command = commandOf(name);
  const groups = await command.loadFlags();
  const error = assertThrows(() => parseFlags(args, groups), UsageError);
  const explained = await explainFlag(error, command, args);
  assertInstanceOf(explained, UsageError);
  return explained.message;
}

testRows<[command: string, args: string[], message: string]>(
  "explainFlag() names the equivalent of a flag of curl or of another command",
  [
    ["probe", ["-b", "a=b"], "Unknown flag -b: write -H 'Cookie: NAME=VALUE'"],
    [
      "probe",
      ["--data-binary=@f"],
      "Unknown flag --data-binary: write -d, which sends @FILE unchanged, line ends too",
    ],
    ["probe", ["-sS"], "Unknown flag -s: there is no progress to silence"],
    ["probe", ["--retry", "2"], "Unknown flag --retry: it belongs to sonde batch"],
    ["probe", ["-O"], "Unknown flag -O: it belongs to sonde get"],
    ["batch", ["--reuse"], "Unknown flag --reuse: it belongs to sonde URL"],
    ["get", ["-I"], "Unknown flag -I: it belongs to sonde URL and sonde batch"],
    ["raw", ["-b"], "Unknown flag -b"],
    ["conn", ["-n", "3"], "Unknown flag -n: it belongs to sonde URL, not to sonde conn"],
    ["get", ["-e", "x"], "it belongs to sonde URL, sonde batch, sonde conn and sonde show, not to sonde get"],
    ["man", ["-o", "x"], "Unknown flag -o: write sonde man > FILE"],
    ["help", ["--json"], "Unknown flag --json: it belongs to other commands, such as sonde URL"],
    [
      "probe",
      ["--interface", "eth0"],
      "the system chooses the interface; -4 and -6 choose the kind of address",
    ],
    ["probe", ["-Pn"], "Unknown flag -Pn: sonde sends no ping and scans no ports"],
    ["probe", ["--web.listen-address=:9115"], "sonde watch --once --format prom -o FILE writes a textfile"],
    ["batch", ["--tries=3"], "Unknown flag --tries: write --retry"],
    ["get", ["-c"], "Unknown flag -c: write --resume"],
    ["get", ["--md5=ab"], "sonde computes SHA-256: write --sha256 HEX"],
    ["raw", ["-p", "25"], "Unknown flag -p: write the port after the host, HOST:PORT"],
    ["raw", ["-connect", "h:25"], "Unknown flag -connect: write HOST:PORT alone, and --tls"],
    ["batch", ["-f", "hosts.txt"], "Unknown flag -f: write the list alone, as in sonde batch hosts.txt"],
    ["batch", ["--failed"], "Unknown flag --failed: write --only failed"],
    ["conn", ["--fast"], "write --only LIST, which runs fewer experiments"],
    ["report", ["--check", "shop"], "Unknown flag --check: write --only NAME"],
    ["watch", ["-i", "5s"], 'write it into the task file, as in "interval": "30s"'],
    ["probe", ["--csv"], "Unknown flag --csv: write --format csv"],
    ["report", ["--html"], "Unknown flag --html: write --format html"],
    ["report", ["--since=7d"], "Unknown flag --since: write --from"],
    ["batch", ["-t", "50"], "Unknown flag -t: write --concurrency"],
    ["batch", ["--threads=50"], "Unknown flag --threads: write --concurrency"],
    ["probe", ["--threads=50"], "sonde batch -c N probes N targets at the same time"],
    ["probe", ["-p", "80"], "Unknown flag -p: write the port after the host, HOST:PORT"],
    ["probe", ["-title"], "Unknown flag -title: sonde reads no titles"],
    ["probe", ["-status-code"], "Unknown flag -status-code: every result has it"],
    ["probe", ["--no-check-certificate"], "write -k, which does not verify the certificate"],
    ["probe", ["--follow"], "Unknown flag --follow: write --location"],
    ["probe", ["--timeout=5"], "Unknown flag --timeout: write --max-time"],
    ["probe", ["--jsn"], "Unknown flag --jsn: the nearest one is --json"],
    ["probe", ["-json"], "Unknown flag -json: long flags have two dashes, --json"],
    ["probe", ["-i", "http://h/"], "(curl's -i shows the head: sonde always shows it)"],
    ["probe", ["-m=5"], "write -m 5 without the ="],
  ],
  async ([command, args, message]) => {
    assertStringIncludes(await explain(command, args), message, args.join(" "));
  },
);

testRows<[flags: string[], message: string]>(
  "explainFlag() explains flags of Deno",
  [
    [["--allow-net=a.test"], "Cannot take --allow-net=a.test here: flags of Deno go before the script"],
    [
      ["--allow-raed=."],
      "Unknown flag --allow-raed: the nearest one is --allow-read, which goes before the script",
    ],
    [["--deny-privat"], "Unknown flag --deny-privat: the nearest one is --deny-private"],
  ],
  async ([flags, message]) => {
    assertStringIncludes(await explain("probe", flags), message);
  },
  { permissions: "none" },
);

Deno.test(
  "explainFlag() says that a permission is granted already",
  { permissions: { net: true } },
  async () => {
    assertStringIncludes(
      await explain("probe", ["--allow-net"]),
      "Cannot take --allow-net here: leave it out, since it is granted already",
    );
  },
);

Deno.test("FLAGS_ELSEWHERE lists no flag that the command has", async (test) => {
  const rows = Object.entries(FLAGS_ELSEWHERE).flatMap(([name, flags]) =>
    Object.keys(flags).map((flag) => ({ name, flag }))
  );
  await stepRows(test, rows, async ({ name, flag }) => {
    const groups = await commandOf(name).loadFlags();
    assertThrows(() => parseFlags([flag], groups), UnknownFlagError, undefined, flag);
  });
});

Deno.test("FOREIGN_FLAGS lists no flag that sonde URL has", async (test) => {
  const groups = await commandOf("probe").loadFlags();
  await stepRows(test, FOREIGN_FLAGS.keys(), (flag) => {
    assertThrows(() => parseFlags([flag], groups), UnknownFlagError, flag);
  });
  assertEquals(await explainFlag("another error", commandOf("probe")), "another error");
});
