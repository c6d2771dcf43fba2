import { assertEquals } from "@std/assert";
import { layOutFields, layOutHead, statusStyle } from "../../../lib/report/text/head.ts";
import { plainResult, refusedResult } from "../_samples.ts";
import { STYLED, testView } from "./_view.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[status: number, style: ReturnType<typeof statusStyle>]>(
  "statusStyle() depends on the class of the status",
  [
    [99, "dim"],
    [103, "dim"],
    [200, "good"],
    [299, "good"],
    [304, "notice"],
    [404, "warning"],
    [500, "bad"],
    [599, "bad"],
    [999, "dim"],
  ],
  ([status, style]) => {
    assertEquals(statusStyle(status), style, String(status));
  },
  { permissions: "none" },
);

Deno.test(
  "layOutHead() keeps order, case and duplicates, interim responses first",
  { permissions: "none" },
  () => {
    const result = plainResult({
      status: 404,
      reason: "Caf\xc3\xa9 \x1b",
      headers: [["B", "1"], ["a", "2"], ["b", ""]],
      interim: [
        { status: 100, reason: "", headers: [], at: 1 },
        { status: 103, reason: "Early Hints", headers: [["Link", "</x>"]], at: 2 },
      ],
    });
    assertEquals(layOutHead(result, testView(STYLED)), [
      "{dim:HTTP/1.1 }{dim:100}{dim:  (interim, 1 ms after the request)}",
      "",
      "{dim:HTTP/1.1 }{dim:103 Early Hints}{dim:  (interim, 2 ms after the request)}",
      "{name:Link}: </x>",
      "",
      "{dim:HTTP/1.1 }{warning:404 Café \\x1b}",
      "{name:B}: 1",
      "{name:a}: 2",
      "{name:b}: ",
    ]);
  },
);

Deno.test(
  "layOutHead() shows the received part of an incomplete head",
  { permissions: "none" },
  () => {
    const interim = [{ status: 100, reason: "Continue", headers: [], at: 1 }];
    assertEquals(layOutHead(refusedResult(), testView()), []);
    assertEquals(layOutHead(refusedResult({ interim }), testView()), [
      "100 Continue  (interim, 1 ms after the request)",
    ]);
    assertEquals(layOutHead(refusedResult({ headers: [["A", "b"]] }), testView()), ["A: b"]);
  },
);

Deno.test("layOutFields() wraps a long value without losing a character", { permissions: "none" }, () => {
  const value = `${"ab, ".repeat(50)}${"x".repeat(200)}  end`;
  const lines = layOutFields([["Long", value]], testView());
  const joined = lines.map((line, index) => index === 0 ? line : line.slice(4)).join("");
  assertEquals(joined, `Long: ${value}`);
  assertEquals(lines.slice(1).every((line) => line.startsWith("    ")), true);
});
