/**
 * Properties of rows of JSON and CSV.
 *
 * @module
 */

import { assertEquals, assertMatch, assertNotMatch } from "@std/assert";
import fc from "../fast_check.ts";
import type { ProbeResult } from "../../lib/result.ts";
import { CSV_COLUMNS, formatCsv } from "../../lib/report/csv.ts";
import { formatJson } from "../../lib/report/json.ts";
import { formatJsonLine } from "../../lib/text/json_line.ts";
import { goodResult, plainResult, refusedResult, truncatedResult } from "../report/_samples.ts";
import { defineProperty, type Property } from "./_property.ts";

const ROWS = [goodResult(), plainResult(), refusedResult(), truncatedResult()];

/** Matches text without terminal controls and line ends. */
// deno-lint-ignore no-control-regex -- control octets are what must not be there
const HARMLESS = /^[^\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/;

/** Replaces the strings in a value one after the other. */
function withTexts(value: unknown, next: () => string): unknown {
  if (typeof value === "string") return next();
  if (Array.isArray(value)) return value.map((element) => withTexts(element, next));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTexts(member, next)]));
}

/** Matches one cell of CSV (RFC 4180) and the separator after it. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;

/** Reads the cells of a line; throws if it is not CSV. */
function readCells(line: string): string[] {
  const cells: string[] = [];
  CELL.lastIndex = 0;
  for (let more = true; more;) {
    const [, quoted, plain, end] = CELL.exec(line) ?? [];
    if (end === undefined) throw new Error(`No cell after ${JSON.stringify(cells)}`);
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    more = end === ",";
  }
  return cells;
}

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(
      ...'\0\n\r\x1b\x7f\x85\x9b\u2028\u2029\u202e\ud800\udc00\ufeff"\\/é🦕<=+-@,\uff1d\x27',
    ),
  }),
);

const rows = fc.record({
  row: fc.nat({ max: ROWS.length - 1 }),
  texts: fc.array(text, { minLength: 1, maxLength: 12 }),
});

/** Makes a result with the given texts in place of its own. */
function resultOf({ row, texts }: { readonly row: number; readonly texts: readonly string[] }): ProbeResult {
  let count = 0;
  return withTexts(ROWS[row], () => texts[count++ % texts.length]!) as ProbeResult;
}

/** In the order of `--help`. */
export const rowProperties: readonly Property[] = [
  defineProperty({
    name: "json-row",
    claim: "formatJson() is one harmless line that is read back to an equal result, whatever a peer has sent",
    input: rows,
    check(input) {
      const result = resultOf(input);
      const line = formatJson(result);
      assertMatch(line, HARMLESS);
      assertEquals(JSON.parse(line), result);
    },
  }),
  defineProperty({
    name: "json-value",
    claim: "formatJsonLine() is one harmless line that is read back to an equal value",
    // JSON writes the negative zero as zero.
    input: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown),
    check(value) {
      const line = formatJsonLine(value);
      assertMatch(line, HARMLESS);
      assertEquals(JSON.parse(line), value);
    },
  }),
  defineProperty({
    name: "csv-row",
    claim:
      "formatCsv() is one harmless line with a cell for each column and no formula, whatever a peer has sent",
    input: rows,
    check(input) {
      const line = formatCsv(resultOf(input));
      assertMatch(line, HARMLESS);
      const cells = readCells(line);
      assertEquals(cells.length, CSV_COLUMNS.length);
      for (const cell of cells) assertNotMatch(cell, /^[=+@\t\uff1d\uff0b\uff0d\uff20]|^-(?![0-9.]+$)/);
    },
  }),
];
