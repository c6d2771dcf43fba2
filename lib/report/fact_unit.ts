/**
 * Finds the units of facts by their names.
 *
 * A check does not contain the unit of its value, and rows of older versions must be shown, too. A test compares these names
 * with the tables of facts.
 *
 * @module
 */

/** Units of the facts whose last name is one of these. */
const UNITS: Readonly<Record<string, string>> = {
  after: "ms",
  finAfter: "ms",
  watched: "ms",
  at: "ms",
  ms: "ms",
  total: "ms",
  experimentsAge: "ms",
  seconds: "s",
  timeout: "s",
  idle: "s",
  daysLeft: "days",
  offset: "octets",
  bytes: "octets",
};

/** Matches the name of the fact at the beginning of an expectation. */
const NAME = /^[\s!]*(?:not\s+)?(?<name>[\w$@-]+(?:\.[\w$@-]+|\[[^\]]*\])*)/;

/** Gives the unit of the value that an expectation is about: `ms`, `s`, `days`, `octets`, or `undefined`. */
export function unitOfFact(expect: string): string | undefined {
  const name = NAME.exec(expect)?.groups?.["name"] ?? "";
  const last = /[^.[\]]+$/.exec(name)?.[0] ?? "";
  if (/(?:^|\.)timings\.[a-z]+$/.test(name) || last.endsWith("Ms")) return "ms";
  if (last.endsWith("Bytes")) return "octets";
  return Object.hasOwn(UNITS, last) ? UNITS[last] : undefined;
}
