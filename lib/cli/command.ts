/**
 * The type of a command, which is data.
 *
 * @module
 */

import type { ExitCode } from "./exit_code.ts";
import type { FlagGroups, FlagValues } from "./flags/flag.ts";
import type { ParsedFlags } from "./flags/parse_flags.ts";
import type { CommandIo } from "./io.ts";

/** A term of a help text and its explanation. */
export type HelpRow = readonly [term: string, explanation: string];

/** The sections of a help text by their headings. */
export type HelpSections = Readonly<Record<string, readonly HelpRow[]>>;

/** The exit codes that every command has. */
type UsualCode = typeof ExitCode["ok" | "usage" | "unmeasured"];

/** The meaning of each exit code of a command, for its help. */
export type ExitCodes =
  & Readonly<Record<UsualCode, string>>
  & Readonly<Partial<Record<Exclude<ExitCode, UsualCode>, string>>>;

/** One command. Dispatch and help are generated from it. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands; it begins in lower case and has no full stop. */
  readonly summary: string;
  /** The arguments besides flags: `URL…`. */
  readonly operands: string;
  /** The operands that shells complete: files, the names of commands, or these words. Without it they complete none. */
  readonly completes?: "files" | "commands" | readonly string[];
  /** The command is about sonde itself, so the help lists it after those that measure or read. */
  readonly aboutSonde?: true;
  /** Loads the tables of flags by heading. The general flags are among them. */
  loadFlags(): Promise<FlagGroups>;
  /** Command lines without `sonde NAME`, each with its effect. */
  readonly examples: readonly HelpRow[];
  readonly exitCodes: ExitCodes;
  /** Permissions of Deno, each with its purpose. */
  readonly permissions: readonly HelpRow[];
  /** Loads further sections of the help. */
  loadNotes?(): Promise<HelpSections>;
  /** Loads the module of the command and runs it on the parsed arguments; resolves to the exit code. */
  run(args: ParsedFlags<never>, io: CommandIo): Promise<number>;
}

/** Gives `run` the type of the arguments that follows from the flags of the same row. */
export function defineCommand<Groups extends FlagGroups>(
  command: Command & {
    loadFlags(): Promise<Groups>;
    run(args: ParsedFlags<FlagValues<Groups>>, io: CommandIo): Promise<number>;
  },
): Command {
  return command;
}
