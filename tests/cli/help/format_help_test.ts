import { sgrPaint } from "../../text/_sgr_paint.ts";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { COMMANDS, DEFAULT_COMMAND } from "../../../lib/cli/commands.ts";
import { propertyOf } from "../../../lib/cli/flags/flag.ts";
import { parseFlags } from "../../../lib/cli/flags/parse_flags.ts";
import { formatHelp } from "../../../lib/cli/help/format_help.ts";
import { EXPERIMENTS } from "../../../lib/conn/experiments.ts";
import { CHECK_KEYS, FILE_KEYS } from "../../../lib/watch/tasks/task_keys.ts";
import { parseTasks } from "../../../lib/watch/tasks/parse_tasks.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

/** Lines that a terminal may have to wrap: a command line or JSON stays whole, so that it can be copied. */
const COPIED = /^ {2}(?: {4})?(sonde |\[\{| {3}"expect")/;

testRows(
  "formatHelp() of every command fits into 40, 60, 80 and 120 columns, and has no escapes without colour",
  COMMANDS.flatMap((command) => [40, 60, 80, 120].map((width) => [command, width] as const)),
  async ([command, width]) => {
    const help = await formatHelp(command, { width });
    const lines = help.split("\n");
    const wide = lines.filter((line) => line.length > width && !(width < 80 && COPIED.test(line)));
    assertEquals(wide, []);
    assertEquals(lines.filter((line) => line !== line.trimEnd()), []);
    assert(!help.includes("\x1b"), command.name);
    assertStringIncludes(await formatHelp(command, { paint: sgrPaint }), "\x1b[1mUsage:");
  },
  { permissions: "none" },
);

/** Matches what must not be broken: an example between quotes, a number with its unit, and a URL. */
const UNBROKEN = /(?<!\w)'[^']*'|\b\d[\d.,]* (?:ms|s|octets?|KiB|MiB|requests?|targets?)\b|https?:\S+/g;

testRows(
  "formatHelp() breaks no example between quotes, no number from its unit, and no URL:",
  COMMANDS.flatMap((command) => [40, 80, 120].map((width) => [command, width] as const)),
  async ([command, width]) => {
    const groups = await command.loadFlags();
    const flags = Object.values(groups).flatMap((table) => Object.values(table));
    const texts = [
      ...flags.flatMap(({ help, unlikeCurl = "" }) => [help, unlikeCurl]),
      ...command.examples.flat(),
      ...Object.values(await command.loadNotes?.() ?? {}).flat(2),
    ];
    const help = await formatHelp(command, { width });
    const pieces = texts.flatMap((text) => text.match(UNBROKEN) ?? []);
    assertEquals(pieces.filter((piece) => !help.includes(piece)), []);
  },
  { permissions: "none" },
);

testRows(
  "formatHelp() shows the flags that a command shares with others behind all that is its own:",
  COMMANDS.filter((command) => command !== DEFAULT_COMMAND),
  async (command) => {
    const help = await formatHelp(command);
    const headings = [...help.matchAll(/^(\S.*):$/gm)].map(([, heading]) => heading!);
    const first = headings.findIndex((heading) =>
      heading === "General" || heading.endsWith(", as for sonde URL")
    );
    const shared = headings.slice(first);
    assertEquals(
      shared.filter((heading) => heading !== "General" && !heading.endsWith(", as for sonde URL")),
      [],
    );
    assertEquals(headings.slice(0, 1), ["Examples"]);
    assertEquals(headings.at(-1), "General");
  },
  { permissions: "none" },
);

testRows("formatHelp() names every flag with letter, value and default", COMMANDS, async (command) => {
  const groups = await command.loadFlags();
  const help = await formatHelp(command);
  for (const [name, flag] of Object.values(groups).flatMap((table) => Object.entries(table))) {
    const letter = flag.letter === undefined ? "    " : `-${flag.letter}, `;
    const value = flag.value === undefined
      ? "\\s"
      : flag.optional
      ? `\\[=${flag.value}\\]`
      : ` ${flag.value}`;
    assert(
      new RegExp(`^  ${letter}--${name}${value.replaceAll("|", "\\|")}`, "m").test(help),
      `${command.name} ${name}`,
    );
    // The help is wrapped wherever a line is full.
    if (flag.default !== undefined) {
      assertStringIncludes(help.replaceAll(/\s+/g, " "), `default ${flag.default}`);
    }
  }
}, { permissions: "none" });

Deno.test("formatHelp() explains the exit codes of a command and its permissions", {
  permissions: "none",
}, async (test) => {
  const rows: [command: string, texts: string[], not: string[]][] = [
    ["probe", ["1 at least one target failed", "--allow-net to probe", "Durations are", "Sizes"], []],
    ["batch", ["1 at least one target failed", "130 you interrupted"], []],
    ["conn", ["1 at least one target failed", "3 no target failed, but sonde could not measure"], []],
    ["diff", ["0 the behaviour is the same", "1 there is a difference"], ["--allow-net", "130", "Durations"]],
    ["get", ["1 the download failed; with -o", "--allow-read=FOLDER"], []],
    ["raw", ["1 no connection, a reset", "--allow-net to connect"], []],
    ["parse", ["1 a message is incomplete", "Sizes are written"], ["--allow-net", "130", "Durations"]],
    ["watch", ["2 the command line or the task file", "--allow-run=PROGRAM"], ["Sizes"]],
    ["report", ["0 sonde printed the report"], ["--allow-net", "1 ", "130", "Sizes"]],
  ];
  await stepRows(test, rows, async ([name, texts, not]) => {
    const command = COMMANDS.find((one) => one.name === name)!;
    const help = await formatHelp(command);
    const end = help.slice(help.indexOf("Exit codes:")).replaceAll(/\s+/g, " ");
    for (const text of texts) assertStringIncludes(end, text, name);
    for (const text of not) assert(!end.includes(` ${text}`), `${name}: ${text} in ${end}`);
  });
});

testRows("formatHelp() shows every exit code and permission of a command", COMMANDS, async (command) => {
  const help = (await formatHelp(command)).replaceAll(/\s+/g, " ");
  for (const row of [...Object.entries(command.exitCodes), ...command.permissions]) {
    assertStringIncludes(help, row.join(" "));
  }
}, { permissions: "none" });

testRows(
  "formatHelp() of conn lists every experiment and its conditions",
  EXPERIMENTS,
  async ({ name, choice }) => {
    const conn = COMMANDS.find(({ name }) => name === "conn")!;
    const help = await formatHelp(conn);
    const heading = choice === "name"
      ? "Run only if --only names them"
      : choice === "intrusive"
      ? "Run only with --intrusive"
      : choice === "own-host"
      ? "Run only with --intrusive --own-host"
      : "Run by default";
    const section = help.slice(help.indexOf(`${heading}:\n`)).split("\n\n", 1)[0]!;
    assert(new RegExp(`^  ${name} +\\S`, "m").test(section), `${name} under ${heading}`);
  },
  { permissions: "none" },
);

Deno.test(
  "formatHelp() of watch shows a valid task file, and every key",
  { permissions: "none" },
  async (test) => {
    const watch = COMMANDS.find(({ name }) => name === "watch")!;
    const help = await formatHelp(watch);
    const sectionOf = (heading: string) => help.slice(help.indexOf(`${heading}:\n`)).split("\n\n", 1)[0]!;
    const example = sectionOf("A task file with one check").replace(/^.*\n/, "");
    const source = { env: () => undefined, file: () => "" };
    const { tasks } = parseTasks(JSON.parse(example), { file: "example", source });
    assertEquals(tasks.map(({ name, expectations }) => [name, expectations.length]), [["shop", 2]]);
    const rows: [heading: string, keys: readonly string[]][] = [
      ["Keys of a check", CHECK_KEYS],
      ["Keys of a file that is an object", FILE_KEYS],
    ];
    await stepRows(test, rows, ([heading, keys]) => {
      const told = [...sectionOf(heading).matchAll(/^ {2}([a-zA-Z0-9]+(?:, [a-zA-Z0-9]+)*)(?: {2}|$)/gm)];
      assertEquals(told.flatMap(([, names]) => names!.split(", ")).toSorted(), keys.toSorted());
    });
  },
);

testRows("COMMANDS have unambiguous flags, including the general ones", COMMANDS, async (command) => {
  const groups = await command.loadFlags();
  const entries = Object.values(groups).flatMap((table) => Object.entries(table));
  const names = entries.map(([name]) => name);
  const letters = entries.flatMap(([, { letter }]) => letter ?? []);
  assertEquals(new Set(names).size, names.length, command.name);
  assertEquals(new Set(names.map(propertyOf)).size, names.length, command.name);
  assertEquals(new Set(letters).size, letters.length, command.name);
  for (const letter of letters) assertEquals(letter.length, 1, command.name);
  assertEquals(["help", "version", "color", "no-color"].filter((general) => !names.includes(general)), []);
  for (const [name, flag] of entries) {
    assertEquals(flag.parse === undefined, flag.value === undefined, `${command.name} ${name}`);
    for (const other of [...flag.excludes ?? [], ...flag.needs === undefined ? [] : [flag.needs]]) {
      assert(names.includes(other), `${command.name} ${name} names ${other}`);
    }
  }
}, { permissions: "none" });

Deno.test(
  "COMMANDS accept their own examples",
  { permissions: "none" },
  async (test) => {
    assertEquals(COMMANDS[0], DEFAULT_COMMAND);
    await stepRows(test, COMMANDS, async (command) => {
      const groups = await command.loadFlags();
      for (const [line] of command.examples) {
        const words = Array.from(line.matchAll(/'([^']*)'|\S+/g), ([word, quoted]) => quoted ?? word);
        parseFlags(words, groups);
        assertStringIncludes(await formatHelp(command), line);
      }
    });
  },
);
