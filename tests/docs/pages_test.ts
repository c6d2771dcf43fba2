import { assert, assertEquals } from "@std/assert";
import { chooseCommand } from "../../lib/cli/choose_command.ts";
import { parseFlags } from "../../lib/cli/flags/parse_flags.ts";
import { compareOutput } from "./_mask.ts";
import { whyNotRun } from "./_not_run.ts";
import { listCommands, readPages } from "./_page.ts";
import { fromFileUrl } from "./_root.ts";
import type { CommandOutcome } from "./_run_command.ts";
import { parseCommandLine } from "./_shell.ts";

const pages = readPages();
const commands = pages.flatMap(listCommands);

/** Pages whose commands wait for a connection to become idle have a process of their own. */
const SLOW = ["README.md", "docs/conn.md"];

const groups = [
  ...SLOW.map((path) => [path]),
  pages.map(({ path }) => path).filter((path) => !SLOW.includes(path)),
];

let outcomes: Promise<CommandOutcome[]> | undefined;

/** Runs all commands; the first test that asks for an outcome waits for them. */
async function runAll(): Promise<CommandOutcome[]> {
  return (await Promise.all(groups.map(runGroup))).flat();
}

async function runGroup(paths: readonly string[]): Promise<CommandOutcome[]> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-prompt", fromFileUrl("tests/docs/_run_pages.ts"), ...paths],
    env: { NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(300_000),
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Reads the exit code from a comment at the end of a command, as in `# exits with 1`; 0 without one. */
function promisedCode(text: string): number {
  return Number(/# .*\bexits with (\d+)$/.exec(text)?.[1] ?? 0);
}

for (const command of commands) {
  const { page, line, text, printed: shown } = command;
  if (whyNotRun(text) !== undefined) continue;
  Deno.test(`${page}:${line}: ${text}`, async () => {
    const outcome = (await (outcomes ??= runAll())).find((row) => row.page === page && row.line === line);
    assert(outcome, "the command was run");
    if (shown === undefined) return assertEquals(outcome.code, promisedCode(text), outcome.printed);
    const compared = compareOutput(shown, outcome.printed);
    // If this fails, run tests/docs/fill_in.ts and look at the difference.
    assertEquals(compared.printed, compared.shown);
  });
}

Deno.test("the pages use existing flags in commands that no test runs", async () => {
  for (const { text } of commands.filter((command) => whyNotRun(command.text) !== undefined)) {
    for (const { words } of parseCommandLine(text).flatMap(({ programs }) => programs)) {
      const at = words.findIndex((word) => /^sonde$|(^|\/)cli\.ts$/.test(word));
      if (at === -1) continue;
      const { command, rest } = chooseCommand(words.slice(at + 1));
      parseFlags(rest, await command.loadFlags());
    }
  }
});
