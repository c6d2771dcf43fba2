import { assertEquals } from "@std/assert";
import type { FieldLine } from "../../lib/http/field_line.ts";
import { headerOf } from "../../lib/http/header_of.ts";
import { testRows } from "../_test_rows.ts";

const HEADERS: readonly FieldLine[] = [["Vary", "accept"], ["X-Empty", ""], ["Set-Cookie", "a=1"], [
  "VARY",
  "origin",
], ["set-cookie", "b=2; Path=/"]];

testRows(
  "headerOf() agrees with Headers.get(), in any case of the name",
  ["vary", "VARY", "x-empty", "set-cookie", "none"],
  (name) => {
    const headers = new Headers(HEADERS.map(([given, value]): [string, string] => [given, value]));
    assertEquals(headerOf({ headers: HEADERS }, name), headers.get(name));
  },
  { permissions: "none" },
);

Deno.test("headerOf() gives null for a result without an answer", { permissions: "none" }, () => {
  assertEquals(headerOf({}, "server"), null);
  assertEquals(headerOf({ headers: undefined }, "server"), null);
});
