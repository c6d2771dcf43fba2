import { assertEquals } from "@std/assert";
import { helpWidth, layOutRow, sentence, wrap } from "../../../lib/cli/help/help_lines.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[text: string, width: number, lines: string[]]>(
  "wrap() breaks lines at blanks, but not inside",
  [
    ["one two three", 9, ["one two", "three"]],
    ["write 'a b c' or so", 12, ["write", "'a b c' or", "so"]],
    ['say "a b c" or so', 10, ["say", '"a b c" or', "so"]],
    ["see https://example.com/a/very/long/path now", 10, [
      "see",
      "https://example.com/a/very/long/path",
      "now",
    ]],
    ["it takes 10 s more", 11, ["it takes", "10 s more"]],
    ["the same as --format json does", 18, ["the same as", "--format json does"]],
    ["so write -H 'A: b' here", 13, ["so write", "-H 'A: b'", "here"]],
    ["curl's -n reads .netrc", 12, ["curl's", "-n reads", ".netrc"]],
    ["FILE (- is stdout)", 8, ["FILE", "(- is", "stdout)"]],
    ['use { "a": 1, "b": 2 } here', 20, ["use", '{ "a": 1, "b": 2 }', "here"]],
    ['use { "a": 1, "b": 2 } here', 12, ['use { "a":', '1, "b": 2 }', "here"]],
    ["so write -H 'Content-Type: text/html'", 26, ["so write -H", "'Content-Type: text/html'"]],
  ],
  ([text, width, lines]) => assertEquals(wrap(text, 0, width), lines.map((line) => `${line}\n`).join("")),
  { permissions: "none" },
);

testRows<[columns: number, width: number]>(
  "helpWidth() stays between 40 and 120 columns",
  [[20, 40], [40, 40], [80, 80], [120, 120], [200, 120]],
  ([columns, width]) => assertEquals(helpWidth(columns), width),
  { permissions: "none" },
);

Deno.test(
  "layOutRow() puts the explanation below the term on a narrow terminal",
  { permissions: "none" },
  () => {
    assertEquals(layOutRow(["--name NAME", "a name"], 60), "  --name NAME              a name\n");
    assertEquals(layOutRow(["--name NAME", "a name"], 59), "  --name NAME\n      a name\n");
    assertEquals(
      layOutRow(["--a-very-long-name NAME", "a name"], 59),
      "  --a-very-long-name NAME\n      a name\n",
    );
  },
);

Deno.test("sentence() ends a question with its own mark", { permissions: "none" }, () => {
  assertEquals([sentence("does it?"), sentence("it does")], ["Does it?", "It does."]);
});
