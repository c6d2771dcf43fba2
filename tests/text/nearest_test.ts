import { assertEquals } from "@std/assert";
import { adviseNearest, editDistance, nearest } from "../../lib/text/nearest.ts";
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

const MANY = [
  "conn",
  "request",
  "sni",
  "json",
  "head",
  "help",
  "user",
  "reuse",
  "once",
  "only",
  "max-time",
  "header",
  "cert",
];

testRows<[word: string, names: readonly string[], advice: string | undefined]>(
  "adviseNearest() names the one that is near enough, all of a few, or the three nearest",
  [
    ["jsno", MANY, "the nearest one is json"],
    ["JSON", MANY, "the nearest one is json"],
    ["max-tim", MANY, "the nearest one is max-time"],
    ["requests", MANY, "the nearest one is request"],
    ["onec", ["once-only", "help"], "the nearest one is once-only"],
    ["foo", ["fin", "open"], "there are fin and open"],
    ["idx", ["index", "count"], "the nearest one is index"],
    ["max", MANY, "the nearest one is max-time"],
    ["port", MANY, "the nearest ones are cert, conn and sni"],
    ["zz", ["a", "b"], "there are a and b"],
    ["a", ["b"], "there is only b"],
    ["a", [], undefined],
  ],
  ([word, names, advice]) => assertEquals(adviseNearest(word, names), advice),
  { permissions: "none" },
);

Deno.test("adviseNearest() writes names as asked, and gives no list if only a near one helps", {
  permissions: "none",
}, () => {
  assertEquals(adviseNearest("jsn", MANY, { write: (name) => `--${name}` }), "the nearest one is --json");
  assertEquals(adviseNearest("port", MANY, { onlyNear: true }), undefined);
});
