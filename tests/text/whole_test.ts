import { assertEquals } from "@std/assert";
import { plain } from "../../lib/text/paint.ts";
import { layOutWhole, setLine } from "../../lib/text/whole.ts";
import { sgrPaint } from "./_sgr_paint.ts";
import { testRows } from "../_test_rows.ts";

const NAME = "http://a.test/with blanks";

testRows<[width: number, lines: string[]]>(
  "layOutWhole() never breaks the text, and moves it to a line of its own if it does not fit",
  [
    [29, [`200 ${NAME}`]],
    [28, ["200", `  ${NAME}`]],
    [33, [`200 ${NAME}`]],
    [10, ["200", `  ${NAME}`]],
    [Infinity, [`200 ${NAME}`]],
  ],
  ([width, lines]) => assertEquals(layOutWhole(["200", " "], NAME, { width, paint: plain }, 6), lines),
  { permissions: "none" },
);

testRows<[width: number, line: string]>(
  "layOutWhole() indents the text unless it fits only with fewer columns",
  [
    [31, `      ${NAME}`],
    [30, `  ${NAME}`],
  ],
  ([width, line]) => {
    const beginning = `200${" ".repeat(10)}`;
    assertEquals(layOutWhole([beginning], NAME, { width, paint: plain }, 6), ["200", line]);
  },
  { permissions: "none" },
);

Deno.test("layOutWhole() counts the columns of wide characters", { permissions: "none" }, () => {
  assertEquals(layOutWhole(["200 "], "日本語", { width: 10, paint: plain }, 6), ["200 日本語"]);
  assertEquals(layOutWhole(["200 "], "日本語", { width: 9, paint: plain }, 6), ["200", "  日本語"]);
});

Deno.test("setLine() escapes what a peer sent, and paints only the text", { permissions: "none" }, () => {
  assertEquals(
    setLine([["good", "200"], "  a\n\x1b[2J", " "], sgrPaint),
    "\x1b[32m200\x1b[39m  a\\n\\x1b[2J",
  );
});
