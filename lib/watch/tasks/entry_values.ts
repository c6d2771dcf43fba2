/**
 * Reads single values of a task file.
 *
 * @module
 */

import { hasReference } from "./secrets.ts";

/** An object of a task file, not checked yet. */
export type Entry = Readonly<Record<string, unknown>>;

/** @throws {TypeError} If the value is not a text */
export function asText(value: unknown): string {
  if (typeof value === "string") return value;
  throw new TypeError(`expected a text, not ${describeValue(value)}`);
}

/**
 * Reads a text that sonde prints, so that no secret can be part of it.
 *
 * @throws {TypeError} If the value is not a text, or has a reference to a secret
 */
export function asShownText(value: unknown): string {
  const text = asText(value);
  if (hasReference(text)) {
    throw new TypeError("sonde prints this, so ${env:…} and ${file:…} cannot stand in it");
  }
  return text;
}

/** @throws {RangeError} If the value is not a whole number within the limits */
export function asWholeNumber(value: unknown, [least, most]: readonly [number, number]): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`expected a whole number from ${least} to ${most}, not ${describeValue(value)}`);
}

/** @throws {TypeError} If the value is not a list */
export function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  const shown = describeValue(value);
  const advice = typeof value === "string" ? `: write [${shown}]` : "";
  throw new TypeError(`expected a list, not ${shown}${advice}`);
}

/** Advises those who write a duration as a number of seconds. */
export function durationAdvice(value: unknown): string {
  return typeof value === "number" && value >= 0 ? `: write "${value}s"` : "";
}

/** @throws {TypeError} If the value is not an object */
export function asEntry(value: unknown, wanted = "an object"): Entry {
  if (value !== null && typeof value === "object" && !Array.isArray(value)) return value as Entry;
  throw new TypeError(`expected ${wanted}, not ${describeValue(value)}`);
}

/** Describes a value of the wrong type. */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return typeof value === "function" ? "a function" : String(JSON.stringify(value));
}
