/**
 * The rows of the commands about sonde itself.
 *
 * @module
 */

import { type Command, defineCommand } from "./command.ts";
import { GENERAL_FLAGS } from "./flags/output_flags.ts";

const EXIT_CODES = {
  0: "sonde printed it",
  2: "the command line is wrong",
  3: "the output could not be written",
} as const;

/** These commands have no flags of their own. */
const loadFlags = () => Promise.resolve({ "General": GENERAL_FLAGS });

const HELP: Command = defineCommand({
  name: "help",
  summary: "show the whole help of sonde, or of one command",
  operands: "[COMMAND]",
  completes: "commands",
  aboutSonde: true,
  loadFlags,
  examples: [
    ["", "list every flag of sonde URL, and all commands; sonde -h is shorter"],
    ["conn", "the same as sonde conn --help"],
  ],
  exitCodes: EXIT_CODES,
  permissions: [],
  run: async (args, io) => (await import("./commands/help/command.ts")).runHelp(args, io),
});

const VERSION: Command = defineCommand({
  name: "version",
  summary: "show the versions of sonde and Deno",
  operands: "",
  aboutSonde: true,
  loadFlags,
  examples: [["", "the same as sonde --version"]],
  exitCodes: EXIT_CODES,
  permissions: [],
  run: async (args, io) => (await import("./commands/version/command.ts")).runVersion(args, io),
});

const COMPLETION: Command = defineCommand({
  name: "completion",
  summary: "print a script that completes command lines of sonde in a shell",
  operands: "bash|zsh|fish",
  completes: ["bash", "zsh", "fish"],
  aboutSonde: true,
  loadFlags,
  examples: [
    ["bash > ~/.sonde-completion.bash", "then add source ~/.sonde-completion.bash to ~/.bashrc"],
    ["zsh > ~/.zfunc/_sonde", "then add fpath+=~/.zfunc to ~/.zshrc, before compinit"],
    ["fish > ~/.config/fish/completions/sonde.fish", "fish loads it by itself"],
  ],
  exitCodes: EXIT_CODES,
  permissions: [],
  run: async (args, io) => (await import("./commands/completion/command.ts")).runCompletion(args, io),
});

const MAN: Command = defineCommand({
  name: "man",
  summary: "print the manual page of all commands",
  operands: "",
  aboutSonde: true,
  loadFlags,
  examples: [
    ["> sonde.1; man ./sonde.1", "read the page"],
    ["> ~/.deno/share/man/man1/sonde.1", "install it for man sonde"],
  ],
  exitCodes: EXIT_CODES,
  permissions: [],
  run: async (args, io) => (await import("./commands/man/command.ts")).runMan(args, io),
});

/** The commands about sonde itself, in the order of the help. */
export const ABOUT_COMMANDS: readonly Command[] = [HELP, COMPLETION, MAN, VERSION];
