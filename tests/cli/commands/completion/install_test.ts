import { assertEquals, assertStringIncludes } from "@std/assert";
import { testRows } from "../../../_test_rows.ts";
import { TestFolder } from "../../../_folder.ts";
import { isInstalled } from "./_completing_shell.ts";

const ROOT = new URL("../../../../", import.meta.url);

/** Gives the commands that `docs/help.md` has under a heading, in the language of a shell. */
function installLines(shell: string, heading = "## Shell completion"): string {
  const page = Deno.readTextFileSync(new URL("docs/help.md", ROOT));
  const section = page.slice(page.indexOf(heading));
  const [, lines] = new RegExp(`\`\`\`${shell}\\n([^]*?)\`\`\``).exec(section) ?? [];
  if (lines === undefined) throw new Error(`docs/help.md has no commands for ${shell}`);
  return lines;
}

/** Writes a program `sonde` that runs this clone without any permission. */
async function installSonde(folder: TestFolder): Promise<void> {
  await Deno.mkdir(folder.file(".deno/bin"), { recursive: true });
  const cli = new URL("cli.ts", ROOT).pathname;
  const script = `#!/bin/sh\nexec '${Deno.execPath()}' run --no-prompt '${cli}' "$@"\n`;
  await Deno.writeTextFile(folder.file(".deno/bin/sonde"), script, { mode: 0o755 });
}

async function runShell(folder: TestFolder, [shell = "", ...args]: readonly string[]): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(shell, {
    args,
    cwd: folder.path,
    env: {
      HOME: folder.path,
      PATH: `${folder.file(".deno/bin")}:${Deno.env.get("PATH")}`,
      ZDOTDIR: folder.path,
      XDG_CONFIG_HOME: folder.file(".config"),
      DENO_DIR: folder.file("cache"),
    },
    stdin: "null",
    signal: AbortSignal.timeout(120_000),
  }).output();
  const decoder = new TextDecoder();
  return decoder.decode(stdout) + decoder.decode(stderr);
}

testRows<[shell: string, flags: string[], question: string, answer: string]>(
  "the commands of docs/help.md install the completion for new shells:",
  [
    ["bash", ["-i", "-c"], "complete -p sonde", "complete -F _sonde sonde"],
    ["zsh", ["-i", "-c"], "print -r -- $_comps[sonde]", "_sonde"],
    ["fish", ["-c"], "complete -C 'sonde conn --int'", "--intrusive"],
  ],
  async ([shell, flags, question, answer]) => {
    using folder = new TestFolder();
    await installSonde(folder);
    assertEquals(await runShell(folder, [shell, "-c", installLines(shell)]), "");
    assertStringIncludes(await runShell(folder, [shell, ...flags, question]), answer);
  },
  { ignore: !["bash", "zsh", "fish"].every(isInstalled) },
);

Deno.test({
  name: "the commands of docs/help.md install the manual page for man sonde",
  ignore: !isInstalled("man"),
  fn: async () => {
    using folder = new TestFolder();
    await installSonde(folder);
    assertEquals(await runShell(folder, ["bash", "-c", installLines("bash", "## The man page")]), "");
    assertStringIncludes(
      await runShell(folder, ["man", "sonde"]),
      "show what a web server really does on the wire",
    );
  },
});
