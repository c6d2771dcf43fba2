import { assertThrows } from "@std/assert";
import { formatJsonLine } from "../../lib/text/json_line.ts";

Deno.test("formatJsonLine() throws for a value that JSON cannot represent", { permissions: "none" }, () => {
  assertThrows(() => formatJsonLine(undefined), TypeError, "JSON has no undefined");
});
