/**
 * Parses the JSON lines of a list: targets with settings of their own.
 *
 * @module
 */

import type { FieldLine } from "../http/field_line.ts";
import { utf8Octets } from "../http/octets.ts";
import { describeUnknown } from "../text/check_options.ts";
import type { BatchTarget } from "./batch_target.ts";

/** Members whose values are strings. */
const TEXTS = ["method", "body", "address", "sni", "tag"] as const;

/** All members that a JSON line may have. */
const MEMBERS = {
  url: true,
  method: true,
  headers: true,
  body: true,
  address: true,
  sni: true,
  tag: true,
  expect: true,
} as const;

/** A target and the expectations of its line. */
export interface JsonTarget {
  readonly target: BatchTarget;
  readonly expect: readonly string[];
}

/**
 * Parses `{"url": …, "method": …, "headers": {…} or [[name, value], …], "body": …, "address": …, "sni": …, "tag": …,
 * "expect": … or […]}`. Only `url` is required; `tag` may be a number too. A row that sonde saved is a target too.
 *
 * @throws {SyntaxError} If the line is not JSON, lacks `url`, or has a member that is unknown or of a wrong type; or if
 * it is a summary
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
  const members = parseObject(text);
  const saved = readSavedRow(members);
  if (saved) return { target: saved, expect: [] };
  for (const name in members) {
    if (!Object.hasOwn(MEMBERS, name)) refuse(describeUnknown(name, MEMBERS));
  }
  const target: { -readonly [Name in keyof BatchTarget]: BatchTarget[Name] } = {
    url: parseText(members, "url") ?? refuse('"url" is missing'),
  };
  for (const name of TEXTS) {
    const value = parseText(members, name);
    if (value !== undefined) target[name] = value;
  }
  const headers = parseHeaders(members["headers"]);
  if (headers) target.headers = headers;
  return { target, expect: parseExpect(members["expect"]) };
}

/**
 * Reads the target of a row that sonde saved, so that the rows that failed can be probed again; `undefined` for any other
 * object. The flags of the run give all settings but the method, since a row does not hold them.
 */
function readSavedRow(members: Record<string, unknown>): BatchTarget | undefined {
  if (typeof members["schema"] !== "number") return undefined;
  if (members["kind"] === "summary") refuse("it is the summary of a series, not a row");
  const url = parseText(members, "input") ?? refuse('it is no row of a target, "input" is missing');
  const target: { -readonly [Name in keyof BatchTarget]: BatchTarget[Name] } = { url };
  const { method } = members;
  // GET may be the method of a redirect; it is the method of a target anyway.
  if (typeof method === "string" && method !== "" && method !== "GET") target.method = method;
  for (const name of ["address", "tag"] as const) {
    const value = parseText(members, name);
    if (value !== undefined) target[name] = value;
  }
  return target;
}

function refuse(cause: string): never {
  throw new SyntaxError(`Cannot read the JSON line: ${cause}`);
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!text.endsWith("}")) {
      refuse("the object does not end on it; write each object on one line, as jq -c prints it");
    }
    refuse((error as Error).message);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return refuse("it is not an object");
  }
  return value as Record<string, unknown>;
}

function parseText(members: Record<string, unknown>, name: string): string | undefined {
  const member = members[name];
  if (member === undefined || typeof member === "string") return member;
  if (name === "tag" && typeof member === "number") return String(member);
  return refuse(`"${name}" is no string`);
}

function parseHeaders(value: unknown): FieldLine[] | undefined {
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

function parseExpect(value: unknown): string[] {
  if (value === undefined) return [];
  const texts = Array.isArray(value) ? value : [value];
  return texts.every((text) => typeof text === "string")
    ? texts
    : refuse('"expect" is neither a string nor a list');
}
