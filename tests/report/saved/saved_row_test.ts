import { assertEquals } from "@std/assert";
import { readSavedValue } from "../../../lib/report/saved/saved_row.ts";
import { formatCsv } from "../../../lib/report/csv.ts";
import { formatTextRow } from "../../../lib/report/text_row.ts";
import { formatResult } from "../../../lib/report/text.ts";
import { formatHar } from "../../../lib/report/har.ts";
import { testRows } from "../../_test_rows.ts";
import { goodResult, hostileResult, refusedResult, truncatedResult } from "../_samples.ts";

const LEAST = {
  schema: 1,
  input: "a",
  url: "http://a/",
  method: "GET",
  startedAt: "2026-03-01T12:00:00.000Z",
  ok: true,
  timings: { total: 1 },
};

testRows(
  "readSavedValue() keeps every property of a row",
  [goodResult(), refusedResult(), truncatedResult(), hostileResult(), { ...goodResult(), newer: { a: [1] } }],
  (row) => {
    assertEquals(readSavedValue(structuredClone(row)), { kind: "result", row });
  },
  { permissions: "none" },
);

Deno.test("readSavedValue() gives a row of an earlier version what formatters rely on", () => {
  const body = { framing: "none", bytes: 0, wireBytes: 0, complete: true };
  const end = { by: "us", how: "open" };
  const connection = { peer: { address: "::1", port: 1 }, local: { address: "::1", port: 2 }, end };
  const saved = readSavedValue({ ...LEAST, status: 200, body, connection, tls: { verified: true } });
  if (saved.kind !== "result") throw new Error(JSON.stringify(saved));
  const { interim, deviations, redirects, checks } = saved.row;
  assertEquals([interim, deviations, redirects, checks], [[], [], [], []]);
  assertEquals(saved.row.body?.trailers, []);
  assertEquals(formatTextRow(saved.row).includes("undefined"), false);
  assertEquals(formatCsv(saved.row).includes("undefined"), false);
  assertEquals(formatResult(saved.row, { verbose: true }).includes("undefined"), false);
  assertEquals(JSON.parse(formatHar([saved.row])).log.entries.length, 1);
});

testRows<[name: string, value: unknown, cause: string]>(
  "readSavedValue() says what a value is that is no row",
  [
    ["a number", 1, "is not an object"],
    ["null", null, "is not an object"],
    ["another program", { input: "a" }, "has no schema, as every row of sonde does"],
    ["a newer version", { ...LEAST, schema: 2 }, "has schema 2: a newer version of sonde wrote it"],
    [
      "a negative time",
      { ...LEAST, timings: { total: 1, wait: -1 } },
      "is no row that sonde can read: timings.wait is not a duration",
    ],
    ["a message", { schema: 1, type: "response", input: "a" }, "is a message of sonde parse"],
    ["a difference", { input: "a", fact: "status", before: 1, after: 2 }, "is a difference of sonde diff"],
    ["an uptime report", { schema: 1, madeAt: "", checks: [] }, "is an uptime report"],
    [
      "a row without a total",
      { ...LEAST, timings: {} },
      "is no row that sonde can read: timings.total is missing",
    ],
    [
      "a wrong type",
      { ...LEAST, headers: [["a"]] },
      "is no row that sonde can read: headers[0] is not a pair of texts",
    ],
    [
      "a wrong hop",
      { ...LEAST, redirects: [{}] },
      "is no row that sonde can read: redirects[0].schema is missing",
    ],
    [
      "a hop that has hops",
      { ...LEAST, redirects: [{ ...LEAST, redirects: [LEAST] }] },
      "is no row that sonde can read: redirects[0].redirects[0] is one too many",
    ],
    [
      "an unknown framing",
      { ...LEAST, body: { framing: "magic", bytes: 0, wireBytes: 0, complete: true } },
      'is no row that sonde can read: body.framing is "magic", which this version of sonde does not know',
    ],
    ["a profile", { schema: 1, experiments: { a: {} } }, "is no row that sonde can read: input is missing"],
  ],
  ([_, value, cause]) => {
    assertEquals(readSavedValue(value), { kind: "other", cause });
  },
  { permissions: "none" },
);

Deno.test("readSavedValue() recognises a summary", { permissions: "none" }, () => {
  assertEquals(readSavedValue({ schema: 1, kind: "summary", input: "a" }), { kind: "summary" });
});
