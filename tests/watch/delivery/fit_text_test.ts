import { assertEquals } from "@std/assert";
import { fitText, oneLine, utf8Length } from "../../../lib/watch/delivery/fit_text.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[text: string, limit: number, fitted: string]>(
  "fitText() cuts between characters and escape sequences",
  [
    ["abc", 3, "abc"],
    ["abcd", 3, "ab…"],
    ["&", 5, "&amp;"],
    ["&&", 9, "&amp;…"],
    ["&&", 5, "…"],
    ["a😀b", 3, "a…"],
    ["😀", 2, "😀"],
    ["\ud800", 5, "\ufffd"],
    ["", 3, ""],
  ],
  ([text, limit, fitted]) => {
    assertEquals(fitText(text, limit, { escape: (it) => it === "&" ? "&amp;" : it }), fitted);
  },
  { permissions: "none" },
);

Deno.test("fitText() measures bytes, too", { permissions: "none" }, () => {
  assertEquals(fitText("ééé", 6, { measure: utf8Length }), "ééé");
  assertEquals(fitText("éééé", 6, { measure: utf8Length }), "é…");
  assertEquals(fitText("😀😀", 7, { measure: utf8Length }), "😀…");
});

Deno.test("oneLine() has no line ends", { permissions: "none" }, () => {
  assertEquals(oneLine("a\r\n\tb\u2028c\0 "), "a b c");
});
