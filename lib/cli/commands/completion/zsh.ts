/**
 * The completion script for zsh.
 *
 * @module
 */

import type { CommandCompletion, FlagCompletion, Values } from "./completions.ts";

/**
 * Formats the script for zsh. It works from a folder of `fpath`, and if a shell reads it after `compinit`.
 *
 * @param commands All commands; the first one runs without a name.
 */
export function formatZshCompletion(commands: readonly CommandCompletion[]): string {
  const [probe, ...others] = commands;
  if (probe === undefined) return "";
  return `${BEGIN}
_sonde_data() {
  compset -P '@' && _files
}

_sonde_commands() {
  local -a commands=(
${commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}\n`).join("")}  )
  _describe -t commands 'command of sonde' commands
}

_sonde() {
  local curcontext=$curcontext
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _sonde_commands
    return
  fi
  case $words[2] in
    (${commands.map(({ name }) => name).join("|")})
      shift words
      (( CURRENT-- ))
      ;;
    (*)
      words[1]=${probe.name}
      ;;
  esac
  case $words[1] in
${[...others, probe].map(formatCommand).join("")}  esac
}

if [[ $funcstack[1] == _sonde ]]; then
  _sonde "$@"
else
  compdef _sonde sonde
fi
`;
}

function formatCommand({ name, flags, operandName, operands }: CommandCompletion): string {
  const specs = [...flags.flatMap(formatFlag), quote(`*:${escape(operandName)}:${actionOf(operands)}`)];
  return `    (${name})\n      _arguments -s -S : \\\n${
    specs.map((spec) => `        ${spec}`).join(" \\\n")
  }\n      ;;\n`;
}

/** Writes the long and the short form of a flag; unless it repeats, one excludes the other and itself. */
function formatFlag({ long, letter, help, value, repeats }: FlagCompletion): string[] {
  const excluded = letter === undefined ? "" : `(-${letter} --${long})`;
  const before = repeats ? "*" : excluded;
  const after = `[${help.replaceAll(/[\\[\]]/g, "\\$&")}]` +
    (value === undefined
      ? ""
      : `${value.optional ? "::" : ":"}${escape(value.name)}:${actionOf(value.values)}`);
  const joint = value === undefined ? "" : value.optional ? "=-" : "=";
  return [
    quote(`${before}--${long}${joint}${after}`),
    ...(letter === undefined ? [] : [quote(`${before}-${letter}${value === undefined ? "" : "+"}${after}`)]),
  ];
}

function actionOf(values: Values): string {
  switch (values.kind) {
    case "nothing":
      return " ";
    case "file":
      return "_files";
    case "data":
      return "_sonde_data";
    case "words":
      return values.list ? `_values -s , word ${values.words.join(" ")}` : `(${values.words.join(" ")})`;
  }
}

/** Escapes the colons of a description: they end it. */
function escape(text: string): string {
  return text.replaceAll(/[\\:]/g, "\\$&");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

const BEGIN = `#compdef sonde
# Completes the command lines of sonde in zsh. Made by: sonde completion zsh
# Install: sonde completion zsh > FOLDER/_sonde, where FOLDER is in fpath before compinit runs
`;
