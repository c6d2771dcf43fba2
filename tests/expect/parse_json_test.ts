import { assertEquals, assertThrows } from "@std/assert";
import fc from "../fast_check.ts";
import { checkResult, parseExpectation } from "../../lib/expect.ts";
import { prepareChecks } from "../../lib/expect/check_result.ts";
import { JsonSyntaxError } from "../../lib/expect/json/syntax_error.ts";
import { parseJson } from "../../lib/expect/parse_json.ts";
import { callAfter } from "../../lib/time/timer.ts";
import { goodResult } from "../report/_samples.ts";
import { stepRows, testRows } from "../_test_rows.ts";

const NO_JSON: readonly [text: string, message: string][] = [
  ["", "line 1, column 1: the text ends where a value is expected"],
  ["tru", 'line 1, column 1: "t" stands where a value is expected'],
  ["[1 2]", 'line 1, column 4: "2" stands where "," or "]" is expected'],
  ["[1,]", 'line 1, column 4: "]" stands where a value is expected'],
  ['{"a":1,}', 'line 1, column 8: "}" stands where a name in double quotes is expected'],
  ['{"a" 1}', 'line 1, column 6: "1" stands where ":" is expected'],
  ["{'a':1}", `line 1, column 2: "'" stands where a name in double quotes is expected`],
  ['{\r\n"a": 1,\r\n  "b": nope\r\n}', 'line 3, column 8: "n" stands where a value is expected'],
  ["[1,\n2,\r3\n", 'line 4, column 1: the text ends where "," or "]" is expected'],
  ['["😀", x]', 'line 1, column 7: "x" stands where a value is expected'],
  ["01", 'line 1, column 2: "1" stands where the end of the text is expected'],
  ["+1", 'line 1, column 1: "+" stands where a value is expected'],
  [".5", 'line 1, column 1: "." stands where a value is expected'],
  ["1.", "line 1, column 3: the text ends where a digit is expected"],
  ["1e+", "line 1, column 4: the text ends where a digit is expected"],
  ["-x", 'line 1, column 2: "x" stands where a digit is expected'],
  ["NaN", 'line 1, column 1: "N" stands where a value is expected'],
  ['"a\\x"', 'line 1, column 3: "\\\\" stands where an escape of JSON is expected'],
  [
    '"a\tb"',
    'line 1, column 3: "\\t" stands where a character of the string or its closing quote is expected',
  ],
  [
    '"abc',
    "line 1, column 5: the text ends where a character of the string or its closing quote is expected",
  ],
  ["1 1", 'line 1, column 3: "1" stands where the end of the text is expected'],
  ["\u00a01", 'line 1, column 1: "\u00a0" stands where a value is expected'],
];

testRows(
  "parseJson() names the place of a mistake, and what JSON expects there",
  NO_JSON,
  ([text, message]) => {
    assertThrows(() => JSON.parse(text), SyntaxError, "", text);
    assertEquals(assertThrows(() => parseJson(text), JsonSyntaxError).message, message);
  },
  { permissions: "none" },
);

Deno.test(
  "parseJson() agrees with JSON.parse",
  { permissions: "none" },
  async (test) => {
    const texts = [
      ' { "a" : [ ] , "b" : { } , "a" : null } ',
      '{"__proto__":5,"constructor":{"__proto__":[1]}}',
      '["\\u00e9\\ud83d\\ude00\\ud83d","\\\\\\"\\/\\b\\f\\n\\r\\t","\u2028\x7f"]',
      '"x"',
      "true",
      "\t\n\r null \n",
      "[[[],[[]]],{}]",
    ];
    await stepRows(test, texts, (text) => {
      assertEquals(parseJson(text), JSON.parse(text), text);
      assertEquals(JSON.stringify(parseJson(text)), JSON.stringify(JSON.parse(text)), text);
    });
    fc.assert(
      fc.property(
        fc.json(),
        (text) =>
          assertEquals(
            JSON.stringify(JSON.parse(JSON.stringify(parseJson(text)))),
            JSON.stringify(JSON.parse(text)),
          ),
      ),
      { seed: 1, numRuns: 300 },
    );
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom("", '"', "{", "]", ",", "0", "e", "\\"),
        (text, at, put) => {
          const bent = text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1);
          let valid = true;
          try {
            JSON.parse(bent);
          } catch {
            valid = false;
          }
          if (valid) parseJson(bent);
          else assertThrows(() => parseJson(bent), JsonSyntaxError, "", bent);
        },
      ),
      { seed: 2, numRuns: 1_000 },
    );
  },
);

