import { assertEquals } from "@std/assert";
import { bold, escapeRoff, paragraph, prose, wholeLine } from "../../../../lib/cli/commands/man/roff.ts";
import { testRows } from "../../../_test_rows.ts";

testRows<[text: string, escaped: string]>(
  "escapeRoff() protects what roff would read as something else",
  [
    ["--max-time 5s", "\\-\\-max\\-time 5s"],
    ["'PING\\r\\n'", "\\(aqPING\\er\\en\\(aq"],
    ['"a" `b` ~c ^d', "\\(dqa\\(dq \\(gab\\(ga \\(tic \\(had"],
    ["4s … 5m", "4s ... 5m"],
    ["é 😀", "\\[u00E9] \\[u1F600]"],
  ],
  ([text, escaped]) => assertEquals(escapeRoff(text), escaped),
  { permissions: "none" },
);

testRows<[text: string, source: string]>(
  "prose() keeps examples, flags with their values, and numbers with their units together",
  [
    ["write -H 'Referer: URL' instead", "write \\-H\\ \\(aqReferer:\\ URL\\(aq instead"],
    ["in 12 s or more", "in 12\\ s or more"],
    ["plain words", "plain words"],
  ],
  ([text, source]) => assertEquals(prose(text), source),
  { permissions: "none" },
);

Deno.test("paragraph() begins no line of the source with a dot", { permissions: "none" }, () => {
  assertEquals(paragraph(`${"x".repeat(76)} .hidden`), `${"x".repeat(76)}\n\\&.hidden\n`);
});

Deno.test("wholeLine() continues a long line of the page in the next line of the source", {
  permissions: "none",
}, () => {
  assertEquals(
    wholeLine(bold(`${"x".repeat(60)} ${"y".repeat(60)}`)),
    `\\fB${"x".repeat(60)} \\\n${"y".repeat(60)}\\fR\n`,
  );
});
