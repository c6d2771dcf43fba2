/**
 * Help as text of 80 columns, generated from the tables of commands and flags.
 *
 * @module
 */

import { type PaintOptions, plain } from "../text/paint.ts";
import type { Command, HelpRow, HelpSections } from "./command.ts";
import { COMMANDS, DEFAULT_COMMAND } from "./commands.ts";
import type { Flag, FlagGroups } from "./flags/flag.ts";

const WIDTH = 80;
/** Matches a word, or a quoted example, which stays on one line. */
const WORD = /'[^']*'\S*|\S+/g;
/** The column at which explanations begin. */
const COLUMN = 27;

/**
 * Formats the help of one command. The help of the default command, which `sonde --help` shows, lists all commands.
 *
 * @param command The command.
 * @param options `paint` gives headings their style.
 * @returns Lines of at most 80 columns.
 */
export async function formatHelp(command: Command, { paint = plain }: PaintOptions = {}): Promise<string> {
  const groups = await command.loadFlags();
  const isDefault = command === DEFAULT_COMMAND;
  const name = isDefault ? "sonde" : `sonde ${command.name}`;
  const sections: HelpSections = {
    ...(isDefault ? { "Commands": COMMANDS.map(commandRow) } : {}),
    ...mapValues(groups, (table) => Object.entries(table).map(flagRow)),
    "Differences from curl": differencesFromCurl(groups),
    ...await command.loadNotes?.(),
    "Examples": command.examples.map(([line, does]) => [`${name} ${line}`, does]),
    "Exit codes": Object.entries(command.exitCodes),
    "Permissions": command.permissions.length > 0 ? command.permissions : [["none", ""]],
  };
  return [
    `${paint("heading", "Usage:")} ${name} [FLAG…] ${command.operands}`.trimEnd() + "\n",
    wrap(sentence(command.summary), 0),
    ...Object.entries(sections).flatMap(([heading, rows]) =>
      rows.length === 0 ? [] : [`${paint("heading", `${heading}:`)}\n${rows.map(formatRow).join("")}`]
    ),
    ...describeUnits(groups),
  ].join("\n");
}

function mapValues<Value, Mapped>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Mapped,
): Record<string, Mapped> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function differencesFromCurl(groups: FlagGroups): HelpRow[] {
  return Object.values(groups).flatMap((table) => Object.entries(table)).flatMap(
    ([long, { letter, unlikeCurl }]): HelpRow[] =>
      unlikeCurl === undefined
        ? []
        : [[letter === undefined ? `--${long}` : `-${letter}, --${long}`, unlikeCurl]],
  );
}

/** Explains the notation of durations and sizes, if a flag takes one. */
function describeUnits(groups: FlagGroups): string[] {
  const values = Object.values(groups).flatMap((table) => Object.values(table)).map(({ value = "" }) =>
    value
  );
  const units = [
    ...(values.some((value) => /TIME|MOMENT/.test(value))
      ? ["durations are written 300ms, 5s, 1m30s, 7d; a bare number means seconds"]
      : []),
    ...(values.includes("SIZE") ? ["sizes are written 512, 64KiB, 10MB"] : []),
  ];
  return units.length === 0 ? [] : [wrap(units.map(sentence).join(" "), 0)];
}

function commandRow({ name, operands, summary }: Command): HelpRow {
  return [`${name} ${operands}`, summary];
}

function flagRow([long, flag]: [name: string, flag: Flag]): HelpRow {
  const letter = flag.letter === undefined ? "    " : `-${flag.letter}, `;
  const value = flag.value === undefined ? "" : flag.optional ? `[=${flag.value}]` : ` ${flag.value}`;
  const notes = [
    ...(flag.default === undefined ? [] : [`default ${flag.default}`]),
    ...(flag.many ? ["may be repeated"] : []),
  ];
  return [`${letter}--${long}${value}`, flag.help + (notes.length > 0 ? ` (${notes.join(", ")})` : "")];
}

/** Puts the explanation beside its term, or below a term that is too long. */
function formatRow([term, explanation]: HelpRow): string {
  if (explanation === "") return `  ${term}\n`;
  const text = wrap(explanation, COLUMN);
  const head = `  ${term}`;
  return head.length + 2 > COLUMN ? `${head}\n${text}` : head.padEnd(COLUMN) + text.slice(COLUMN);
}

function wrap(text: string, indent: number): string {
  const lines = [""];
  for (const [word] of text.matchAll(WORD)) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && indent + line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.map((line) => `${" ".repeat(indent)}${line}\n`).join("");
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
