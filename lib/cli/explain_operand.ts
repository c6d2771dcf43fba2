/**
 * Recognizes operands that other programs or other commands would take, and words what to write instead.
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";
import { COMMANDS } from "./commands.ts";

/** Ends of file names that are no domains. */
const FILE_NAME = /^[^:?#]+\.(?:txt|csv|tsv|json|jsonl|ndjson|yaml|yml|toml|lst|list|log|xml|html|db|har)$/i;

/** Protocols that are spoken over a plain or TLS connection, whose octets `sonde raw` sends. */
const OTHER_PROTOCOL =
  /^(tcp|ssl|tls|telnet|redis|rediss|smtp|smtps|imap|imaps|pop3|mysql|postgres|amqp|mqtt):\/\/([^/?#@]+)/i;

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
  const method = METHODS.get(operand);
  if (method !== undefined) return method;
  if (operands[0] !== operand && COMMANDS.some(({ name }) => name === operand)) {
    return `it is the name of a command, which comes first: sonde ${operand} …`;
  }
  const [, name, sign = "", value = ""] = /^([\w-]+)(:?==?)([^/]*)$/.exec(operand) ?? [];
  if (name !== undefined) {
    return sign === "=="
      ? `for the query write it into the URL, ?${name}=${value}`
      : `for data write -d '${name}=${value}'`;
  }
  const [, field, text] = /^([A-Za-z][\w-]*):(?!\d+(?:[/?#]|$)|\/)([^/@]+)$/.exec(operand) ?? [];
  // HTTPie takes fields after the URL.
  if (field !== undefined && operands[0] !== operand) {
    return `for a header field write -H '${field}: ${text}', for a port HOST:PORT with a number`;
  }
  const [, protocol, server] = OTHER_PROTOCOL.exec(operand) ?? [];
  if (server !== undefined) {
    const tls = /^(?:ssl|tls)$|s$/i.test(protocol!) ? "--tls " : "";
    return `sonde probes http and https; for other protocols write sonde raw ${tls}${server}`;
  }
  return explainList(operand) ?? explainFile(operand);
}

const METHODS: ReadonlyMap<string, string> = new Map([
  ["GET", "it is a method, the one that sonde sends anyway: write the URL alone"],
  ["HEAD", "it is a method: write -I URL"],
  ...["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PURGE"].map((name) =>
    [name, `it is a method: write -X ${name} URL`] as const
  ),
]);

function explainList(operand: string): string | undefined {
  const [, bits] = /^\d+\.\d+\.\d+\.\d+\/(\d{1,2})$/.exec(operand) ?? [];
  if (bits !== undefined && Number(bits) <= 32) {
    const size = formatQuantity(2 ** (32 - Number(bits)), "address", "addresses");
    return `it is a range of ${size}: write echo ${operand} | sonde batch -, or http://${operand} for the path /${bits}`;
  }
  return undefined;
}

function explainFile(operand: string): string | undefined {
  const isPath = /^(?:\.{1,2}\/|\/\w|~\/)/.test(operand);
  if (!isPath && !FILE_NAME.test(operand)) return undefined;
  const other = !isPath
    ? `, or http://${operand}/ for a host of that name`
    : operand.startsWith("/")
    ? `, or HOST${operand} for a path of a host`
    : "";
  return `it is the name of a file: to probe each line of it write sonde batch ${operand}${other}`;
}
