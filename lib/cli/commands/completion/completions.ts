/**
 * The data of a completion script, from the tables of commands and flags.
 *
 * @module
 */

import type { Command } from "../../command.ts";
import type { Flag } from "../../flags/flag.ts";

/** Values that a shell completes: none, the names of files, `@` and the name of a file, or words. */
export type Values =
  | { readonly kind: "nothing" | "file" | "data" }
  | {
    readonly kind: "words";
    readonly words: readonly string[];
    /** Several words may stand in one value, with commas between them. */
    readonly list: boolean;
  };

/** A flag with its values; a switch has none. */
export interface FlagCompletion {
  readonly long: string;
  readonly letter?: string | undefined;
  /** The beginning of the help, up to the first semicolon. */
  readonly help: string;
  /** The value by its name in the help. */
  readonly value?: { readonly name: string; readonly values: Values; readonly optional: boolean } | undefined;
  readonly repeats: boolean;
}

/** A command with its flags and operands. */
export interface CommandCompletion {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly FlagCompletion[];
  /** The operands by their name in the help: `FILE…`. */
  readonly operandName: string;
  readonly operands: Values;
}

/** Collects what shells can complete after each command. */
export async function collectCompletions(commands: readonly Command[]): Promise<CommandCompletion[]> {
  return await Promise.all(commands.map(async (command) => ({
    name: command.name,
    summary: command.summary,
    flags: await collectFlags(command),
    operandName: command.operands,
    operands: operandsOf(command, commands),
  })));
}

function operandsOf({ completes }: Command, commands: readonly Command[]): Values {
  if (completes === undefined) return { kind: "nothing" };
  if (completes === "files") return { kind: "file" };
  const words = completes === "commands" ? commands.map(({ name }) => name) : completes;
  return { kind: "words", words, list: false };
}

async function collectFlags(command: Command): Promise<FlagCompletion[]> {
  const entries = Object.values(await command.loadFlags()).flatMap((table) => Object.entries(table));
  return await Promise.all(entries.map(async ([long, flag]): Promise<FlagCompletion> => ({
    long,
    letter: flag.letter,
    help: flag.help.split("; ", 1)[0] ?? "",
    value: flag.value === undefined
      ? undefined
      : { name: flag.value, values: await valuesOf(flag), optional: flag.optional === true },
    repeats: flag.many === true,
  })));
}

async function valuesOf(flag: Flag): Promise<Values> {
  const words = flag.parse?.words ?? await flag.loadWords?.();
  if (words !== undefined) return { kind: "words", words, list: flag.value === "LIST" };
  if (flag.value === "FILE" || flag.value === "PATH") return { kind: "file" };
  return { kind: flag.value === "DATA" ? "data" : "nothing" };
}
