/**
 * Reads what a receiver says in the content of its answer.
 *
 * @module
 */

import { fitText, oneLine } from "./fit_text.ts";

/** Most characters of an answer in a message. */
const EXCERPT = 200;

/** Members in which services name the cause of a refusal. */
const CAUSES = ["description", "message", "error", "detail", "errors"] as const;

/** Reads a JSON object; gives an empty one if the text is not JSON. */
export function parseJsonObject(text: string): Readonly<Record<string, unknown>> {
  if (!text.trimStart().startsWith("{")) return {};
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {}; // The answer was cut, or is not JSON.
  }
}

/** Finds the cause of a refusal in an answer, in one short line; empty if it names none. */
export function causeIn(text: string): string {
  const object = parseJsonObject(text);
  const named = CAUSES.map((name) => object[name]).find((it) => it !== undefined && it !== null && it !== "");
  if (named !== undefined) return excerpt(typeof named === "string" ? named : JSON.stringify(named));
  // A page of a proxy says nothing about the notice.
  return text.trimStart().startsWith("<") ? "" : excerpt(text);
}

/** Cuts a text of a receiver to one short line. */
export function excerpt(text: string): string {
  return fitText(oneLine(text), EXCERPT);
}
