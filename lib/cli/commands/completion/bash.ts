/**
 * The completion script for bash 3.2 and later.
 *
 * @module
 */

import type { CommandCompletion, FlagCompletion, Values } from "./completions.ts";

/** Columns of a generated line. */
const WIDTH = 110;

/**
 * Formats the script for bash. It does not need the package bash-completion.
 *
 * @param commands All commands; the first one runs without a name.
 */
export function formatBashCompletion(commands: readonly CommandCompletion[]): string {
  const [probe] = commands;
  return `${BEGIN}
# The values that the flag $2 of the command $1 takes; none for a switch.
_sonde_values() {
  kind= words=
  case "$1 $2" in
${formatValueCases(commands)}  esac
}

_sonde_flags() {
  case $1 in
${commands.map(formatFlagCase).join("")}  esac
}

_sonde_operands() {
  kind=nothing words=
  case $1 in
${commands.map(({ name, operands }) => `    ${name}) ${assign(operands)} ;;\n`).join("")}  esac
}

_sonde_commands='${commands.map(({ name }) => name).join(" ")}'
_sonde_default=${probe?.name ?? ""}
${END}`;
}

function formatFlagCase({ name, flags }: CommandCompletion): string {
  const written = flags.flatMap(spell);
  return `    ${name})\n      words='${fill(written, " ", "        ").trim()}' ;;\n`;
}

/** Writes a flag in its long form, and in its short form if it has one. */
function spell({ long, letter }: FlagCompletion): string[] {
  return [`--${long}`, ...(letter === undefined ? [] : [`-${letter}`])];
}

function formatValueCases(commands: readonly CommandCompletion[]): string {
  const cases = new Map<string, string[]>();
  for (const { name, flags } of commands) {
    for (const flag of flags) {
      if (flag.value === undefined) continue;
      const action = (flag.value.optional ? "optional=yes " : "") + assign(flag.value.values);
      const patterns = cases.get(action) ?? [];
      patterns.push(...spell(flag).map((written) => `"${name} ${written}"`));
      cases.set(action, patterns);
    }
  }
  return [...cases].map(([action, patterns]) => `${fill(patterns, " | ", "    ")})\n      ${action} ;;\n`)
    .join("");
}

function assign(values: Values): string {
  if (values.kind !== "words") return `kind=${values.kind}`;
  return `kind=${values.list ? "list" : "words"} words='${values.words.join(" ")}'`;
}

/** Puts words into lines. A `case` continues its patterns in the next line only after a backslash. */
function fill(words: readonly string[], separator: string, indent: string): string {
  const lines = [""];
  for (const [index, word] of words.entries()) {
    const piece = index === words.length - 1 ? word : word + separator;
    const line = lines.at(-1) ?? "";
    if (line !== "" && indent.length + line.length + piece.trimEnd().length > WIDTH) lines.push(piece);
    else lines[lines.length - 1] = line + piece;
  }
  return lines.map((line) => indent + line.trimEnd()).join(separator === " " ? "\n" : " \\\n");
}

const BEGIN = `# Completes the command lines of sonde in bash. Made by: sonde completion bash
# Install: sonde completion bash > ~/.sonde-completion.bash; echo 'source ~/.sonde-completion.bash' >> ~/.bashrc
`;

const END = `
# Adds the files whose names begin with $1, each with $2 in front.
_sonde_files() {
  local name bare=\${1//\\\\/}
  bare=\${bare#[\\"\\']}
  compopt -o filenames 2>/dev/null
  while IFS= read -r name; do COMPREPLY+=("$2$name"); done < <(compgen -f -- "$bare")
}

# Adds the words that begin with the last part of the list $1 and are not in it yet, each with $2 in front.
_sonde_list() {
  local word last=\${1##*,} left=
  local head=\${1%"$last"}
  for word in $words; do [[ ,$head == *",$word,"* ]] || left+=" $word"; done
  COMPREPLY=($(compgen -W "$left" -P "$2$head" -- "$last"))
}

# Finds the flag whose value comes next: -o in -kvo, since -k and -v take none.
_sonde_pending() {
  local at letter
  flag=$2
  [[ $flag == -[!-]?* ]] || return 0
  for ((at = 1; at < \${#flag}; at++)); do
    letter=-\${flag:at:1}
    _sonde_values "$1" "$letter"
    [[ -n $kind ]] && break
  done
  if ((at == \${#flag} - 1)); then flag=$letter; else flag=; fi
}

_sonde() {
  local IFS=$' \\t\\n' cur=\${COMP_WORDS[COMP_CWORD]} last=$((COMP_CWORD - 1)) command=$_sonde_default
  local at prefix= mark= ended= flag= kind= words= optional=
  COMPREPLY=()
  if ((COMP_CWORD > 1)) && [[ " $_sonde_commands " == *" \${COMP_WORDS[1]} "* ]]; then command=\${COMP_WORDS[1]}; fi
  for ((at = 1; at < COMP_CWORD; at++)); do [[ \${COMP_WORDS[at]} == -- ]] && ended=yes; done
  # Bash makes a word of its own of each = : and @, but replaces @ together with the word after it.
  if [[ $cur == [=:@] || $cur == "=@" ]]; then
    mark=\${cur#=} mark=\${mark:-=} cur=
  elif [[ \${COMP_WORDS[last]} == [=:@] || \${COMP_WORDS[last]} == "=@" ]]; then
    mark=\${COMP_WORDS[last]#=} mark=\${mark:-=} last=$((last - 1))
  elif [[ $cur == --*=* ]]; then
    mark="=" flag=\${cur%%=*} prefix=\${cur%%=*}= cur=\${cur#*=}
  fi
  if [[ $mark == ":" ]]; then return; fi
  if [[ -z $ended ]]; then
    [[ -n $prefix ]] || _sonde_pending "$command" "\${COMP_WORDS[last]}"
    _sonde_values "$command" "$flag"
    if [[ -n $optional && $mark != "=" ]]; then kind= words=; fi
    if [[ -z $kind && -n $mark ]]; then return; fi
  fi
  if [[ -z $kind && -z $ended && $cur == -* ]]; then
    _sonde_flags "$command"
    kind=words
  elif [[ -z $kind ]] && ((COMP_CWORD == 1)); then
    kind=words words=$_sonde_commands
  elif [[ -z $kind ]]; then
    _sonde_operands "$command"
  fi
  case $kind in
    words) COMPREPLY=($(compgen -W "$words" -P "$prefix" -- "$cur")) ;;
    list) _sonde_list "$cur" "$prefix" ;;
    file) _sonde_files "$cur" "$prefix" ;;
    data) if [[ $mark == "@" || $cur == @* ]]; then _sonde_files "\${cur#@}" "$prefix@"; fi ;;
  esac
}

complete -F _sonde sonde
`;
