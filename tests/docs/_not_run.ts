/**
 * Commands of the pages that no test can run, and why. Their flags are read all the same.
 *
 * @module
 */

/** A command that is not run. */
export interface NotRun {
  readonly command: RegExp;
  readonly because: string;
}

/** The first that fits counts. */
export const NOT_RUN: readonly NotRun[] = [
  { command: /^npx /, because: "npx downloads Deno" },
  {
    command: /^deno task (demo|test|ok|fuzz|mutants|bench)/,
    because: "the task takes long, or has tests of its own",
  },
  { command: /^deno install/, because: "it installs sonde for the whole machine" },
  { command: /https:\/\/deno\.land\//, because: "it downloads from the internet" },
  { command: /both_families/, because: "a server of both families would need a name" },
  { command: /^(\*|@daily)/, because: "it is a line for cron" },
];

/** Why a command is not run; `undefined` if it is. */
export function whyNotRun(command: string): string | undefined {
  return NOT_RUN.find((row) => row.command.test(command))?.because;
}
