import { assertEquals, assertThrows } from "@std/assert";
import { type HeaderChange, headerChanges, type HeadersInput } from "../../lib/probe/header_changes.ts";
import { testRows } from "../_test_rows.ts";

testRows<[form: string, headers: HeadersInput, changes: HeaderChange[]]>(
  "headerChanges() reads every form of header fields",
  [
    ["a record, in its order and case", { "X-b": "1", "x-A": "" }, [["X-b", "1"], ["x-A", ""]]],
    ["a record that removes", { Host: null, Accept: undefined }, [["Host", undefined], [
      "Accept",
      undefined,
    ]]],
    ["pairs, duplicates kept", [["X-b", "1"], ["A", "2"], ["x-B", "3"]], [
      ["X-b", "1"],
      ["A", "2"],
      ["x-B", "3"],
    ]],
    ["pairs that remove", [["Host", null], ["Accept", undefined]], [["Host", undefined], [
      "Accept",
      undefined,
    ]]],
    ["Headers", new Headers({ "X-b": "1", "A": "2" }), [["a", "2"], ["x-b", "1"]]],
    ["Headers with several lines of a name", new Headers([["set-cookie", "a=1"], ["set-cookie", "b"]]), [
      ["set-cookie", "a=1"],
      ["set-cookie", "b"],
    ]],
    ["nothing", {}, []],
  ],
  ([, headers, changes]) => assertEquals(headerChanges(headers), changes),
  { permissions: "none" },
);

testRows<[headers: unknown, message: string]>(
  "headerChanges() refuses values that are not fields",
  [
    ["X: 1", "Cannot send string as header fields: use a record, Headers or pairs"],
    [null, "use a record, Headers or pairs"],
    [["X: 1"], 'Cannot send "X: 1" as a header field: use a pair of two strings'],
    [[{ name: "X", value: "1" }], 'Cannot send {"name":"X","value":"1"} as a header field'],
    [[["X"]], 'Cannot send ["X"] as a header field'],
    [[["X", "1", "2"]], 'Cannot send ["X","1","2"] as a header field'],
    [{ "X-Count": 1 }, 'Cannot send ["X-Count",1] as a header field'],
    [{ "X-List": ["a", "b"] }, 'Cannot send ["X-List",["a","b"]] as a header field'],
  ],
  ([headers, message]) => {
    assertThrows(() => headerChanges(headers as HeadersInput), TypeError, message);
  },
  { permissions: "none" },
);
