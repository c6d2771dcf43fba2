import { assertEquals } from "@std/assert";
import { chooseCommand } from "../../lib/cli/choose_command.ts";
import { parseFlags } from "../../lib/cli/flags/parse_flags.ts";
import { TestFolder } from "../_folder.ts";
import { toModules } from "./_published.ts";
import { readPages } from "./_page.ts";
import { fromFileUrl } from "./_root.ts";
import { parseCommandLine } from "./_shell.ts";

const blocks = readPages().flatMap(({ path, blocks }) => blocks.map((block) => ({ path, ...block })));

Deno.test("every TypeScript example, mod.ts and cli.ts pass the type check with the default settings of Deno", async () => {
  using folder = new TestFolder();
  // One check of all: they have most modules in common.
  const files = ["mod.ts", "cli.ts"].map(fromFileUrl);
  for (const { path, line, lines } of blocks.filter(({ language }) => language === "ts")) {
    const file = folder.file(`${path.replaceAll(/\W/g, "_")}_${line}.ts`);
    await Deno.writeTextFile(file, toModules(lines.join("\n")));
    files.push(file);
  }
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--no-config", "--unstable-cron", ...files],
    env: { NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(300_000),
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
});

for (const { path, line, language, lines } of blocks) {
  if (!["yaml", "ini"].includes(language)) continue;
  Deno.test(`the command lines of ${path}:${line} use existing flags`, async () => {
    const text = lines.join(" ").replaceAll(/\\?\s+/g, " ");
    for (const [, command] of text.matchAll(/\/cli\.ts ([a-z]+ .*?)(?=;|\|\|| [A-Z]\w+=|$)/g)) {
      const { words } = parseCommandLine(command!.replaceAll("$JOB_COMPLETION_INDEX", "1"))[0]!.programs[0]!;
      const { command: chosen, rest } = chooseCommand(words);
      parseFlags(rest, await chosen.loadFlags());
    }
  });
}
