/**
 * Properties with bugs in them, to see that fuzzing finds bugs.
 *
 * @module
 */

import fc from "../fast_check.ts";
import { defineProperty, type Property } from "./_property.ts";

/** One property that holds, one with a bug, and one whose check does not end. */
export const PROPERTIES: readonly Property[] = [
  defineProperty({ name: "sound", claim: "addition commutes", input: fc.nat(), check: () => {} }),
  defineProperty({
    name: "planted",
    claim: "no text has two line feeds",
    input: fc.string({ unit: fc.constantFrom(..."ab\n") }),
    check(text) {
      if (/\n.*\n/.test(text)) throw new Error(`It has two line feeds\n${text}`);
    },
    row: (wire) => ({ wire }),
  }),
  defineProperty({
    name: "endless",
    claim: "counting comes to an end",
    input: fc.constantFrom(1, 2, 3),
    check(step) {
      let at = 0;
      while (step === 2 && at % 2 === 0) at += step;
    },
  }),
];
