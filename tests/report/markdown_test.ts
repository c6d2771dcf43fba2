import { assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import type { CheckOutcome } from "../../lib/report/check_outcome.ts";
import {
  checkMarkdownFormatter,
  formatMarkdownHeader,
  formatMarkdownRow,
} from "../../lib/report/markdown.ts";
import { degradedOutcome, ENDING, goodResult, hostileOutcome, hostileResult, outcomeOf } from "./_samples.ts";
import { stepRows, testRows } from "../_test_rows.ts";

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

testRows<[check: CheckOutcome, first: string, last: string]>(
  "checkMarkdownFormatter() shows the verdict and its cause",
  [
    [outcomeOf("up"), "| shop | up |", "| 0 |  |\n"],
    [degradedOutcome(), "| shop | degraded |", "| not chain.total &#60; 1s (found 1.2 s) |\n"],
    [outcomeOf("down"), "| shop | down |", "| why it is down |\n"],
    [
      outcomeOf("down", { excluded: "maintenance" }),
      "| shop | down |",
      "| in maintenance, why it is down |\n",
    ],
    [
      outcomeOf("up", { certificate: ENDING }),
      "| shop | up |",
      "| the certificate CN=Old CA of https&#58;//first.test/ expires in 5 days, on 2026-03-06 |\n",
    ],
  ],
  ([check, first, last]) => {
    const row = checkMarkdownFormatter().row(goodResult(), { check });
    assertEquals([row.slice(0, first.length), row.slice(-last.length)], [first, last]);
  },
  { permissions: "none" },
);

Deno.test("checkMarkdownFormatter() has as many cells in each row as in its header", {
  permissions: "none",
}, () => {
  const table = checkMarkdownFormatter();
  const [titles = "", rules = ""] = table.begin().split("\n");
  const row = table.row(hostileResult(), { check: hostileOutcome() });
  assertEquals([bars(rules), bars(row)], [bars(titles), bars(titles)]);
  assertFalse(/[<>*`[\]]|[^&]#|&amp;/.test(row.slice(2)), row);
});
