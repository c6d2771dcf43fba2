import type { Check } from "../result.ts";

/** What was found instead, in words: `found 503`, `there is none`. */
export function describeActual(actual: unknown): string {
  if (actual === undefined) return "could not be established";
  if (actual === null) return "there is none";
  // Times are measured to the nanosecond, and nobody wants to read that.
  const shown = typeof actual === "number" ? Math.round(actual * 1000) / 1000 : actual;
  return `found ${JSON.stringify(shown)}`;
}

/** An expectation that does not hold, in words: `not status == 200 (found 503)`. */
export function describeBrokenCheck({ expect, actual }: Check): string {
  return `not ${expect} (${describeActual(actual)})`;
}
