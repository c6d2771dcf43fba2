/**
 * Combines one target of a list with several ports or paths.
 *
 * @module
 */

import { parseTarget } from "../target/target.ts";

/** Ports and paths for targets that name none. */
export interface ExpandOptions {
  /** Ports for targets without a port, in order. */
  readonly ports?: readonly number[] | undefined;
  /** Paths for targets without a path, in order; each begins with `/`. */
  readonly paths?: readonly string[] | undefined;
}

const PARTS = /^([A-Za-z][A-Za-z0-9+.-]*:\/\/)?((?:[^/?#]*@)?(?:\[[^\]]*\]|[^:/?#]*))(:\d+)?([/?#][^]*)?$/;

/**
 * Gives the texts of a target, one for each combination of port and path.
 *
 * @throws {SyntaxError} If the text is not a target
 *
 * @example Usage
 * ```ts
 * import { expandTarget } from "./expand_target.ts";
 * import assert from "node:assert/strict";
 *
 * const options = { ports: [80, 8080], paths: ["/health"] };
 * assert.deepEqual(expandTarget("::1", options), ["[::1]:80/health", "[::1]:8080/health"]);
 * assert.deepEqual(expandTarget("http://a:81/b", options), ["http://a:81/b"]);
 * ```
 */
export function expandTarget(text: string, options: ExpandOptions = {}): string[] {
  const { ports = [], paths = [] } = options;
  if (ports.length === 0 && paths.length === 0) return [text];
  const { host, port } = parseTarget(text);
  const bare = host.includes(":") && !text.includes("[");
  const [, scheme = "", authority = "", , rest = ""] = PARTS.exec(bare ? `[${text}]` : text) ?? [];
  const givenPorts = port === undefined && ports.length > 0 ? ports : [port];
  const givenPaths = rest === "" || rest === "/" ? paths : [];
  return givenPorts.flatMap((port) => {
    const origin = `${scheme}${authority}${port === undefined ? "" : `:${port}`}`;
    return givenPaths.length > 0 ? givenPaths.map((path) => origin + path) : [origin + rest];
  });
}

/**
 * Reads a list of ports and port ranges: `80,443,8000-8010`.
 *
 * @throws {SyntaxError} If the text is not such a list
 * @throws {RangeError} If a port is not from 1 to 65,535, or a range runs backwards
 */
export function parsePorts(text: string): number[] {
  const ports = text.split(",").flatMap((part) => {
    const [, first, last = first] = /^\s*(\d{1,6})(?:-(\d{1,6}))?\s*$/.exec(part) ?? [];
    if (first === undefined) {
      throw new SyntaxError(`Cannot parse ports "${text}": write numbers and ranges, as in 80,443,8000-8010`);
    }
    const [from, to] = [Number(first), Number(last)];
    if (from < 1 || to > 65_535 || from > to) {
      throw new RangeError(`Cannot use ports "${part.trim()}": write 1 to 65535, the smaller one first`);
    }
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  return [...new Set(ports)];
}

/**
 * Reads a comma-separated list of paths: `/,/health,/api?v=1`. Write a comma within a path as `%2C`.
 *
 * @throws {SyntaxError} If a path does not begin with `/`
 */
export function parsePaths(text: string): string[] {
  const paths = text.split(",").map((path) => path.trim());
  const wrong = paths.find((path) => !path.startsWith("/"));
  if (wrong !== undefined) {
    throw new SyntaxError(`Cannot use path "${wrong}" in "${text}": a path begins with /`);
  }
  return [...new Set(paths)];
}
