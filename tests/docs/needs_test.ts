import { assertEquals } from "@std/assert";
import { chooseCommand } from "../../lib/cli/choose_command.ts";
import { parseFlags } from "../../lib/cli/flags/parse_flags.ts";
import { filePermissions } from "../../lib/cli/start/file_permissions.ts";
import { type Block, readNeeds, readPages } from "./_page.ts";
import { parseCommandLine } from "./_shell.ts";
import { testRows } from "../_test_rows.ts";

const SHELL = ["console", "sh", "bash"];

interface ShownBlock extends Block {
  readonly name: string;
}

const blocks = readPages().flatMap(({ path, blocks }): ShownBlock[] =>
  blocks.filter(({ language }) => SHELL.includes(language)).map((block) => ({
    ...block,
    name: `${path}:${block.line}`,
  }))
).filter((block) => sondeCommands(block).length > 0);

/** Gives the arguments of each sonde that a block runs. */
function sondeCommands({ language, lines }: Block): string[][] {
  const text = lines.join("\n").replaceAll(/\\\n\s*/g, " ").split("\n");
  const commands = language === "console"
    ? text.filter((line) => line.startsWith("$ ")).map((line) => line.slice(2))
    : text.filter((line) => !line.startsWith("#"));
  return commands.flatMap(parseCommandLine).flatMap(({ programs }) => programs).flatMap(({ words }) => {
    const at = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
    return words[at] === "sonde" ? [words.slice(at + 1)] : [];
  });
}

/** Lists the permissions that a command line uses, as the pages name them. */
async function usedBy(args: readonly string[]): Promise<string[]> {
  const { command, rest } = chooseCommand(args);
  const connects = command.permissions.some(([flag]) => flag === "--allow-net");
  const parsed = parseFlags(rest, await command.loadFlags());
  const files = filePermissions(command.name, parsed).map(({ access }) => access);
  const used = new Set([...connects ? ["net"] : [], ...files]);
  return ["net", "read", "write"].filter((access) => used.has(access));
}

// pages_test.ts runs each command with exactly these permissions.
testRows("Each block of the pages names the permissions that its commands need", blocks, async (block) => {
  const used = new Set<string>();
  for (const args of sondeCommands(block).filter((args) => !isMistake(args))) {
    for (const access of await usedBy(args)) used.add(access);
  }
  const flags = ["net", "read", "write"].filter((access) => used.has(access))
    .map((access) => access === "net" ? "--allow-net" : `--allow-${access}=.`);
  assertEquals(readNeeds(block), [...flags, ...ofTaskFile(block)]);
});

/** Lists the variables and programs of a task file that a block shows. */
function ofTaskFile({ lines }: Block): string[] {
  const text = lines.join("\n");
  return [
    ...[...text.matchAll(/\$\{env:(\w+)\}(?=")/g)].map(([, name]) => `--allow-env=${name}`),
    ...[...text.matchAll(/"command": \["([^"]+)"/g)].map(([, program]) => `--allow-run=${program}`),
  ];
}

/** Tells a command that shows how sonde answers a mistake. */
function isMistake(args: readonly string[]): boolean {
  return args[0] === "-b";
}
