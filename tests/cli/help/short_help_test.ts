import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { chooseCommand } from "../../../lib/cli/choose_command.ts";
import { COMMANDS } from "../../../lib/cli/commands.ts";
import { parseFlags } from "../../../lib/cli/flags/parse_flags.ts";
import { COMMON_FLAGS } from "../../../lib/cli/help/common_flags.ts";
import { COMMON_TASKS, TASK_NOTES } from "../../../lib/cli/help/common_tasks.ts";
import { formatShortHelp, formatTasks } from "../../../lib/cli/help/short_help.ts";
import { parseExpectation } from "../../../lib/expect/parse_expectation.ts";
import { parseTasks } from "../../../lib/watch/tasks/parse_tasks.ts";
import { parseCommandLine } from "../../docs/_shell.ts";
import { testRows } from "../../_test_rows.ts";

/** Checks that a text fits on a screen of 24 lines, with the prompt, and 80 columns. */
function assertOneScreen(text: string): void {
  const lines = text.split("\n");
  assertEquals(lines.pop(), "");
  // The prompt of the shell needs a line, too.
  assert(lines.length <= 23, `${lines.length} lines`);
  assertEquals(lines.filter((line) => line.length > 80), []);
}

Deno.test("formatTasks() fits on one screen and names every command", { permissions: "none" }, () => {
  const text = formatTasks();
  assertOneScreen(text);
  assertEquals(
    COMMANDS.map(({ name }) => name).filter((name) => name !== "probe" && !text.includes(name)),
    [],
  );
});

testRows("formatTasks() keeps every command line whole at the width", [40, 60, 79, 80, 120], (width) => {
  const lines = formatTasks({ width }).split("\n");
  assertEquals(
    COMMON_TASKS.flatMap((task) => task.lines).filter((line) => !lines.some((shown) => shown.endsWith(line))),
    [],
  );
}, { permissions: "none" });

testRows("formatShortHelp() fits on one screen for", COMMANDS, async (command) => {
  assertOneScreen(await formatShortHelp(command));
}, { permissions: "none" });

testRows("COMMON_FLAGS names flags that exist, for", COMMANDS, async ({ name, loadFlags }) => {
  const flags = Object.values(await loadFlags()).flatMap((table) => Object.keys(table));
  assertEquals(Object.keys(COMMON_FLAGS[name] ?? {}).filter((flag) => !flags.includes(flag)), []);
}, { permissions: "none" });

testRows("formatShortHelp() lists the formats of", ["probe", "conn", "report"], async (name) => {
  const command = COMMANDS.find((candidate) => candidate.name === name)!;
  const groups = await command.loadFlags();
  const { parse } = Object.values(groups).flatMap((table) => Object.entries(table))
    .find(([flag]) => flag === "format")![1];
  assertStringIncludes(
    await formatShortHelp(command),
    `  --format FORMAT      ${parse!.words!.join(", ")}\n`,
  );
}, { permissions: "none" });

Deno.test("COMMON_FLAGS has every command that has flags of its own", { permissions: "none" }, () => {
  const expected = COMMANDS.filter(({ aboutSonde }) => !aboutSonde).map(({ name }) => name);
  assertEquals(Object.keys(COMMON_FLAGS).toSorted(), expected.toSorted());
});

testRows(
  "COMMON_TASKS are command lines that sonde accepts:",
  COMMON_TASKS.flatMap(({ lines }) => lines),
  async (line) => {
    const { words } = parseCommandLine(line)[0]!.programs[0]!;
    assertEquals(words[0], "sonde");
    const { command, rest } = chooseCommand(words.slice(1));
    const { operands } = parseFlags(rest, await command.loadFlags());
    assert(operands.length > 0, line);
  },
  { permissions: "none" },
);

Deno.test("TASK_NOTES give a valid task file and valid expectations", { permissions: "none" }, () => {
  const file = TASK_NOTES.find((note) => note.startsWith("checks.json: "))!.replace("checks.json: ", "");
  const source = { env: () => undefined, file: () => "" };
  assertEquals(parseTasks(JSON.parse(file), { file: "checks.json", source }).tasks.length, 1);
  const expectations = TASK_NOTES.find((note) => note.startsWith("-e: "))!.matchAll(/'([^']*)'/g);
  assertEquals([...expectations].map(([, text]) => parseExpectation(text!)).length, 3);
});

Deno.test("README.md shows the common tasks", () => {
  const readme = Deno.readTextFileSync(new URL("../../../README.md", import.meta.url));
  const lines = COMMON_TASKS.flatMap((task) =>
    task.lines.map((line, index) => index === 0 ? `${line.padEnd(53)}# ${task.does}` : line)
  );
  const needs = "# needs --allow-net --allow-read=. --allow-write=.";
  assertStringIncludes(readme, `\`\`\`bash\n${[needs, ...lines].join("\n")}\n\`\`\``);
});
