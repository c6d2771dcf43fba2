/**
 * Command lines for a shell.
 *
 * @module
 */

/** Joins words to a command line, quoted for a POSIX shell where that is needed. */
export function formatCommandLine(words: readonly string[]): string {
  return words.map(quote).join(" ");
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Flags whose value is or may hold a secret. */
const SECRET_FLAG = /^(?:-u|--user|-d|--data|-H|--header)(?:=|$)/;
/** A value that holds a secret: a header field, a field of a form, or an object. */
const SECRET = /(auth|cookie|token|secret|passw|key|session)([\w-]*\s*["']?\s*[:=]\s*)[^]*/i;

/** Replaces secrets among the arguments of sonde by `***`. */
export function withoutSecrets(args: readonly string[]): string[] {
  return args.map((arg, index) => {
    const own = SECRET_FLAG.exec(arg)?.[0];
    if (own?.endsWith("=")) return own + withoutSecret(own.slice(0, -1), arg.slice(own.length));
    const [, letter, attached] = /^(-[udH])([^]+)/.exec(arg) ?? [];
    if (letter !== undefined) return letter + withoutSecret(letter, attached!);
    const before = args[index - 1];
    if (before !== undefined && SECRET_FLAG.exec(before)?.[0] === before) return withoutSecret(before, arg);
    return arg.replace(/(\/\/[^\s/?#@:"'<>]*:)[^\s/?#@"'<>]*(?=@)/, "$1***");
  });
}

function withoutSecret(flag: string, value: string): string {
  if (flag === "-u" || flag === "--user") return value.replace(/:[^]*/, ":***");
  return value.startsWith("@") ? value : value.replace(SECRET, "$1$2***");
}
