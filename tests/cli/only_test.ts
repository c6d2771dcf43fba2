import { assertEquals, assertThrows } from "@std/assert";
import {
  chooseWanted,
  describeNotFound,
  describeUnknown,
  parseWanted,
  wantedNames,
} from "../../lib/cli/only.ts";
import { testRows } from "../_test_rows.ts";

const CHECKS = [
  { name: "a,b", tags: ["x"] },
  { name: "a", tags: [] },
  { name: "b", tags: ["x", "y,z"] },
  { name: "c\\d", tags: [] },
];

testRows<[wanted: string[], chosen: string[]]>("chooseWanted() takes a whole value before its parts", [
  [[], ["a,b", "a", "b", "c\\d"]],
  [["a"], ["a"]],
  [["a,b"], ["a,b"]],
  [["b,a"], ["a", "b"]],
  [["a", "b"], ["a", "b"]],
  [["a,b", "a"], ["a,b", "a"]],
  [["a\\,b"], ["a,b"]],
  [["a\\,b,b"], ["a,b", "b"]],
  [["x"], ["a,b", "b"]],
  [["y,z"], ["b"]],
  [["y\\,z, a"], ["a", "b"]],
  [["c\\d"], ["c\\d"]],
  [["c\\\\d,a"], ["a", "c\\d"]],
  [["c\\d,a"], ["a", "c\\d"]],
  [["q"], []],
], ([wanted, chosen]) => {
  assertEquals(chooseWanted(wanted.map(parseWanted), CHECKS).map(({ name }) => name), chosen);
}, { permissions: "none" });

testRows("parseWanted() refuses empty names", ["", ",", "a,", ",a", "a,,b", "a, ,b"], (text) => {
  assertThrows(() => parseWanted(text), SyntaxError, `Cannot parse list "${text}"`);
}, { permissions: "none" });

Deno.test("wantedNames() lists whole values and their parts once", { permissions: "none" }, () => {
  assertEquals(wantedNames(["a,b", "a"].map(parseWanted)), ["a,b", "a", "b"]);
});

Deno.test("describeNotFound() names the nearest check", { permissions: "none" }, () => {
  const wanted = [parseWanted("shpo,q")];
  assertEquals(
    describeNotFound(wanted, [{ name: "blog", tags: [] }, { name: "x", tags: ["shop"] }]),
    "no check has one of the names or tags shpo,q: the nearest one is shop",
  );
  assertEquals(describeNotFound(wanted, []), "no check has one of the names or tags shpo,q");
});

testRows<[wanted: string[], unknown: string[]]>("describeUnknown() names what chose no check", [
  [["a"], []],
  [["a,b"], []],
  [["a,shop"], ["--only: no check has the name or tag shop"]],
  [["a", "y", "q,q"], ["--only: no check has the name or tag y", "--only: no check has the name or tag q"]],
], ([wanted, unknown]) => {
  assertEquals(describeUnknown(wanted.map(parseWanted), CHECKS), unknown);
}, { permissions: "none" });
