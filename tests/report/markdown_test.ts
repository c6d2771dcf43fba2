import { assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { formatMarkdownHeader, formatMarkdownRow } from "../../lib/report/markdown.ts";
import { goodResult, hostileResult } from "./_samples.ts";
import { stepRows } from "../_test_rows.ts";

const bars = (line: string) => line.split("|").length;

Deno.test("formatMarkdownRow() has as many cells as the header, whatever a peer sends", {
  permissions: "none",
}, async (test) => {
  const [titles, rules] = formatMarkdownHeader().split("\n") as [string, string];
  assertEquals(bars(rules), bars(titles));
  const evil = "|\\|`<b>*_[x](y)~@user&amp;\n";
  const rows = [goodResult(), hostileResult(), goodResult({ input: evil, headers: [["Server", evil]] })];
  await stepRows(test, rows, (result) => {
    const row = formatMarkdownRow(result);
    assertEquals(bars(row), bars(titles), row);
    assertFalse(/[<>*`[\]\n]|[^&]#|&amp;/.test(row.slice(2)), row);
  });
  assertStringIncludes(formatMarkdownRow(goodResult({ input: "http://a/b" })), "| http://a/b | 200 |");
  const tagged = goodResult({ input: "http://a/b", tag: "a | b" });
  assertStringIncludes(formatMarkdownRow(tagged, { tagged: true }), "| a &#124; b | http://a/b | 200 |");
  assertMatch(formatMarkdownHeader({ tagged: true }), /^\| check \| input \| [^]*\n\| --- \| --- \|/);
});
