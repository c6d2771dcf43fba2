/**
 * Rows of JSON and what reads them.
 *
 * @module
 */

import { assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";
import type { ProbeResult } from "../../lib/result.ts";
import { formatJson, formatJsonLine } from "../../lib/report/json.ts";
import { goodResult, plainResult, refusedResult, truncatedResult } from "../report/_samples.ts";
import { defineProperty, type Property } from "./_property.ts";

const ROWS = [goodResult(), plainResult(), refusedResult(), truncatedResult()];

/** Nothing that a terminal acts on, nor ends a line for anybody. */
// deno-lint-ignore no-control-regex -- control octets are what must not be there
const HARMLESS = /^[^\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/;

/** The value with its strings replaced, one after the other. */
function withTexts(value: unknown, next: () => string): unknown {
  if (typeof value === "string") return next();
  if (Array.isArray(value)) return value.map((element) => withTexts(element, next));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTexts(member, next)]));
}

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(...'\0\n\r\x1b\x7f\x85\x9b\u2028\u2029\u202e\ud800\udc00\ufeff"\\/é🦕<'),
  }),
);

/** In the order of `--help`. */
export const jsonProperties: readonly Property[] = [
  defineProperty({
    name: "json-row",
    claim: "formatJson() is one harmless line that is read back to an equal result, whatever a peer has sent",
    input: fc.record({
      row: fc.nat({ max: ROWS.length - 1 }),
      texts: fc.array(text, { minLength: 1, maxLength: 12 }),
    }),
    check({ row, texts }) {
      let count = 0;
      const result = withTexts(ROWS[row], () => texts[count++ % texts.length]!) as ProbeResult;
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
];
