/**
 * Bugs of saved rows: reading them back, judging them anew, and comparing two runs.
 *
 * @module
 */

import type { Mutant } from "./_mutant.ts";

/** In the order of the files. */
export const SAVED_MUTANTS: readonly Mutant[] = [
  {
    bug: "a torn row takes the next row with it",
    text: 'if (text[scan.at + 1] === "{") return { end: scan.at, torn: true };',
    becomes: "",
  },
  {
    bug: "a row behind a torn one in its line is lost",
    text: "[...pieces, { line: this.#line, value: row.value }]",
    becomes: "pieces",
  },
  {
    bug: "the quote behind a backslash ends a string",
    text: 'scan.at += text[scan.at + 1] === "\\n" ? 1 : 2;',
    becomes: "scan.at += 1;",
  },
  {
    bug: "a row of a newer version counts as a row of this one",
    text: "if (schema !== 1) return other(",
    becomes: "if (schema === 0) return other(",
  },
  {
    bug: "the summary of a series is a broken row",
    text: 'if (kind === "summary") return { kind };',
    becomes: 'if (kind === "summary") return other("is a summary");',
  },
  {
    bug: "a negative duration is read",
    text: '(value) => typeof value === "number" && value >= 0,\n  "is not',
    becomes: '(value) => typeof value === "number",\n  "is not',
  },
  {
    bug: "content that no row holds fails an expectation",
    text: "return body !== undefined && body.text === undefined && body.bytes > 0 &&",
    becomes: "return body !== undefined && body.text !== undefined && body.bytes > 0 &&",
  },
  {
    bug: "a row that fails for certain counts as not measured",
    text: "told.some(({ ok }, index) => !ok && missing[index] === undefined)",
    becomes: "told.some(({ ok }, index) => !ok && missing[index] === undefined && index < 0)",
  },
  {
    bug: "a local fault is a new failure",
    text: 'verdict: good ? "ok" : error?.by === "local" ? "unmeasured" : "failed",',
    becomes: 'verdict: good ? "ok" : "failed",',
  },
  {
    bug: "the fields that a failed exchange did not receive are changes",
    text: "if (!before.broken && !after.broken) return all;",
    becomes: "if (before.broken !== undefined) return all;",
  },
  {
    bug: "rows of one target are paired in their order only",
    text: "const partner = waiting.get(factsOf(row))?.pop();",
    becomes: "const partner = waiting.get(group)?.pop();",
  },
  {
    bug: "a line that was edited is another target",
    text: "const partner = after.get(lineOf(row))?.shift();",
    becomes: "const partner = after.get(`${lineOf(row)} `)?.shift();",
  },
  {
    bug: "a difference of few milliseconds is told",
    text: "moved > 0 === after > before &&\n        Math.abs(after - before) >= LEAST_MS;",
    becomes: "moved > 0 === after > before;",
  },
  {
    bug: "a target that only took longer is a difference",
    text: 'comparison.changes.some(({ kind }) => kind !== "slower" && kind !== "faster")',
    becomes: "comparison.changes.length > 0",
  },
  {
    bug: "a line that cannot be read does not matter to the exit code",
    text: 'if (reader.faults > 0) tally.add({ ok: false, error: { by: "local" } });',
    becomes: "",
  },
  {
    bug: "a new version on most servers is taken for chance",
    text: "return uneven <= MOST_UNEVEN && Math.abs(this.#upwards) <= MOST_UNEVEN * this.#looked;",
    becomes: "return uneven <= 1;",
  },
  {
    bug: "equal texts have several numbers",
    text: "if (known === undefined) this.#byHash.set(hash, number);",
    becomes: "",
  },
  {
    bug: "long times that come and go are slower targets",
    text: "if (others < FEWEST || own.length >= ONE_SIDED * others) return [];",
    becomes: "if (others >= 0) return [];",
  },
];
