import { assertEquals } from "@std/assert";
import { COMMANDS } from "../../../../lib/cli/commands.ts";
import { EXPERIMENTS } from "../../../../lib/conn/experiments.ts";
import { FRONTS } from "../../../../lib/conn/findings/known_timeouts.ts";
import { testRows } from "../../../_test_rows.ts";
import { isInstalled, runShell } from "./_completing_shell.ts";

/**
 * Types a line into an interactive shell, presses Tab, and prints each match with what the shell shows for it. `compadd`
 * adds the matches, so the script listens there.
 */
const LISTEN = `
zmodload zsh/zpty
completing() {
  autoload -Uz compinit && compinit -u -D
  source $SONDE_SCRIPT
  compadd() {
    local -a hits shown
    local at
    if [[ "\${@[1,(i)(-|--)]}" == *-(O|A|D)* ]]; then builtin compadd "$@"; return; fi
    at=\${@[(i)-d]}
    if (( at < \${@[(i)--]} )); then shown=( "\${(@P)@[at+1]}" ); fi
    builtin compadd -A hits -D shown "$@"
    for (( at = 1; at <= $#hits; at++ )); do print -r -- "$hits[at]"$'\\t'"$shown[at]" >> $SONDE_MATCHES; done
    return $(( $#hits == 0 ))
  }
  finish() { exit 0 }
  comppostfuncs=(finish)
}
zpty shell "zsh -f -i"
zpty -w shell "PS1= PS2=; $(functions completing); completing; bindkey '^I' complete-word"
zpty -n -w shell "$SONDE_LINE"$'\\t'
while zpty -r shell chunk; do :; done
[[ ! -e $SONDE_MATCHES ]] || cat $SONDE_MATCHES
`;

/** Completes the end of a line; gives the matches with what the shell shows for them. */
async function complete(line: string): Promise<Map<string, string>> {
  const stdout = await runShell(
    ["zsh", "-f"],
    (path) => `export SONDE_SCRIPT='${path}' SONDE_MATCHES='${path}.matches' SONDE_LINE='${line}'\n${LISTEN}`,
  );
  const lines = stdout.split("\n").filter((match) => match !== "");
  return new Map(lines.map((match) => [match.split("\t")[0] ?? "", match.split("\t")[1] ?? ""]));
}

const ignore = !isInstalled("zsh");
// A name with a blank comes with a backslash.
const files = ["hosts.txt", "more", "other.txt", "two\\ words.txt"];

testRows<[line: string, matches: string[]]>(
  "zsh completes",
  [
    ["sonde ", COMMANDS.map(({ name }) => name)],
    ["sonde ba", ["batch"]],
    ["sonde http", []],
    ["sonde conn --int", ["--intrusive"]],
    ["sonde --conn", ["--connect-timeout", "--connect-to"]],
    ["sonde batch ", files],
    ["sonde diff hosts.txt o", ["other.txt"]],
    ["sonde show o", ["other.txt"]],
    ["sonde -o o", ["other.txt"]],
    ["sonde -kvo o", ["other.txt"]],
    ["sonde --output=o", ["other.txt"]],
    ["sonde --wire=o", ["other.txt"]],
    ["sonde -d @o", ["other.txt"]],
    ["sonde -d o", []],
    ["sonde -m ", []],
    ["sonde -X P", ["PATCH", "POST", "PUT"]],
    ["sonde --format j", ["json", "junit"]],
    ["sonde --format=j", ["json", "junit"]],
    ["sonde --color ", ["always", "auto", "never"]],
    ["sonde batch --only ", ["failed", "ok"]],
    ["sonde conn --behind ", Object.keys(FRONTS)],
    ["sonde conn --only ", ["default", ...EXPERIMENTS.map(({ name }) => name)]],
    ["sonde conn --only close,pi", ["pipelining"]],
    ["sonde help ba", ["batch"]],
    ["sonde completion ", ["bash", "fish", "zsh"]],
  ],
  async ([line, matches]) => assertEquals([...(await complete(line)).keys()].toSorted(), matches.toSorted()),
  { ignore },
);

testRows("zsh completes every flag, long and short, of", COMMANDS, async ({ name, loadFlags }) => {
  const flags = Object.values(await loadFlags()).flatMap((table) => Object.entries(table));
  const long = flags.map(([flag]) => `--${flag}`);
  const short = flags.flatMap(([, { letter }]) => letter === undefined ? [] : [`-${letter}`]);
  assertEquals([...(await complete(`sonde ${name} --`)).keys()].toSorted(), long.toSorted());
  const all = new Set((await complete(`sonde ${name} -`)).keys());
  assertEquals(short.filter((flag) => !all.has(flag)), []);
}, { ignore });

testRows<[line: string, match: string, shown: RegExp]>(
  "zsh shows the help of",
  [
    ["sonde ba", "batch", /-- probe every target of a list/],
    ["sonde conn --int", "--intrusive", /-- permit experiments that send malformed/],
    ["sonde --hea", "--header", /-- field 'Name: value' to add or replace/],
  ],
  async ([line, match, shown]) => assertEquals(shown.test((await complete(line)).get(match) ?? ""), true),
  { ignore },
);
