import { assertEquals } from "@std/assert";
import { testRows } from "../_test_rows.ts";
import { findRowLoops } from "./_row_loops.ts";
import { listSources, ROOT } from "./_source_tree.ts";

const TESTS = listSources("tests/").filter((path) => path.endsWith("_test.ts"));

testRows(
  "tables have a test or a step for each row, so that the first failure hides no other",
  TESTS,
  (path) => {
    assertEquals(
      findRowLoops(path, Deno.readTextFileSync(new URL(path, ROOT))),
      [],
      "lines with such a loop",
    );
  },
);

testRows<[source: string, lines: number[]]>(
  "findRowLoops() finds a loop that asserts something about each row",
  [
    ["Deno.test('', () => {\n  for (const a of [1, 2]) assert(a);\n});", [2]],
    [
      "const ROWS = [1, 2];\nDeno.test('', () => {\n  for (const a of ROWS) {\n    assertEquals(a, 1);\n  }\n});",
      [3],
    ],
    [
      "Deno.test('', () => {\n  const rows = [1, 2] as const;\n  for (const a of rows.entries()) assert(a);\n});",
      [3],
    ],
    ["Deno.test('', () => {\n  for (const [a] of Object.entries({ b: 1, c: 2 })) assert(a);\n});", [2]],
    [
      "Deno.test('', () => {\n  for (const a of COMMANDS) check(a);\n});\nfunction check(a) {\n  assert(a);\n}",
      [2],
    ],
    ["function check() {\n  for (const a of [[1, 2], [3]].flat()) assert(a);\n}", [2]],
    // Rows become tests of their own.
    ["for (const a of [1, 2]) Deno.test(`${a}`, () => assert(a));", []],
    // The results of a search are not a table.
    ["Deno.test('', () => {\n  for (const a of read()) assert(a);\n});", []],
    // The loop asserts nothing about a single row.
    ["Deno.test('', () => {\n  for (const a of [1, 2]) add(a);\n  assert(sum);\n});", []],
  ],
  ([source, lines]) => assertEquals(findRowLoops("rows_test.ts", source), lines),
);
