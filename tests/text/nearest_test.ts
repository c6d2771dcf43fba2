import { assertEquals } from "@std/assert";
import { editDistance, nearest } from "../../lib/text/nearest.ts";
import { testRows } from "../_test_rows.ts";

testRows<[from: string, to: string, distance: number]>(
  "editDistance() counts insertions, deletions, substitutions and swaps",
  [
    ["", "", 0],
    ["", "abc", 3],
    ["probe", "probe", 0],
    ["prob", "probe", 1],
    ["probee", "probe", 1],
    ["prope", "probe", 1],
    ["porbe", "probe", 1],
    ["bacth", "batch", 1],
    ["kitten", "sitting", 3],
    ["ca", "abc", 3],
  ],
  ([from, to, distance]) => {
    assertEquals(editDistance(from, to), distance, `${from} → ${to}`);
    assertEquals(editDistance(to, from), distance, `${to} → ${from}`);
  },
  { permissions: "none" },
);

testRows<[word: string, meant: string]>(
  "nearest() counts two swapped letters as one error",
  [["jsno", "json"], ["hepl", "help"], ["reues", "reuse"], ["onyl", "only"]],
  ([word, meant]) => {
    const flags = ["conn", "request", "sni", "json", "head", "help", "user", "reuse", "once", "only"];
    assertEquals(nearest(word, flags), { word: meant, distance: 1 });
  },
  { permissions: "none" },
);

Deno.test("nearest() takes the first of equally near words", { permissions: "none" }, () => {
  assertEquals(nearest("cart", ["cat", "car", "dog"]), { word: "cat", distance: 1 });
  assertEquals(nearest("cat", []), undefined);
});
