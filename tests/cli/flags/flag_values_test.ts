import { assertEquals, assertThrows } from "@std/assert";
import { parseHeader, parseInterval, parseList, parseNumber } from "../../../lib/cli/flags/flag_values.ts";
import { stepRows } from "../../_test_rows.ts";

Deno.test(
  "parseHeader() keeps name and case, removes by Name: and empties by Name;",
  { permissions: "none" },
  async (test) => {
    const rows: [text: string, name: string, value: string | undefined][] = [
      ["Accept: text/html", "Accept", "text/html"],
      ["x-a:b", "x-a", "b"],
      ["X: a:b ", "X", "a:b"],
      ["X:\t a \t", "X", "a"],
      ["X:\u00a0a", "X", "\u00a0a"],
      ["Host:", "Host", undefined],
      ["Host: ", "Host", undefined],
      ["X-Empty;", "X-Empty", ""],
      ["X: ;", "X", ";"],
    ];
    await stepRows(test, rows, ([text, name, value]) => {
      assertEquals(parseHeader(text), [name, value], text);
    });
    await stepRows(test, ["", ":", ": v", ";", "Accept", "Accept text"], (text) => {
      assertThrows(() => parseHeader(text), SyntaxError, `Cannot parse header "${text}": write Name: value`);
    });
  },
);

Deno.test(
  "parseInterval(), parseNumber() and parseList() enforce their limits",
  { permissions: "none" },
  async (test) => {
    assertEquals(parseInterval("0"), 0);
    assertEquals(parseInterval("24d"), 2_073_600_000);
    assertThrows(() => parseInterval("25d"), RangeError, "24d");
    assertEquals(parseNumber("9007199254740991"), Number.MAX_SAFE_INTEGER);
    await stepRows(test, ["", "9007199254740992", "1e3", "0x1", "+1", " 1"], (text) => {
      assertThrows(() => parseNumber(text), SyntaxError, `"${text}"`);
    });
    assertEquals(parseList("a, b"), ["a", "b"]);
    await stepRows(test, ["", ",", "a,,b"], (text) => {
      assertThrows(() => parseList(text), SyntaxError, `"${text}"`);
    });
  },
);
