/**
 * Prepares the actual value of a check for reports: redacts secrets and cuts long values.
 *
 * @module
 */

import { type Found, isEstablished, LowerBound, Several } from "./fact.ts";

/** Longest text or JSON that is shown whole, in code units. */
const LONGEST_ACTUAL = 200;

/** Longest text that is redacted, in code units. Redaction of a whole body would block a watch for seconds. */
const LONGEST_REDACTED = 1000;

/** Most values of a list that are shown. */
const MOST_VALUES = 100;

/** The mark where a text was cut. */
const CUT = "…";

/**
 * Prepares the actual value of a check for reports.
 *
 * @param options With `isContent`, the server wrote the value, and a number may be a secret
 * @returns `undefined` if the value could not be established
 */
export function actualValue(
  found: Found,
  redact: (text: string) => string,
  options: { readonly isContent?: boolean } = {},
): unknown {
  if (found instanceof Several) {
    const { values } = found;
    if (values.length === 1) return actualValue(values[0], redact, options);
    const shown = values.slice(0, MOST_VALUES).map((it) => actualValue(it, redact, options));
    const rest = values.length - shown.length;
    return rest === 0 ? shown : [...shown, `${CUT} and ${rest} more`];
  }
  if (!isEstablished(found)) return undefined;
  if (found instanceof LowerBound) return { atLeast: found.atLeast };
  if (typeof found === "string") return cut(redact(cut(found, LONGEST_REDACTED)));
  if (typeof found === "number" && options.isContent) {
    const shown = redact(String(found));
    return shown === String(found) ? found : shown;
  }
  if (found === null || typeof found !== "object") return found;
  const json = stringify(found);
  if (json === undefined) return "data that is nested too deeply to be shown";
  // Names of members may be secrets too.
  const allowed = redact(cut(json, LONGEST_REDACTED));
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

function cut(text: string, longest = LONGEST_ACTUAL): string {
  return text.length > longest ? text.slice(0, longest) + CUT : text;
}
