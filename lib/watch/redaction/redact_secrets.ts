/**
 * Takes secrets out of a text.
 *
 * @module
 */

import { CUT, type Place, placeIn } from "./reading.ts";
import { readingsOf } from "./readings.ts";
import { type SecretIndex, SHORTEST_SECRET } from "./secret_index.ts";

/** Replaces every secret and every part of one by `***`, in whatever way it is written. */
export function redactSecrets(text: string, index: SecretIndex): string {
  if (index.isEmpty || text.length < SHORTEST_SECRET) return text;
  const places: Place[] = [];
  for (const reading of readingsOf(text)) {
    index.search(reading, text, (place) => {
      const { start, end } = placeIn(reading, place);
      // Before the mark of a cut, the rest of an escape belongs to the secret.
      const isCut = reading.text[place.end] === CUT;
      places.push({ start, end: isCut ? Math.max(end, text.indexOf(CUT, end)) : end });
    });
  }
  if (places.length === 0) return text;
  let redacted = "";
  let copied = 0;
  for (const { start, end } of joined(places)) {
    redacted += `${text.slice(copied, start)}***`;
    copied = end;
  }
  return redacted + text.slice(copied);
}

/** Sorts places, and joins those that touch. */
function joined(places: Place[]): Place[] {
  const sorted = places.toSorted((a, b) => a.start - b.start);
  const found: { start: number; end: number }[] = [];
  for (const place of sorted) {
    const last = found.at(-1);
    if (last === undefined || place.start > last.end) found.push({ ...place });
    else last.end = Math.max(last.end, place.end);
  }
  return found;
}
