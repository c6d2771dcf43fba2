/**
 * Prepares the actual value of a check for reports: redacts secrets and cuts long values.
 *
 * @module
 */

import { type Found, isEstablished, LowerBound, Several } from "./fact.ts";

/** Longest text or JSON that is shown whole, in code units. */
const LONGEST_ACTUAL = 200;

/**
 * Prepares the actual value of a check for reports.
 *
 * @returns `undefined` if the value could not be established
 */
export function actualValue(found: Found, redact: (text: string) => string): unknown {
  if (found instanceof Several) {
    return found.values.length === 1
      ? actualValue(found.values[0], redact)
      : found.values.map((it) => actualValue(it, redact));
  }
  if (!isEstablished(found)) return undefined;
  if (found instanceof LowerBound) return { atLeast: found.atLeast };
  if (typeof found === "string") return cut(redact(found));
  if (found === null || typeof found !== "object") return found;
  const json = stringify(found);
  if (json === undefined) return "data that is nested too deeply to be shown";
  // Names of members may be secrets too.
  const allowed = redact(json);
  return allowed.length > LONGEST_ACTUAL || allowed !== json ? cut(allowed) : found;
}

/** Writes data as JSON; `undefined` if it is nested too deeply for the stack, which is up to the peer. */
function stringify(found: object): string | undefined {
  try {
    return JSON.stringify(found);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function cut(text: string): string {
  return text.length > LONGEST_ACTUAL ? text.slice(0, LONGEST_ACTUAL) + "…" : text;
}
