/**
 * Turns a verdict on framing into deviations with their places in the stream.
 *
 * @module
 */

import { excerptAround, type Note } from "./deviation.ts";
import type { FramingDeviation } from "./framing_verdict.ts";
import type { SectionReader } from "./section_reader.ts";

/** Notes each deviation of a verdict at the head, at a field line, or at one element of its list. */
export function noteFraming(deviations: readonly FramingDeviation[], head: SectionReader, note: Note): void {
  for (const { code, field, at, message, class: severity } of deviations) {
    const line = head.places.fields[field];
    if (!line) {
      note(code, head.start, message);
      continue;
    }
    const text = `${line[0]}: ${line[1]}`;
    if (at === undefined) note(code, head.places.fieldOffsets[field]!, message, text, severity);
    else {
      const excerpt = excerptAround(text, line[0].length + 2 + at);
      note(code, head.places.offsetIn(field, at), message, excerpt, severity);
    }
  }
}
