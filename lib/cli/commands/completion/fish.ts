/**
 * The completion script for fish.
 *
 * @module
 */

import type { CommandCompletion, FlagCompletion, Values } from "./completions.ts";

/**
 * Formats the script for fish.
 *
 * @param commands All commands; the first one runs without a name.
 */
export function formatFishCompletion(commands: readonly CommandCompletion[]): string {
  const [probe] = commands;
  const names = commands.map(({ name }) => name).join(" ");
  return `${begin(names, probe?.name ?? "")}
${
    commands.map(({ name, summary }) =>
      `complete -c sonde -n __sonde_at_command -a ${name} -d ${quote(summary)}\n`
    ).join("")
  }
${formatOperands(commands)}
${formatFlags(commands)}`;
}

function formatOperands(commands: readonly CommandCompletion[]): string {
  return commands.filter(({ operands }) => operands.kind !== "nothing").map(({ name, operands }) =>
    `complete -c sonde -n '__sonde_runs ${name}; and not __sonde_at_command'${
      actionOf(operands, "operand")
    }\n`
  ).join("");
}

/** Writes each flag once, with the commands that have it in the same form. */
function formatFlags(commands: readonly CommandCompletion[]): string {
  const owners = new Map<string, string[]>();
  for (const { name, flags } of commands) {
    for (const flag of flags) {
      const line = formatFlag(flag);
      owners.set(line, [...owners.get(line) ?? [], name]);
    }
  }
  return [...owners].map(([line, names]) => `complete -c sonde -n '__sonde_runs ${names.join(" ")}'${line}\n`)
    .join("");
}

function formatFlag({ long, letter, help, value }: FlagCompletion): string {
  const action = value === undefined ? "" : actionOf(value.values, value.optional ? "optional" : "needed");
  return `${letter === undefined ? "" : ` -s ${letter}`} -l ${long}${action} -d ${quote(help)}`;
}

/** Writes the values: `-r` or `-x` if the flag needs one, `-F` for files. */
function actionOf(values: Values, place: "operand" | "needed" | "optional"): string {
  const needed = place !== "needed" ? "" : values.kind === "file" ? " -r" : " -x";
  switch (values.kind) {
    case "nothing":
      return needed;
    case "file":
      return `${needed} -F`;
    case "data":
      return `${needed} -a '(__sonde_data)'`;
    case "words": {
      if (values.list) return `${needed} -a '(__sonde_list ${values.words.join(" ")})'`;
      // Without a description of its own, fish shows that of the flag beside each word.
      return `${needed} -a '${values.words.map((word) => `${word}\\t`).join(" ")}'`;
    }
  }
}

function quote(text: string): string {
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}

function begin(names: string, probe: string): string {
  return `# Completes the command lines of sonde in fish. Made by: sonde completion fish
# Install: sonde completion fish > ~/.config/fish/completions/sonde.fish

# Prints the command of the line; a line without one runs ${probe}.
function __sonde_command
    set -l words (commandline -opc)
    if contains -- "$words[2]" ${names}
        echo $words[2]
    else
        echo ${probe}
    end
end

# Succeeds if the line runs one of these commands.
function __sonde_runs
    contains -- (__sonde_command) $argv
end

# Succeeds at the first word after sonde.
function __sonde_at_command
    test (count (commandline -opc)) -eq 1
end

# Prints the value at the cursor, without the flag before it.
function __sonde_value
    commandline -ct | string replace -r -- '^(--[a-z0-9.-]+=|-[A-Za-z0-9](?=@))' ''
end

# Prints the list at the cursor with each word that it does not have yet.
function __sonde_list
    set -l listed (string split , -- (__sonde_value))
    set -l head (string join , -- $listed[1..-2])
    for word in $argv
        contains -- $word $listed[1..-2]; or string join , -- $head $word
    end
end

# Prints files after @, if the value begins with it.
function __sonde_data
    set -l value (__sonde_value)
    string match -q -- '@*' $value; or return
    for name in (__fish_complete_path (string sub -s 2 -- $value))
        echo "@$name"
    end
end

complete -c sonde -f
`;
}
