/**
 * Recognizes operands that other programs or other commands would take, and words what to write instead.
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";
import { COMMANDS } from "./commands.ts";
import { adviseRaw } from "./other_protocol.ts";

/** Ends of file names that are no domains. */
const FILE_NAME = /^[^:?#]+\.(?:txt|csv|tsv|json|jsonl|ndjson|yaml|yml|toml|lst|list|log|xml|html|db|har)$/i;

/** Matches the beginning of an object, or of a list other than an IPv6 address. */
const JSON_TEXT = /^\s*(?:\{|\[\s*["{[])/;

/** Matches an IPv6 address without brackets, perhaps with a zone: its colons end no name of a field. */
const IPV6_LIKE = /^[\da-f]*(?::[\da-f]*){2,}(?:%.+)?$/i;

/**
 * Explains an operand that is no target but looks like one to a parser.
 *
 * @param operand The operand as written.
 * @param operands All operands.
 * @returns What it is and what to write, or `undefined` if it may be a target.
 */
export function explainOperand(operand: string, operands: readonly string[]): string | undefined {
  if (operand === "-") return "for URLs from stdin write sonde batch -";
  if (/^--?[a-z]/i.test(operand)) return "it is a flag: write it before --";
  // In curl --json takes the content.
  if (JSON_TEXT.test(operand)) {
    return "it is JSON: to send it write -d JSON -H 'Content-Type: application/json'; --json prints results as JSON";
  }
  const word = WORDS.get(operand);
  if (word !== undefined) return word;
  const command = operands.length > 1 && operands[0] === operand ? COMMAND_WORDS.get(operand) : undefined;
  if (command !== undefined) return `it is no command; write sonde ${command}`;
  if (operands[0] !== operand && COMMANDS.some(({ name }) => name === operand)) {
    return `it is the name of a command, which comes first: sonde ${operand} …`;
  }
  const [, name, sign = "", value = ""] = /^([\w-]+)(:?==?)(.*)$/.exec(operand) ?? [];
  if (name !== undefined) {
    return sign === "=="
      ? `for the query write it into the URL, ?${name}=${value}`
      : `for data write -d '${name}=${value}'`;
  }
  const [, field, text] = /^(?!https?:)([A-Za-z][\w-]*):(?!\d+(?:[/?#]|$)|\/)([^@]+)$/i.exec(operand) ?? [];
  // HTTPie takes fields after the URL.
  if (field !== undefined && operands[0] !== operand && !IPV6_LIKE.test(operand)) {
    return `for a header field write -H '${field}: ${text}', for a port HOST:PORT with a number`;
  }
  const raw = adviseRaw(operand);
  if (raw !== undefined) return `sonde probes http and https; for other protocols write ${raw}`;
  const [, path] = /^(?:file:\/\/|@)(\S+)$/i.exec(operand) ?? [];
  if (path !== undefined) return adviseFile(path);
  return explainList(operand) ?? explainFile(operand);
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ["GET", "it is a method, the one that sonde sends anyway: write the URL alone"],
  ["HEAD", "it is a method: write -I URL"],
  ...["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PURGE"].map((name) =>
    [name, `it is a method: write -X ${name} URL`] as const
  ),
  ...["http", "https"].map((name) => [name, `it is a scheme: write ${name}://HOST/`] as const),
]);

/** Commands of other programs in front of operands, with the command that does the same. */
const COMMAND_WORDS: ReadonlyMap<string, string> = new Map([
  ...["download", "fetch", "wget"].map((word) => [word, "get -O URL"] as const),
  ...["curl", "test", "check", "trace"].map((word) => [word, "URL"] as const),
  ...["ping", "httping", "bench", "ab", "load"].map((word) => [word, "-n 20 URL"] as const),
  ...["scan", "list", "nmap"].map((word) => [word, "batch FILE"] as const),
  ...["monitor", "serve", "run", "start"].map((word) => [word, "watch FILE"] as const),
  ...["view", "print", "read", "cat"].map((word) => [word, "show FILE"] as const),
  ...["nc", "telnet", "connect", "tcp"].map((word) => [word, "raw HOST:PORT"] as const),
  ...["uptime", "stats", "history"].map((word) => [word, "report DB"] as const),
  ["compare", "diff BEFORE AFTER"],
]);

function explainList(operand: string): string | undefined {
  const [, bits] = /^\d+\.\d+\.\d+\.\d+\/(\d{1,2})$/.exec(operand) ?? [];
  if (bits !== undefined && Number(bits) <= 32) {
    const size = formatQuantity(2 ** (32 - Number(bits)), "address", "addresses");
    return `it is a range of ${size}: write echo ${operand} | sonde batch -, or http://${operand} for the path /${bits}`;
  }
  // nmap writes a range like this.
  const [, from, last] = /^((?:\d+\.){3}\d+)-((?:\d+\.){0,3}\d+)$/.exec(operand) ?? [];
  return from === undefined
    ? undefined
    : `a range is written as a prefix, as in ${from}/28; or give each address from ${from} to ${last}`;
}

function explainFile(operand: string): string | undefined {
  const isPath = /^(?:\.{1,2}\/|\/\w|~\/)/.test(operand);
  if (!isPath && !FILE_NAME.test(operand)) return undefined;
  const other = !isPath
    ? `, or http://${operand}/ for a host of that name`
    : operand.startsWith("/")
    ? `, or HOST${operand} for a path of a host`
    : "";
  return `${adviseFile(operand)}${other}`;
}

function adviseFile(path: string): string {
  return `it is the name of a file: to probe each line of it write sonde batch ${path}`;
}
