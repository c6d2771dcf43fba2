import { assert, assertEquals } from "@std/assert";
import { placeIn } from "../../../lib/watch/redaction/reading.ts";
import { readingsOf } from "../../../lib/watch/redaction/readings.ts";
import { testRows } from "../../_test_rows.ts";

const FILLING = ".;".repeat(10_000);

testRows<[written: string, decoded: string]>(
  "readingsOf() reads again only what a decoder changed, and leads back to it",
  [
    ["a%41%42c", "aABc"],
    ["a\\u0041c&#66;d", "aAcBd"],
    ["a\xc3\xa4c", "a\u00e4c"],
    ["a=41=42c", "aABc"],
    ["a%2541c", "aAc"],
  ],
  ([written, decoded]) => {
    const text = `${FILLING}(${written})${FILLING}(${written})${FILLING}`;
    const readings = [...readingsOf(text)];
    const places = readings.flatMap((reading) =>
      [...reading.text.matchAll(/\(.*?\)/g)].filter(({ 0: found }) => found === `(${decoded})`)
        .map(({ 0: found, index }) => placeIn(reading, { start: index, end: index + found.length }))
    );
    const second = FILLING.length * 2 + written.length + 2;
    assertEquals(places.slice(0, 2), [
      { start: FILLING.length, end: FILLING.length + written.length + 2 },
      { start: second, end: second + written.length + 2 },
    ]);
    // Pairs of octets take a text as a whole, in four ways of half its length each.
    const pairs = /[\x80-\xff]/.test(written) ? 2 * text.length : 0;
    const length = readings.reduce((sum, reading) => sum + reading.text.length, 0);
    assert(length < text.length * 1.3 + pairs, `${length}`);
  },
  { permissions: "none" },
);
