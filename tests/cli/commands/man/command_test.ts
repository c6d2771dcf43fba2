import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { COMMANDS } from "../../../../lib/cli/commands.ts";
import { COMMON_TASKS } from "../../../../lib/cli/help/common_tasks.ts";
import { VERSION } from "../../../../lib/version.ts";
import { TestFolder } from "../../../_folder.ts";
import { testRows } from "../../../_test_rows.ts";
import { run, TextOutput } from "../../_run.ts";
import { isInstalled } from "../completion/_completing_shell.ts";

/** Runs a program on the page in a file; gives its output and its errors. */
async function read(program: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
  using folder = new TestFolder();
  const file = folder.file("sonde.1");
  await Deno.writeTextFile(file, (await run(["man"])).stdout);
  const { stdout, stderr } = await new Deno.Command(program, {
    args: [...args, file],
    env: { LC_ALL: "C.UTF-8", MANWIDTH: "80", HOME: folder.path },
    stdin: "null",
    signal: AbortSignal.timeout(120_000),
  }).output();
  const decoder = new TextDecoder();
  return { stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

Deno.test("sonde man prints a page in ASCII without any permission", { permissions: "none" }, async () => {
  const { code, stdout, stderr } = await run(["man"]);
  assertEquals([code, stderr], [0, ""]);
  assertMatch(
    stdout,
    new RegExp(`^\\.TH SONDE 1 \\d{4}-\\d\\d-\\d\\d "sonde ${VERSION}" "User Commands"\\n`),
  );
  assertMatch(stdout, /^[\x20-\x7e\n]+$/);
});

Deno.test("sonde man says on a terminal how to read the page", { permissions: "none" }, async () => {
  const { stderr } = await run(["man"], { stdout: new TextOutput(true) });
  assertStringIncludes(stderr, "sonde man | man -l -");
});

Deno.test("sonde man refuses an operand", { permissions: "none" }, async () => {
  const { code, stderr } = await run(["man", "conn"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, 'Cannot use "conn": sonde man takes no operand');
});

testRows<[program: string, ...args: string[]]>(
  "The manual page has no fault that a program finds:",
  [["mandoc", "-Tlint"], ["mandoc", "-Werror"], ["man", "--warnings", "-l"]],
  async ([program, ...args]) => {
    const { stdout, stderr } = await read(program, ...args);
    assertEquals(stderr, "");
    if (args[0] === "-Tlint") assertEquals(stdout, "");
  },
  { ignore: !isInstalled("man") || !isInstalled("mandoc") },
);

testRows("The manual page, as man shows it, has every flag and example of", COMMANDS, async (command) => {
  const { stdout } = await read("man", "-l");
  const begin = stdout.indexOf(`\nSONDE ${command === COMMANDS[0] ? "URL" : command.name.toUpperCase()}\n`);
  const section = stdout.slice(begin, stdout.indexOf("\nSONDE ", begin + 1));
  const flags = Object.values(await command.loadFlags()).flatMap((table) => Object.keys(table));
  assertEquals(flags.filter((flag) => !new RegExp(`--${flag}(?![a-z-])`).test(section)), []);
  const lines = section.split("\n").map((line) => line.trim());
  assertEquals(command.examples.filter(([line]) => !lines.some((shown) => shown.endsWith(line))), []);
}, { ignore: !isInstalled("man") });

Deno.test({
  name: "The manual page shows the common tasks, each command on a line of its own",
  ignore: !isInstalled("man"),
  fn: async () => {
    const { stdout } = await read("man", "-l");
    const lines = stdout.split("\n").map((line) => line.trim());
    assertEquals(COMMON_TASKS.flatMap((task) => task.lines).filter((line) => !lines.includes(line)), []);
  },
});
