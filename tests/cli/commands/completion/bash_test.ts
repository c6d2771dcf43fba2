import { assertEquals } from "@std/assert";
import { EXPERIMENTS } from "../../../../lib/conn/experiments.ts";
import { FRONTS } from "../../../../lib/conn/findings/known_timeouts.ts";
import { COMMANDS } from "../../../../lib/cli/commands.ts";
import { testRows } from "../../../_test_rows.ts";
import { isInstalled, runShell } from "./_completing_shell.ts";

/** Completes the last of the words, as bash splits them. */
async function complete(...words: string[]): Promise<string[]> {
  const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  const stdout = await runShell(
    ["bash", "--norc"],
    (path) =>
      `. '${path}'; COMP_WORDS=(sonde ${quoted}); COMP_CWORD=${words.length}; _sonde 2>&1; ` +
      `((\${#COMPREPLY[@]} == 0)) || printf '%s\\n' "\${COMPREPLY[@]}"`,
  );
  return stdout.split("\n").filter((line) => line !== "").toSorted();
}

const names = COMMANDS.map(({ name }) => name);
const files = ["hosts.txt", "more", "other.txt", "two words.txt"];
const ignore = !isInstalled("bash");

testRows<[words: string[], completions: string[]]>(
  "bash completes",
  [
    [[""], names],
    [["ba"], ["batch"]],
    [["http"], []],
    [["-k", ""], []],
    [["probe", ""], []],
    [["conn", "--int"], ["--intrusive"]],
    [["--conn"], ["--connect-timeout", "--connect-to"]],
    [["batch", ""], files],
    [["batch", "ho"], ["hosts.txt"]],
    [["batch", "two\\ "], ["two words.txt"]],
    [["diff", "hosts.txt", "o"], ["other.txt"]],
    [["show", "o"], ["other.txt"]],
    [["-o", "o"], ["other.txt"]],
    [["-kvo", "o"], ["other.txt"]],
    [["--output", "=", "o"], ["other.txt"]],
    [["--wire", "=", "o"], ["other.txt"]],
    [["--wire=o"], ["--wire=other.txt"]],
    [["--wire", "o"], []],
    [["-d", "@", "o"], ["@other.txt"]],
    [["-d", "@o"], ["@other.txt"]],
    [["--data", "=@", "o"], ["@other.txt"]],
    [["-d", "@"], files.map((name) => `@${name}`)],
    [["-d", "o"], []],
    [["-H", ""], []],
    [["-m", ""], []],
    [["-X", "P"], ["PATCH", "POST", "PUT"]],
    [["--format", "j"], ["json", "junit"]],
    [["--format", "=", "j"], ["json", "junit"]],
    [["--format", "="], ["csv", "har", "html", "json", "junit", "md", "nagios", "prom", "text"]],
    [["--color", ""], ["always", "auto", "never"]],
    [["batch", "--only", ""], ["failed", "ok"]],
    [["conn", "--behind", ""], Object.keys(FRONTS)],
    [["conn", "--only", ""], ["default", ...EXPERIMENTS.map(({ name }) => name)]],
    [["conn", "--only", "close,clo"], []],
    [["conn", "--only", "close,pi"], ["close,pipelining"]],
    [["conn", "--only", "=", "close,c"], ["close,chunked-request", "close,conditional"]],
    [["batch", "--conn", "cl"], ["close"]],
    [["batch", "--", "-o", ""], files],
    [["help", "ba"], ["batch"]],
    [["completion", ""], ["bash", "fish", "zsh"]],
    [["http", ":", "//"], []],
  ],
  async ([words, completions]) => assertEquals(await complete(...words), completions.toSorted()),
  { ignore },
);

testRows("bash completes every flag, long and short, of", COMMANDS, async ({ name, loadFlags }) => {
  const flags = Object.values(await loadFlags()).flatMap((table) => Object.entries(table));
  const written = flags.flatMap((
    [long, { letter }],
  ) => [`--${long}`, ...letter === undefined ? [] : [`-${letter}`]]);
  assertEquals(await complete(name, "-"), written.toSorted());
}, { ignore });
