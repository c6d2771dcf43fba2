import { assertEquals, assertMatch } from "@std/assert";
import { COMMANDS } from "../../../../lib/cli/commands.ts";
import { EXPERIMENTS } from "../../../../lib/conn/experiments.ts";
import { FRONTS } from "../../../../lib/conn/findings/known_timeouts.ts";
import { testRows } from "../../../_test_rows.ts";
import { isInstalled, runShell } from "./_completing_shell.ts";

/** Completes the end of a line; gives the completions with their descriptions. */
async function complete(line: string): Promise<Map<string, string>> {
  const stdout = await runShell(
    ["fish", "--no-config"],
    (path) => `source '${path}'; complete -C '${line.replaceAll(/[\\']/g, "\\$&")}'`,
  );
  const lines = stdout.split("\n").filter((completion) => completion !== "");
  return new Map(
    lines.map((completion) => [completion.split("\t")[0] ?? "", completion.split("\t")[1] ?? ""]),
  );
}

const ignore = !isInstalled("fish");
const files = ["hosts.txt", "more/", "other.txt", "two words.txt"];

testRows<[line: string, completions: string[]]>(
  "fish completes",
  [
    ["sonde ", COMMANDS.map(({ name }) => name)],
    ["sonde ba", ["batch"]],
    ["sonde http", []],
    ["sonde -k ", []],
    ["sonde conn --int", ["--intrusive"]],
    ["sonde --conn", ["--connect-timeout", "--connect-to"]],
    ["sonde batch ", files],
    ["sonde batch -- ", files],
    ["sonde diff hosts.txt o", ["other.txt"]],
    ["sonde show o", ["other.txt"]],
    ["sonde -o o", ["other.txt"]],
    ["sonde -kvo o", ["other.txt"]],
    ["sonde --output=o", ["--output=other.txt"]],
    ["sonde --wire=o", ["--wire=other.txt"]],
    ["sonde --wire o", []],
    ["sonde -d @o", ["@other.txt"]],
    ["sonde -d o", []],
    ["sonde -m ", []],
    ["sonde -X P", ["PATCH", "POST", "PUT"]],
    ["sonde --format j", ["json", "junit"]],
    ["sonde --format=j", ["--format=json", "--format=junit"]],
    ["sonde --color ", ["always", "auto", "never"]],
    ["sonde batch --only ", ["failed", "ok"]],
    ["sonde conn --behind ", Object.keys(FRONTS)],
    ["sonde conn --only ", ["default", ...EXPERIMENTS.map(({ name }) => name)]],
    ["sonde conn --only close,pi", ["close,pipelining"]],
    ["sonde conn --only tls,tls", []],
    ["sonde conn --only=close,pi", ["--only=close,pipelining"]],
    ["sonde help ba", ["batch"]],
    ["sonde completion ", ["bash", "fish", "zsh"]],
  ],
  async ([line, completions]) =>
    assertEquals([...(await complete(line)).keys()].toSorted(), completions.toSorted()),
  { ignore },
);

testRows("fish completes every flag, long and short, of", COMMANDS, async ({ name, loadFlags }) => {
  const flags = Object.values(await loadFlags()).flatMap((table) => Object.entries(table));
  const long = flags.map(([flag]) => `--${flag}`);
  const short = flags.flatMap(([, { letter }]) => letter === undefined ? [] : [`-${letter}`]);
  assertEquals([...(await complete(`sonde ${name} --`)).keys()].toSorted(), long.toSorted());
  const all = await complete(`sonde ${name} -`);
  assertEquals(short.filter((flag) => !all.has(flag)), []);
}, { ignore });

testRows<[line: string, completion: string, description: RegExp]>(
  "fish shows the help of",
  [
    ["sonde ba", "batch", /^probe every target of a list/],
    ["sonde conn --int", "--intrusive", /^permit experiments that send malformed/],
    ["sonde --hea", "--header", /^field 'Name: value' to add or replace/],
  ],
  async ([line, completion, description]) =>
    assertMatch((await complete(line)).get(completion) ?? "", description),
  { ignore },
);
