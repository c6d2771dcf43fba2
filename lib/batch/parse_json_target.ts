/**
 * Lines of a list that are JSON: a target with settings of its own.
 *
 * @module
 */

import { utf8Octets } from "../http/octets.ts";
import type { BatchTarget } from "./batch_target.ts";

/** What a JSON line may have. */
const MEMBERS = ["url", "method", "headers", "body", "address", "sni", "tag", "expect"] as const;

/** A target, and the expectations that stand with it. */
export interface JsonTarget {
  readonly target: BatchTarget;
  readonly expect: readonly string[];
}

/**
 * Reads `{"url": …, "method": …, "headers": {…} or [[name, value], …], "body": …, "address": …, "sni": …, "tag": …,
 * "expect": … or […]}`. Only `url` must be there; `tag` may be a number too.
 *
 * @throws {SyntaxError} If it is not JSON, lacks `url`, or has a member that is unknown or of a wrong kind
 *
 * @example Usage
 * ```ts
 * import { parseJsonTarget } from "./parse_json_target.ts";
 * import assert from "node:assert/strict";
 *
 * const { target } = parseJsonTarget('{"url": "http://a/", "headers": {"Host": "b"}, "tag": "canary"}');
 * assert.deepEqual(target, { url: "http://a/", headers: [["Host", "b"]], tag: "canary" });
 * ```
 */
export function parseJsonTarget(text: string): JsonTarget {
  const refuse = (cause: string): never => {
    throw new SyntaxError(`Cannot read the JSON line: ${cause}`);
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    refuse((error as Error).message);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse("it is no object");
  const members = value as Record<string, unknown>;
  const unknown = Object.keys(members).find((name) => !MEMBERS.some((known) => known === name));
  if (unknown !== undefined) refuse(`"${unknown}" is none of ${MEMBERS.join(", ")}`);

  const string = (name: typeof MEMBERS[number]): string | undefined => {
    const member = members[name];
    if (member === undefined || typeof member === "string") return member;
    if (name === "tag" && typeof member === "number") return String(member);
    return refuse(`"${name}" is no string`);
  };
  const [method, body, address, sni, tag] = [
    string("method"),
    string("body"),
    string("address"),
    string("sni"),
    string("tag"),
  ];
  const headers = parseHeaders(members.headers, refuse);
  return {
    target: {
      url: string("url") ?? refuse('"url" is missing'),
      ...(method !== undefined && { method }),
      ...(headers && { headers }),
      ...(body !== undefined && { body }),
      ...(address !== undefined && { address }),
      ...(sni !== undefined && { sni }),
      ...(tag !== undefined && { tag }),
    },
    expect: parseExpect(members.expect, refuse),
  };
}

function parseHeaders(value: unknown, refuse: (cause: string) => never): [string, string][] | undefined {
  if (value === undefined) return undefined;
  const entries: unknown[] = Array.isArray(value)
    ? value
    : typeof value === "object" && value !== null
    ? Object.entries(value)
    : refuse('"headers" is neither an object nor a list of pairs');
  return entries.map((entry) => {
    if (Array.isArray(entry) && entry.length === 2 && entry.every((part) => typeof part === "string")) {
      return [entry[0] as string, utf8Octets(entry[1] as string)];
    }
    return refuse('"headers" has something else than names with one string each');
  });
}

function parseExpect(value: unknown, refuse: (cause: string) => never): string[] {
  if (value === undefined) return [];
  const texts = Array.isArray(value) ? value : [value];
  return texts.every((text) => typeof text === "string")
    ? texts
    : refuse('"expect" is neither a string nor a list');
}
