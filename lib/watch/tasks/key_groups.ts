/**
 * Lists keys of a check that exclude each other.
 *
 * @module
 */

import type { Entry } from "./entry_values.ts";

/** Keys that make the head of a request. */
const COMPOSING = ["method", "headers", "userAgent", "user", "http10", "requestTarget"];

/** Keys with those that they exclude, in both directions. */
const EXCLUDED: ReadonlyMap<string, readonly string[]> = new Map([
  ["ipv4", ["ipv6"]],
  ["form", ["body"]],
  ["bodyFile", ["body", "form"]],
  ["rawRequest", ["body", "form", "bodyFile", ...COMPOSING]],
  ["unixSocket", ["address", "resolve", "connectTo", "denyPrivate", "ipv4", "ipv6"]],
]);

/** Keys of the defaults that a key of the check replaces, although it does not exclude them. */
const REPLACED: ReadonlyMap<string, readonly string[]> = new Map([["cert", ["key"]]]);

/** Lists pairs of keys that an object has although they exclude each other, each pair once. */
export function clashes(entry: Entry): [key: string, other: string][] {
  const keys = Object.keys(entry).filter((key) => isGiven(entry[key]));
  return keys.flatMap((key, index) =>
    keys.slice(0, index).filter((other) => excludes(key, other)).map((
      other,
    ): [string, string] => [key, other])
  );
}

/** Adds the defaults to a check, without those that a key of the check excludes or replaces. */
export function withDefaults(own: Entry, defaults: Entry): Entry {
  const given = Object.keys(own).filter((key) => isGiven(own[key]));
  const kept = Object.entries(defaults).filter(([name]) =>
    !given.some((key) => excludes(key, name) || REPLACED.get(key)?.includes(name))
  );
  return { ...Object.fromEntries(kept), ...own };
}

function excludes(key: string, other: string): boolean {
  return EXCLUDED.get(key)?.includes(other) || EXCLUDED.get(other)?.includes(key) || false;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false;
}
