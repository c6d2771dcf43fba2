/**
 * Help as text of 80 columns, generated from the tables of commands and flags.
 *
 * @module
 */

import { type Paint, painter } from "../text/paint.ts";
import { type Command, COMMANDS, DEFAULT_COMMAND } from "./commands.ts";
import type { Flag, FlagGroups } from "./flags/flag.ts";
import { helpNotesOf, type HelpRow } from "./help_notes.ts";

const WIDTH = 80;
/** Where the explanation of a flag or a command begins. */
const COLUMN = 27;

/**
 * Writes the help of one command; that of the default command, which `sonde --help` shows, lists all commands.
 *
 * @param command The command.
 * @param groups Its flags, as `loadGroups()` gives them.
 * @param options `colour` sets headings in bold; `notes` are what `loadNotes()` gives, if the command has them.
 * @returns Lines of at most 80 columns.
 */
export function formatHelp(
  command: Command,
  groups: FlagGroups,
  options: { colour?: boolean; notes?: Readonly<Record<string, readonly HelpRow[]>> } = {},
): string {
  const { colour = false, notes = {} } = options;
  const paint = painter(colour);
  const isDefault = command === DEFAULT_COMMAND;
  const { exitCodes, permissions } = helpNotesOf(command.name);
  const name = isDefault ? "sonde" : `sonde ${command.name}`;
  return [
    `${paint("heading", "Usage:")} ${name} [FLAG…] ${command.operands}\n`,
    wrap(sentence(command.summary), 0),
    ...(isDefault ? [section("Commands", COMMANDS.map(commandRow), paint)] : []),
    ...Object.entries(groups).map(([heading, table]) =>
      section(heading, Object.entries(table).map(([long, flag]) => flagRow(long, flag)), paint)
    ),
    ...differencesFromCurl(groups, paint),
    ...Object.entries(notes).map(([heading, rows]) => section(heading, rows, paint)),
    section("Examples", command.examples.map(([line, does]) => [`${name} ${line}`, does] as const), paint),
    section("Exit codes", exitCodes, paint),
    section("Permissions", permissions, paint),
    ...describeUnits(groups),
  ].join("\n");
}

function differencesFromCurl(groups: FlagGroups, paint: Paint): string[] {
  const rows = Object.values(groups).flatMap((table) => Object.entries(table)).flatMap(
    ([long, { letter, unlikeCurl }]): HelpRow[] =>
      unlikeCurl === undefined
        ? []
        : [[letter === undefined ? `--${long}` : `-${letter}, --${long}`, unlikeCurl]],
  );
  return rows.length === 0 ? [] : [section("Other than in curl", rows, paint)];
}

/** How the values of flags are written, as far as there are such flags. */
function describeUnits(groups: FlagGroups): string[] {
  const values = Object.values(groups).flatMap((table) => Object.values(table)).map(({ value = "" }) =>
    value
  );
  const units = [
    ...(values.some((value) => /TIME|WHEN/.test(value))
      ? ["durations are written 300ms, 5s, 1m30s, 7d, a bare number is seconds"]
      : []),
    ...(values.includes("SIZE") ? ["sizes are written 512, 64KiB, 10MB"] : []),
  ];
  return units.length === 0 ? [] : [wrap(sentence(units.join("; ")), 0)];
}

function commandRow({ name, operands, summary }: Command): HelpRow {
  return [`${name} ${operands}`, summary];
}

function flagRow(long: string, flag: Flag): HelpRow {
  const letter = flag.letter === undefined ? "    " : `-${flag.letter}, `;
  const value = flag.value === undefined ? "" : flag.optional ? `[=${flag.value}]` : ` ${flag.value}`;
  const notes = [
    ...(flag.default === undefined ? [] : [`default ${flag.default}`]),
    ...(flag.many ? ["may be repeated"] : []),
  ];
  return [`${letter}--${long}${value}`, flag.help + (notes.length > 0 ? ` (${notes.join(", ")})` : "")];
}

function section(heading: string, rows: readonly HelpRow[], paint: Paint): string {
  return `${paint("heading", `${heading}:`)}\n${rows.map(formatRow).join("")}`;
}

/** A term and its explanation beside it, or below it if the term is too long. */
function formatRow([term, explanation]: HelpRow): string {
  if (explanation === "") return `  ${term}\n`;
  const text = wrap(explanation, COLUMN);
  const head = `  ${term}`;
  return head.length + 2 > COLUMN ? `${head}\n${text}` : head.padEnd(COLUMN) + text.slice(COLUMN);
}

function wrap(text: string, indent: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && indent + line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.map((line) => `${" ".repeat(indent)}${line}\n`).join("");
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
