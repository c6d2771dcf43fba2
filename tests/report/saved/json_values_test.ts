import { assertEquals } from "@std/assert";
import { type JsonPiece, JsonValues } from "../../../lib/report/saved/json_values.ts";
import { testRows } from "../../_test_rows.ts";

/** Reads a text in pieces of a size, in a short notation: `1 {"a":1}` is a value of line 1. */
function read(text: string, size: number): string[] {
  const values = new JsonValues();
  const pieces: JsonPiece[] = [];
  for (let at = 0; at < text.length; at += size) pieces.push(...values.push(text.slice(at, at + size)));
  pieces.push(...values.end());
  return pieces.map((piece) =>
    `${piece.line} ${"fault" in piece ? piece.fault : JSON.stringify(piece.value)}`
  );
}

const A = '{"schema":1,"a":"x"}';
const B = '{"schema":1,"b":[{"c":"]}"}]}';
const TORN = "is cut off or damaged";

testRows<[name: string, text: string, ...expected: string[]]>(
  "JsonValues gives values and faults with their lines, however the text is cut",
  [
    ["a value a line", `${A}\n${B}\n`, `1 ${A}`, `2 ${B}`],
    ["CR LF, empty lines and no line feed at the end", `\r\n${A}\r\n\r\n${B}`, `2 ${A}`, `4 ${B}`],
    ["a byte order mark between two files", `${A}\n\ufeff${B}\n`, `1 ${A}`, `2 ${B}`],
    ["an array in one line", `[${A},${B}]`, `1 ${A}`, `1 ${B}`],
    ["an array with a value a line", `[\n${A},\n${B}\n]\n${A}\n`, `2 ${A}`, `3 ${B}`, `5 ${A}`],
    ["an array over many lines", JSON.stringify([JSON.parse(A), 2], null, 2), `2 ${A}`, "6 2"],
    ["values over many lines", `${JSON.stringify(JSON.parse(B), null, 2)}\n${A}\n`, `1 ${B}`, `9 ${A}`],
    ["two values in a line", `${A}${B} ${A}\n`, `1 ${A}`, `1 ${B}`, `1 ${A}`],
    [
      "numbers, words and texts",
      `1\n"a\\"b"\nnull\n[true,-2.5]`,
      "1 1",
      '2 "a\\"b"',
      "3 null",
      "4 true",
      "4 -2.5",
    ],
    ["an empty array and an empty file", "[]\n[ ]\n"],
    [
      "a row that is cut within a string",
      `${A}\n{"schema":1,"a":"xy\n${B}\n`,
      `1 ${A}`,
      `2 ${TORN}`,
      `3 ${B}`,
    ],
    ["a row that is cut between two values", `{"schema":1,\n${B}\n`, `1 ${TORN}`, `2 ${B}`],
    ["a row that is cut at the end", `${A}\n{"schema":1,"a":"x`, `1 ${A}`, `2 ${TORN}`],
    [
      "a row behind a torn one in its line",
      `{"schema":1,"a":"x${B}\n${A}\n`,
      `1 ${TORN}`,
      `1 ${B}`,
      `2 ${A}`,
    ],
    [
      "a row behind more torn ones than are tried",
      `${'{"schema":'.repeat(60)}${B}\n${A}\n`,
      `1 ${TORN}`,
      `2 ${A}`,
    ],
    ["a row with a wrong bracket", `{"schema":1,"a":[1}\n${A}\n`, `1 ${TORN}`, `2 ${A}`],
    ["a row without a comma", `{"schema":1 "a":1}\n${A}\n`, `1 ${TORN}`, `2 ${A}`],
    ["another text", `status 200\n${A}\nend`, "1 is not JSON", `2 ${A}`, "3 is not JSON"],
    ["text behind a value", `${A} oops\n${B}\n`, `1 ${A}`, "1 is not JSON", `2 ${B}`],
    [
      "brackets and commas alone",
      `]\n,\n}\n${A}\n`,
      "1 is not JSON",
      "2 is not JSON",
      "3 is not JSON",
      `4 ${A}`,
    ],
    ["an array that is cut", `[${A},\n{"schema":1,"b`, `1 ${A}`, `2 ${TORN}`],
    ["a torn row in an array", `[${A},\n{"a":"x\n${B}]`, `1 ${A}`, `2 ${TORN}`, `3 ${B}`],
  ],
  ([_, text, ...expected]) => {
    assertEquals(read(text, text.length + 1), expected);
    assertEquals(read(text, 1), expected);
    assertEquals(read(text, 7), expected);
  },
  { permissions: "none" },
);

Deno.test(
  "JsonValues skips a value that is too long, and reads on behind it",
  { permissions: "none" },
  () => {
    const long = "x".repeat(2 ** 24);
    const values = new JsonValues();
    const pieces = [...values.push('{"a":"')];
    for (let count = 0; count < 17; count++) pieces.push(...values.push(long));
    pieces.push(...values.push(`"}\n${A}\n`), ...values.end());
    assertEquals(pieces, [{ line: 1, fault: "is longer than 128 MiB" }, { line: 2, value: JSON.parse(A) }]);
  },
);
