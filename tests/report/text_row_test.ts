import { sgrPaint } from "../text/_sgr_paint.ts";
import { assert, assertEquals } from "@std/assert";
import type { ProbeResult } from "../../lib/result.ts";
import { formatTextRow, formatTextRowHeader, type TextRowOptions } from "../../lib/report/text_row.ts";
import {
  goodConnection,
  goodResult,
  oddDeviations,
  plainResult,
  refusedResult,
  truncatedResult,
} from "./_samples.ts";
import { stepRows, testRows } from "../_test_rows.ts";

Deno.test(
  "formatTextRow() aligns results in columns at a width of 80",
  { permissions: "none" },
  async (test) => {
    const rows: [result: ProbeResult, line: string][] = [
      [goodResult(), "200          150 ms 192.0.2.10      chunked open      0 https://shop…tems?page=2"],
      [refusedResult(), "refused      0.9 ms 127.0.0.1       -       -         0 http://localhost:8081/"],
      [truncatedResult(), "truncated   1.56 ms 127.0.0.1       length  fin!      6 http://127.0.0.1:8080/"],
      [
        plainResult({ ok: false }),
        "200 unmet   0.78 ms 127.0.0.1       chunked open      0 http://127.0.0.1:8080/",
      ],
    ];
    const header = "status         time address         framing conn    dev url";
    assertEquals(formatTextRowHeader(), header);
    await stepRows(test, rows, ([result, line]) => {
      assertEquals(formatTextRow(result), line);
    });
  },
);

Deno.test("formatTextRow() uses the room of a wide terminal, and cuts nothing without a width", {
  permissions: "none",
}, () => {
  const url = `https://example.test/${"a".repeat(200)}`;
  const result = goodResult({ url });
  assert(formatTextRow(result, { width: 100 }).includes("…"));
  assert(formatTextRow(result, { width: Infinity }).endsWith(` ${url}`));
});

testRows<[width: number, header: string]>(
  "formatTextRow() omits columns that do not fit, except the last",
  [
    [68, "status         time address         framing conn    dev url"],
    [67, "status         time address         framing conn   url"],
    [56, "status         time address         framing url"],
    [50, "status         time address         url"],
    [40, "status         time url"],
    [26, "status      url"],
    [1, "status      url"],
  ],
  ([width, header]) => {
    assertEquals(formatTextRowHeader({ width }), header, String(width));
  },
  { permissions: "none" },
);

Deno.test("formatTextRow() shows the requested columns", { permissions: "none" }, async (test) => {
  const reused = plainResult({
    connection: goodConnection({
      reused: true,
      end: { by: "peer", how: "rst" },
      announced: { persistent: false },
    }),
    deviations: Array.from({ length: 300 }, oddDeviations).flat(),
  });
  const rows: [result: ProbeResult, columns: TextRowOptions["columns"], line: string][] = [
    [reused, ["reuse", "wait", "receive", "server"], "warm  0.42 ms 0.03 ms nginx/1.25.3"],
    [
      refusedResult(),
      ["reuse", "wait", "server", "error"],
      "-           - -          connection refused",
    ],
    [reused, ["connection", "deviations"], "rst    999+"],
    [truncatedResult({ deviations: [] }), ["deviations", "status"], "   0 truncated"],
  ];
  await stepRows(test, rows, ([result, columns = [], line]) => {
    assertEquals(
      formatTextRow(result, { columns, width: Infinity }).replace(/ +/g, " "),
      line.replace(/ +/g, " "),
    );
  });
});

testRows<[result: ProbeResult, start: string]>("formatTextRow() colours by the verdict", [
  [plainResult(), "\x1b[32m200\x1b[39m"],
  [plainResult({ status: 301 }), "\x1b[36m301\x1b[39m"],
  [plainResult({ status: 404 }), "\x1b[33m404\x1b[39m"],
  [plainResult({ status: 500 }), "\x1b[1;31m500\x1b[22;39m"],
  [refusedResult(), "\x1b[1;31mrefused\x1b[22;39m"],
  [
    refusedResult({
      error: { kind: "resource", phase: "connect", by: "local", message: "Too many open files" },
    }),
    "\x1b[33mresource\x1b[39m",
  ],
], ([result, start]) => {
  const line = formatTextRow(result, { paint: sgrPaint });
  assert(line.startsWith(start), JSON.stringify(line));
}, { permissions: "none" });
