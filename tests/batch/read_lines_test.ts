import { assertEquals } from "@std/assert";
import { LONGEST_LINE, readLines } from "../../lib/batch/read_lines.ts";
import { stepRows } from "../_test_rows.ts";

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(new TextEncoder().encode(text));
}

async function read(longest: number | undefined, ...texts: string[]): Promise<[string, number, boolean][]> {
  const read: [string, number, boolean][] = [];
  for await (const lines of readLines(pieces(...texts), longest)) {
    for (const { text, number, cut } of lines) read.push([text, number, cut]);
  }
  return read;
}

Deno.test("readLines() cuts a line that exceeds the maximum length, and continues after it", async (test) => {
  const rows: [texts: string[], lines: [text: string, number: number, cut: boolean][]][] = [
    [["abcd\n"], [["abcd", 1, false]]],
    [["abcde\nx\n"], [["abcd", 1, true], ["x", 2, false]]],
    [["ab", "cd", "\nx"], [["abcd", 1, false], ["x", 2, false]]],
    [["ab", "cd", "e", "fg\n", "x"], [["abcd", 1, true], ["x", 2, false]]],
    [["abcde"], [["abcd", 1, true]]],
    [["abc\r", "\nx\r\n\n"], [["abc", 1, false], ["x", 2, false], ["", 3, false]]],
  ];
  await stepRows(test, rows, async ([texts, lines]) => {
    assertEquals(await read(4, ...texts), lines, JSON.stringify(texts));
  });
  const [line] = await read(undefined, "x".repeat(LONGEST_LINE) + "\n");
  assertEquals([line?.[0].length, line?.[2]], [LONGEST_LINE, false]);
});
