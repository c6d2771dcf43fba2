import { assertEquals } from "@std/assert";
import { fieldValues, listElements, splitList } from "../../lib/http/field_list.ts";

const lists: readonly (readonly [value: string, elements: readonly string[]])[] = [
  ["", [""]],
  ["a", ["a"]],
  [" \ta\t ", ["a"]],
  ["a,b , c", ["a", "b", "c"]],
  [",a,,", ["", "a", "", ""]],
  ['a="b,c",d', ['a="b,c"', "d"]],
  ['"a\\",b",c', ['"a\\",b"', "c"]],
  ['"a,b', ['"a,b']],
  ["\xa0a\xa0,\x85", ["\xa0a\xa0", "\x85"]],
];

for (const [value, elements] of lists) {
  Deno.test({
    name: `splitList() splits ${JSON.stringify(value)}`,
    permissions: "none",
    fn: () => assertEquals(splitList(value), [...elements]),
  });
}

Deno.test({
  name: "fieldValues() and listElements() combine the lines of a name case-insensitively",
  permissions: "none",
  fn() {
    const fields: [string, string][] = [["A", "X, y"], ["b", "z"], ["a", ",Z"]];
    assertEquals(fieldValues(fields, "a"), ["X, y", ",Z"]);
    assertEquals(listElements(fields, "A"), ["x", "y", "z"]);
    assertEquals(fieldValues(fields, "c"), []);
  },
});
