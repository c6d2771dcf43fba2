import { assertEquals, assertThrows } from "@std/assert";
import { parseTaskJson } from "../../../lib/watch/tasks/parse_task_json.ts";
import { testRows } from "../../_test_rows.ts";

Deno.test("parseTaskJson() gives the value of JSON", { permissions: "none" }, () => {
  assertEquals(parseTaskJson('[{"retries": 1.0}, {"retries": 2}]', "a"), [{ retries: 1 }, { retries: 2 }]);
});

testRows<[text: string, message: string]>(
  "parseTaskJson() says in one line where a text is not JSON, and what to do",
  [
    [
      "// a\n[]",
      'it is not JSON: line 1, column 1: "/" stands where a value is expected; JSON has no comments, but a task file in TypeScript may have them',
    ],
    [
      '[\n  "ü", /* b */ 1]',
      'it is not JSON: line 2, column 8: "/" stands where a value is expected; JSON has no comments, but a task file in TypeScript may have them',
    ],
    [
      "checks: # c\n  - url: a",
      'it is not JSON: line 1, column 1: "c" stands where a value is expected',
    ],
    ...["h.test\n", "h:80\n", "https://h.test/"].map((text): [string, string] => [
      text,
      `it is not JSON: line 1, column 1: "h" stands where a value is expected; a task file is a list of checks, as in [{ "url": "https://example.com/" }]; for a list of hosts write sonde batch`,
    ]),
    [
      "\n127.0.0.1\n",
      'it is not JSON: line 2, column 6: "." stands where the end of the text is expected; a task file is a list of checks, as in [{ "url": "https://example.com/" }]; for a list of hosts write sonde batch',
    ],
    [
      '[{"url": "a",\n}]',
      'it is not JSON: line 2, column 1: "}" stands where a name in double quotes is expected; leave out the comma before it',
    ],
    [
      '[{"url": "a"}, ]',
      'it is not JSON: line 1, column 16: "]" stands where a value is expected; leave out the comma before it',
    ],
    [
      "[{'url': 'a'}]",
      'it is not JSON: line 1, column 3: "\'" stands where a name in double quotes is expected; JSON needs "',
    ],
    ['[{"url": "a"}', 'it is not JSON: line 1, column 14: the text ends where "," or "]" is expected'],
    [
      '[{"url": "a",\n  "expect": ["status == 200"],\n  "expect": []}]',
      'line 3, column 3: "expect" stands again where another name is expected',
    ],
    [
      '[{"a": {"b": 1, "a": 2}, "\\u0061": 3}]',
      'line 1, column 26: "a" stands again where another name is expected',
    ],
    ["[]\r\n]", 'it is not JSON: line 2, column 1: "]" stands where the end of the text is expected'],
  ],
  ([text, message]) => {
    assertEquals(assertThrows(() => parseTaskJson(text, "a.json"), SyntaxError).message, message);
  },
  { permissions: "none" },
);
