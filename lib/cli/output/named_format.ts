/**
 * Notices that the name of a file promises another format than the one that sonde writes.
 *
 * @module
 */

import { type AnyFormat, chosenFormat, type FormatRows, FORMATS } from "./formats.ts";

/** Ends of names with the format that they promise. */
const ENDINGS: Readonly<Record<string, AnyFormat>> = {
  json: "json",
  jsonl: "json",
  ndjson: "json",
  csv: "csv",
  md: "md",
  htm: "html",
  html: "html",
  har: "har",
  prom: "prom",
};

/**
 * Words the note about a file like `rows.csv` that will hold text, since no format was chosen.
 *
 * @param path The file of `-o`.
 * @param kind The data that the command prints.
 * @returns `undefined` if the name promises nothing, or nothing else.
 */
export function describePromise(
  path: string,
  flags: { readonly json?: boolean | undefined; readonly format?: AnyFormat | undefined },
  kind: keyof FormatRows,
): string | undefined {
  const promised = ENDINGS[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ""];
  if (promised === undefined || !(kind in FORMATS[promised])) return undefined;
  if (chosenFormat({ json: flags.json ?? false, format: flags.format }) !== "text") return undefined;
  return `writes text to ${path}; for ${promised} add --format ${promised}`;
}
