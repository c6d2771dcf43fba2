/**
 * Lists commands of the pages that no test can run, with the reason. A test still checks their flags.
 *
 * @module
 */

/** A pattern of commands that no test runs. */
export interface NotRun {
  readonly command: RegExp;
  readonly because: string;
}

/** The first match counts. */
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

/** Gives the reason why no test runs a command; `undefined` if one does. */
export function whyNotRun(command: string): string | undefined {
  return NOT_RUN.find((row) => row.command.test(command))?.because;
}