Deno.test("parseJson() reads a text that consists only of brackets", { permissions: "none" }, () => {
  const depth = 200_000;
  let place = parseJson("[".repeat(depth) + "]".repeat(depth));
  let seen = 0;
  for (; Array.isArray(place); seen++) place = place[0];
  assertEquals(seen, depth);
  assertThrows(() => parseJson("[".repeat(depth)), JsonSyntaxError, `column ${depth + 1}: the text ends`);
});

Deno.test("parseJson() preserves every number that JavaScript would write differently", {
  permissions: "none",
}, async (test) => {
  const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${count}}$`));
  const number = fc.tuple(
    fc.constantFrom("", "-"),
    fc.oneof(fc.constant("0"), digits(24).map((it) => `${1 + Number(it[0]) % 9}${it}`)),
    fc.oneof(fc.constant(""), digits(24).map((it) => `.${it}`), digits(3).map((it) => `.00000${it}`)),
    fc.oneof(
      fc.constant(""),
      fc.tuple(fc.constantFrom("e", "E"), fc.constantFrom("", "+", "-"), digits(3)).map((it) => it.join("")),
    ),
  ).map((it) => it.join(""));
  const own = fc.double({ noNaN: true, noDefaultInfinity: true }).map(String);
  const short = fc.integer({ min: -1_000_000_000_000_000, max: 1_000_000_000_000_000 }).map(String);
  fc.assert(
    fc.property(fc.oneof(number, own, short), (text) => {
      const read = parseJson(text);
      assertEquals(typeof read, String(Number(text)) === text ? "number" : "object", text);
      assertEquals(String(read), text);
      assertEquals(JSON.stringify(parseJson(`[${text} ,{"a":${text}}]`)), `[${text},{"a":${text}}]`);
    }),
    { seed: 3, numRuns: 3_000 },
  );
  await stepRows(
    test,
    ["-", "-.", "1.e1", "1e", "1e-", "-e1", "00", "-01", "1.2.3", "1e1.", "1e1e1", "0x1"],
    (text) => {
      assertThrows(() => parseJson(text), JsonSyntaxError, "", text);
    },
  );
});

testRows<[text: string, reason: string | undefined, actual: unknown]>(
  "prepareChecks() lets the event loop turn while it parses a long body",
  [
    [`[${"1.10,".repeat(200_000)}7]`, undefined, 7],
    [
      `[${'{"a":[1]},'.repeat(50_000)}7`,
      'the body is not JSON: line 1, column 500003: the text ends where "," or "]" is expected',
      undefined,
    ],
    ["[7]", undefined, 7],
  ],
  async ([text, reason, actual]) => {
    const body = {
      framing: "none" as const,
      bytes: text.length,
      wireBytes: text.length,
      complete: true,
      trailers: [],
      text,
    };
    const result = { ...goodResult(), body };
    const expectations = ["json[-1] == 7", "status == 200"].map((it) => parseExpectation(it));
    let turns = 0;
    let over = false;
    const turn = (): void => {
      turns++;
      if (!over) callAfter(0, turn);
    };
    callAfter(0, turn);
    await prepareChecks(result, expectations);
    over = true;
    assertEquals(turns > 5, text.length > 1000, `${turns} turns`);
    // The same for a copy, as checks are made of one.
    const [check] = checkResult({ ...result, tag: "a" }, expectations);
    assertEquals([check?.ok, check?.reason, check?.actual && Number(check.actual)], [
      actual === 7,
      reason,
      actual,
    ]);
    await new Promise<void>((resolve) => callAfter(1, resolve));
  },
);
